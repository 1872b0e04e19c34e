package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.alerts.AlertHistory.Explanation;
import io.puraify.blackbox.engine.alerts.AlertHistory.Told;
import io.puraify.blackbox.engine.alerts.Backtest;
import io.puraify.blackbox.engine.alerts.BacktestRequest;
import io.puraify.blackbox.engine.alerts.Inbox;
import io.puraify.blackbox.engine.alerts.PolicyVersion;
import io.puraify.blackbox.engine.alerts.channel.NotificationJson;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The JSON of alerts, policies and notifications. */
final class AlertsJson {

  private static final JsonMapper MAPPER = JsonMapper.shared();

  private AlertsJson() {}

  static Answer answer(int status, ObjectNode json) {
    return Answer.json(status, MAPPER.writeValueAsBytes(json));
  }

  static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }

  static ObjectNode alert(Alert it) {
    ObjectNode json = object();
    json.put("alert_id", it.id());
    json.put("policy", it.source().policy());
    json.put("policy_version", it.source().version());
    json.put("state", it.state().jsonName());
    json.put("severity", it.severity().jsonName());
    json.put("title", it.text().title());
    json.put("message", it.text().message());
    json.put("runbook", it.text().runbook());
    ObjectNode labels = json.putObject("labels");
    it.labels().forEach(labels::put);
    json.put("events", it.evidence().events());
    json.put("value", it.evidence().value());
    ArrayNode ids = json.putArray("event_ids");
    it.evidence().eventIds().forEach(ids::add);
    json.put("flapping", it.handling().flapping());
    time(json, "started_at", it.times().started());
    time(json, "fired_at", it.times().fired());
    time(json, "last_event_at", it.times().lastEvent());
    time(json, "acknowledged_at", it.handling().acknowledged());
    json.put("acknowledged_by", it.handling().acknowledgedBy());
    time(json, "resolved_at", it.times().resolved());
    json.put("resolved_by", it.handling().resolvedBy());
    json.put("comment", it.handling().comment());
    return json;
  }

  private static void time(ObjectNode json, String name, long micros) {
    json.put(name, micros == 0 ? null : Micros.format(micros));
  }

  static ObjectNode alerts(List<Alert> alerts, int limit) {
    ObjectNode json = object();
    ArrayNode array = json.putArray("alerts");
    alerts.stream().limit(limit).forEach(each -> array.add(alert(each)));
    if (alerts.size() > limit) {
      Alert last = alerts.get(limit - 1);
      json.put("next_cursor", last.times().started() + "/" + last.id());
    }
    return json;
  }

  static ObjectNode explanation(Explanation it) {
    ObjectNode json = object();
    json.set("alert", alert(it.alert()));
    ArrayNode decisions = json.putArray("decisions");
    it.decisions()
        .forEach(each ->
            decisions
                .addObject()
                .put("at", Micros.format(each.micros()))
                .put("stage", each.stage().toLowerCase(Locale.ROOT))
                .put("passed", each.passed())
                .put("reason", each.reason()));
    ArrayNode told = json.putArray("notifications");
    it.notifications().forEach(each -> told.add(told(each)));
    return json;
  }

  static ObjectNode told(Told it) {
    ObjectNode json = NotificationJson.of(it.notification());
    json.put("state", it.state());
    json.put("attempts", it.attempts());
    time(
        json, it.state().equals("queued") ? "next_attempt_at" : "last_attempt_at", it.nextMicros());
    ArrayNode answers = json.putArray("answers");
    it.answers()
        .forEach(each ->
            answers
                .addObject()
                .put("at", Micros.format(each.micros()))
                .put("outcome", each.outcome())
                .put("answer", each.answer()));
    return json;
  }

  static ObjectNode policy(PolicyVersion it) {
    ObjectNode json = object();
    json.put("policy", it.policy());
    json.put("version", it.version());
    time(json, "changed_at", it.changed());
    json.put("actor", it.actor());
    String document = it.document();
    json.put("removed", document == null);
    if (document != null) {
      json.set("document", MAPPER.readTree(document));
    }
    return json;
  }

  static ObjectNode backtest(BacktestRequest request, Backtest.Result it) {
    ObjectNode json = object();
    json.put("policy", request.policy().name());
    json.put("from", Micros.format(request.range().fromMicros()));
    json.put("to", Micros.format(request.range().toMicros()));
    json.put("events", it.events());
    json.put("fired", it.fired());
    json.put("firing_seconds", it.firingMicros() / 1_000_000);
    json.put("groups", it.groups());
    json.put("notified", it.told());
    ObjectNode stopped = json.putObject("suppressed");
    it.stopped().forEach(stopped::put);
    ArrayNode episodes = json.putArray("episodes");
    it.episodes()
        .forEach(
            each -> episodes.add(alert(each.alert()).put("severity", each.severity().jsonName())));
    ArrayNode told = json.putArray("notifications");
    it.notifications().forEach(each -> told.add(NotificationJson.of(each)));
    return json;
  }

  static ObjectNode inbox(Inbox.Page page) {
    ObjectNode json = object();
    json.put("unread", page.unread());
    ArrayNode entries = json.putArray("entries");
    page.entries().forEach(each -> entries.add(entry(each)));
    return json;
  }

  static ObjectNode entry(Inbox.Entry it) {
    ObjectNode json = object();
    json.put("number", it.number());
    json.put("unread", it.unread());
    json.set("notification", NotificationJson.of(it.notification()));
    return json;
  }
}
