package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Micros;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** A notification as webhooks and the API show it. */
public final class NotificationJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private NotificationJson() {}

  public static ObjectNode of(Notification it) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("notification_id", it.id());
    json.put("channel", it.channel());
    json.put("group", it.group());
    json.put("reason", it.reason().jsonName());
    json.put("severity", it.severity().jsonName());
    json.put("title", it.title());
    json.put("created_at", Micros.format(it.created()));
    ObjectNode labels = json.putObject("labels");
    it.labels().forEach(labels::put);
    json.put("events", it.events());
    json.put("firing", it.firing());
    json.put("resolved", it.resolved());
    ArrayNode alerts = json.putArray("alerts");
    it.alerts().forEach(each -> alerts.add(item(each)));
    json.put("more_alerts", it.more());
    return json;
  }

  private static ObjectNode item(Notification.Item it) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("alert_id", it.alertId());
    json.put("policy", it.policy());
    json.put("state", it.state());
    json.put("severity", it.severity().jsonName());
    json.put("title", it.title());
    json.put("message", it.message());
    if (!it.runbook().isEmpty()) {
      json.put("runbook", it.runbook());
    }
    ObjectNode labels = json.putObject("labels");
    new java.util.TreeMap<>(it.labels()).forEach(labels::put);
    json.put("events", it.events());
    json.put("value", it.value());
    json.put("fired_at", Micros.format(it.fired()));
    if (it.isResolved()) {
      json.put("resolved_at", Micros.format(it.resolved()));
    }
    ArrayNode ids = json.putArray("event_ids");
    it.eventIds().forEach(ids::add);
    json.put("flapping", it.flapping());
    return json;
  }

  /** As bytes. */
  static byte[] bytes(ObjectNode json) {
    return MAPPER.writeValueAsBytes(json);
  }
}
