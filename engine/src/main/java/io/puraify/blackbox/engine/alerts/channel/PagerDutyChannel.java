package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** PagerDuty's Events API v2: an incident a group, which ends when the group's alerts do. */
public final class PagerDutyChannel implements Channel {

  public static final URI URL = URI.create("https://events.pagerduty.com/v2/enqueue");

  private final HttpPost http;
  private final URI url;
  private final String routingKey;

  /**
   * @param url usually {@link #URL}
   */
  public PagerDutyChannel(HttpPost http, URI url, String routingKey) {
    this.http = http;
    this.url = url;
    this.routingKey = routingKey;
  }

  @Override
  public String kind() {
    return "pagerduty";
  }

  @Override
  public Answer deliver(Notification notification) throws InterruptedException {
    return http.post(
        url,
        NotificationJson.bytes(event(notification)),
        Map.of("Idempotency-Key", notification.id()));
  }

  ObjectNode event(Notification it) {
    ObjectNode event = JsonNodeFactory.instance.objectNode();
    event.put("routing_key", routingKey);
    event.put("event_action", it.isResolved() ? "resolve" : "trigger");
    event.put(
        "dedup_key",
        UUID.nameUUIDFromBytes(it.group().getBytes(StandardCharsets.UTF_8)).toString());
    ObjectNode payload = event.putObject("payload");
    payload.put(
        "summary", it.title().length() <= 1_024 ? it.title() : it.title().substring(0, 1_024));
    payload.put("source", it.labels().getOrDefault("project_id", "blackbox"));
    payload.put("severity", severity(it.severity()));
    payload.put("timestamp", Micros.format(it.created()));
    payload.set("custom_details", NotificationJson.of(it));
    return event;
  }

  private static String severity(Severity severity) {
    return switch (severity) {
      case CRITICAL -> "critical";
      case HIGH -> "error";
      case MEDIUM, LOW -> "warning";
      case INFO, DEBUG -> "info";
    };
  }
}
