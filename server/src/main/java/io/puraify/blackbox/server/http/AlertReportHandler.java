package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.alerts.AlertHistory.Explanation;
import io.puraify.blackbox.engine.alerts.AlertHistory.Told;
import io.puraify.blackbox.engine.collector.IngestResult;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code POST /monitoring/alert}: an event of type {@code alert}, and an alert of the policy {@code
 * reported} as soon as the journal has it. The answer waits until a channel has it, or two seconds.
 */
final class AlertReportHandler {

  private static final Duration WAIT = Duration.ofSeconds(2);
  private static final String POLICY = "reported";

  private final Alerts alerts;
  private final EventRecorder recorder;
  private final Blocking blocking;

  AlertReportHandler(Alerts alerts, EventRecorder recorder, Blocking blocking) {
    this.alerts = alerts;
    this.recorder = recorder;
    this.blocking = blocking;
  }

  void report(Exchange exchange) {
    JsonBody.answer(exchange, blocking, this::reported);
  }

  private Answer reported(JsonNode body) {
    ObjectNode event = ((ObjectNode) body).deepCopy();
    String type = text(body, "event_type", "error");
    String id = text(body, "event_id", "alert-" + UUID.randomUUID());
    String severity = text(body, "severity", "high");
    event.put("event_id", id);
    event.put("event_type", "alert");
    event.put("severity", severity);
    event.put("alert_type", type);
    IngestResult kept = recorder.record(JsonMapper.shared().writeValueAsBytes(event)).join();
    if (kept.accepted() == 0) {
      throw refused(kept);
    }
    Optional<Explanation> routed = await(text(body, "project_id", ""), id);
    ObjectNode json = AlertsJson.object();
    json.put("project_id", text(body, "project_id", ""));
    json.put("event_type", type);
    json.put("severity", routed.map(it -> it.alert().severity().jsonName()).orElse(severity));
    json.put("message", text(body, "message", ""));
    json.put("triggered_by", text(body, "triggered_by", ""));
    json.put("notified", routed.stream().anyMatch(AlertReportHandler::isDelivered));
    json.put("event_id", id);
    json.put("alert_id", routed.map(it -> it.alert().id()).orElse(null));
    ArrayNode told = json.putArray("notifications");
    routed.ifPresent(it -> it.notifications().forEach(each -> told.add(told(each))));
    return AlertsJson.answer(202, json);
  }

  private static ObjectNode told(Told it) {
    ObjectNode json = AlertsJson.object();
    json.put("notification_id", it.notification().id());
    json.put("channel", it.notification().channel());
    json.put("state", it.state());
    json.put("answer", it.answers().isEmpty() ? null : it.answers().getLast().answer());
    return json;
  }

  private static String text(JsonNode body, String name, String otherwise) {
    JsonNode value = body.path(name);
    return value.isString() || value.isNumber() ? value.asString() : otherwise;
  }

  private static ProblemException refused(IngestResult kept) {
    List<Problem.Item> items =
        kept.rejections().stream()
            .map(each -> new Problem.Item(null, each.pointer(), each.detail()))
            .toList();
    return new ProblemException(
        new Problem(
            400, "no-event", "The alert cannot be recorded", "It does not become an event", items));
  }

  /** Waits until every channel that is told has answered, or for as long as a sender waits. */
  private Optional<Explanation> await(String project, String eventId) {
    // The values of the policy's fields, in the order of their names.
    String series = eventId + '\u001f' + project;
    long end = System.nanoTime() + WAIT.toNanos();
    while (true) {
      long known = alerts.dispatcher().signal().changes();
      Optional<Explanation> found = alerts.history().newest(POLICY, series);
      boolean told =
          found.isPresent()
              && !found.get().notifications().isEmpty()
              && found.get().notifications().stream()
                  .noneMatch(each -> each.state().equals("queued"));
      long left = end - System.nanoTime();
      if (told || left <= 0) {
        return found;
      }
      try {
        alerts.dispatcher().signal().await(known, Duration.ofNanos(left));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return found;
      }
    }
  }

  private static boolean isDelivered(Explanation it) {
    return it.notifications().stream().anyMatch(each -> each.state().equals("delivered"));
  }
}
