package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.deployments.Changes;
import io.puraify.blackbox.engine.deployments.ChangesRequest;
import io.puraify.blackbox.engine.deployments.Outcome;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code /monitoring/deployments}: records deployments, and lists them with other changes. */
final class DeploymentsHandler {

  private final Changes changes;
  private final EventRecorder recorder;
  private final DeploymentOutcomes outcomes;
  private final Blocking blocking;
  private final InstantSource clock;

  DeploymentsHandler(
      EventStore store,
      EventRecorder recorder,
      DeploymentOutcomes outcomes,
      Blocking blocking,
      InstantSource clock) {
    this.changes = new Changes(store);
    this.recorder = recorder;
    this.outcomes = outcomes;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** A deployment is an event like all others, safe in the journal before the answer. */
  void record(Exchange exchange) {
    JsonBody.answer(exchange, blocking, this::recorded);
  }

  private Answer recorded(JsonNode body) {
    List<Problem.Item> missing = new ArrayList<>();
    for (String name : List.of("project_id", "engine", "version")) {
      JsonNode value = body.path(name);
      if (!value.isString() || value.asString().isBlank()) {
        missing.add(new Problem.Item(null, "/" + name, "a text was expected"));
      }
    }
    if (!missing.isEmpty()) {
      throw refused(missing);
    }
    ObjectNode event = ((ObjectNode) body).deepCopy();
    event.put("event_type", "deployment");
    otherwise(event, "event_id", "deployment-" + UUID.randomUUID());
    otherwise(event, "action", "deploy");
    otherwise(event, "status", "success");
    otherwise(
        event,
        "message",
        "Deployed %s %s"
            .formatted(body.path("engine").asString(), body.path("version").asString()));
    IngestResult kept = recorder.record(JsonMapper.shared().writeValueAsBytes(event)).join();
    if (kept.accepted() == 0) {
      throw refused(
          kept.rejections().stream()
              .map(each -> new Problem.Item(null, each.pointer(), each.detail()))
              .toList());
    }
    ObjectNode json = DeploymentsJson.object();
    json.put("id", event.path("event_id").asString());
    json.put("duplicate", kept.duplicates() > 0);
    return DeploymentsJson.answer(202, json);
  }

  private static void otherwise(ObjectNode event, String name, String value) {
    JsonNode given = event.path(name);
    if (!given.isString() && !given.isNumber()) {
      event.put(name, value);
    }
  }

  private static ProblemException refused(List<Problem.Item> items) {
    return new ProblemException(
        new Problem(
            400,
            "no-deployment",
            "The deployment cannot be recorded",
            "A deployment has a project_id, an engine and a version",
            items));
  }

  void list(Exchange exchange) {
    Include include = Include.parse(exchange.parameters(), "outcome");
    ChangesRequest request = ChangesRequest.parse(include.rest(), clock.instant());
    include.requireAtMost(request.request().search().limit());
    if (!include.asked()) {
      blocking.answer(exchange, () -> listed(request, changes.list(request), Map.of()));
      return;
    }
    blocking.query(
        exchange,
        () -> changes.list(request),
        page -> {
          Map<String, CompletableFuture<Outcome>> later = new HashMap<>();
          page.items().forEach(change -> later.put(change.id(), outcomes.later(change)));
          var _ =
              KeptAnswers.aMoment(later.values())
                  .thenRun(() -> exchange.answer(listed(request, page, later)));
        });
  }

  private static Answer listed(
      ChangesRequest request,
      Changes.ChangesPage page,
      Map<String, CompletableFuture<Outcome>> outcomes) {
    return DeploymentsJson.answer(
        200,
        DeploymentsJson.page(
            page.items(), outcomes, request.request().nextCursor(page.recorded())));
  }
}
