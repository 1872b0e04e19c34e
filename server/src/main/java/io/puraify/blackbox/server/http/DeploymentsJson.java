package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.deployments.Change;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of deployments and other changes. */
final class DeploymentsJson {

  private DeploymentsJson() {}

  static Answer answer(int status, ObjectNode json) {
    return Answer.json(status, JsonMapper.shared().writeValueAsBytes(json));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode page(List<Change> changes, Optional<String> nextCursor) {
    ObjectNode json = object();
    ArrayNode items = json.putArray("deployments");
    changes.forEach(change -> items.add(change(change)));
    nextCursor.ifPresent(cursor -> json.put("next_cursor", cursor));
    json.put("complete", nextCursor.isEmpty());
    return json;
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
