package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.deployments.Change;
import io.puraify.blackbox.engine.deployments.Outcome;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of deployments and other changes. */
final class DeploymentsJson {

  /** Said of what could not be worked out. */
  static final String UNKNOWN = "unknown";

  private DeploymentsJson() {}

  static Answer answer(int status, ObjectNode json) {
    return Answer.json(status, JsonMapper.shared().writeValueAsBytes(json));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  /**
   * A page of changes.
   *
   * @param outcomes by the changes' ids, where they are asked for
   */
  static ObjectNode page(
      List<Change> changes,
      Map<String, CompletableFuture<Outcome>> outcomes,
      Optional<String> nextCursor) {
    ObjectNode json = object();
    ArrayNode items = json.putArray("deployments");
    for (Change change : changes) {
      ObjectNode item = change(change);
      CompletableFuture<Outcome> outcome = outcomes.get(change.id());
      if (outcome != null) {
        item.set("outcome", outcome(KeptAnswers.known(outcome)));
      }
      items.add(item);
    }
    nextCursor.ifPresent(cursor -> json.put("next_cursor", cursor));
    json.put("complete", nextCursor.isEmpty());
    return json;
  }

  private static JsonNode outcome(KeptAnswers.Known<Outcome> known) {
    return switch (known) {
      case KeptAnswers.NotYet<Outcome>() -> JsonNodeFactory.instance.nullNode();
      case KeptAnswers.Unknown<Outcome>() -> object().put("fault", UNKNOWN);
      case KeptAnswers.Answered<Outcome>(Outcome outcome) -> outcome(outcome);
    };
  }

  static ObjectNode outcome(Outcome outcome) {
    return object()
        .put("fault", outcome.fault().label())
        .put("rollback", outcome.rollback())
        .put("rolled_back", outcome.rolledBack());
  }

  static ObjectNode change(Change change) {
    ObjectNode json = object();
    json.put("id", change.id());
    json.put("kind", change.kind().label());
    json.put("timestamp", Micros.format(change.micros()));
    put(json, "project_id", change.project());
    put(json, "engine", change.engine());
    put(json, "version", change.version());
    put(json, "environment", change.environment());
    put(json, "flow_id", change.flow());
    put(json, "status", change.status());
    put(json, "by", change.by());
    put(json, "message", change.message());
    return json;
  }

  static void put(ObjectNode json, String name, @Nullable String value) {
    if (value != null) {
      json.put(name, value);
    }
  }
}
