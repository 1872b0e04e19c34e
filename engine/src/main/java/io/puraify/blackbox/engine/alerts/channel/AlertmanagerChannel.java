package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Prometheus Alertmanager, {@code POST /api/v2/alerts}. */
public final class AlertmanagerChannel implements Channel {

  /** Without an end, Alertmanager takes an alert for over after five minutes. */
  private static final long FIRING_MICROS = Micros.PER_DAY;

  private final HttpPost http;
  private final URI url;

  /**
   * @param url of Alertmanager, such as {@code http://alertmanager:9093}
   */
  public AlertmanagerChannel(HttpPost http, URI url) {
    this.http = http;
    String base = url.toString().replaceAll("/+$", "");
    this.url = URI.create(base + "/api/v2/alerts");
  }

  @Override
  public String kind() {
    return "alertmanager";
  }

  @Override
  public Answer deliver(Notification notification) throws InterruptedException {
    return http.post(
        url,
        JsonMapper.shared()
            .writeValueAsString(alerts(notification))
            .getBytes(StandardCharsets.UTF_8),
        Map.of("Idempotency-Key", notification.id()));
  }

  static ArrayNode alerts(Notification it) {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    for (Notification.Item each : it.alerts()) {
      ObjectNode alert = alerts.addObject();
      Map<String, String> labels = new TreeMap<>();
      each.labels()
          .forEach((name, value) -> labels.put(name.replaceAll("[^A-Za-z0-9_]", "_"), value));
      labels.put("alertname", each.policy());
      labels.put("alert_id", each.alertId());
      // A severity that rises would be another alert there.
      labels.remove("severity");
      ObjectNode named = alert.putObject("labels");
      labels.forEach(named::put);
      ObjectNode annotations = alert.putObject("annotations");
      annotations.put("summary", each.title());
      annotations.put("description", each.message());
      annotations.put("severity", each.severity().jsonName());
      annotations.put("events", Long.toString(each.events()));
      if (!each.runbook().isEmpty()) {
        annotations.put("runbook_url", each.runbook());
      }
      alert.put("startsAt", Micros.format(each.fired()));
      long end = each.isResolved() ? each.resolved() : it.created() + FIRING_MICROS;
      alert.put("endsAt", Micros.format(end));
    }
    return alerts;
  }
}
