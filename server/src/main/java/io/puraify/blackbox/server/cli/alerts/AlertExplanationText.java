package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Why an alert was told, or was not, in lines. */
final class AlertExplanationText {

  private static final String ANSWER = "answer";

  private AlertExplanationText() {}

  /** The lines to print. */
  static List<String> lines(JsonNode explanation) {
    List<String> lines = new ArrayList<>();
    alert(lines, explanation.path("alert"));
    lines.add("What was decided, the oldest first:");
    for (JsonNode decision : explanation.path("decisions")) {
      lines.add(
          "  %s %s %s: %s"
              .formatted(
                  text(decision, "at"),
                  decision.path("passed").asBoolean(false) ? "+" : "-",
                  text(decision, "stage"),
                  text(decision, "reason")));
    }
    JsonNode notifications = explanation.path("notifications");
    lines.add(notifications.isEmpty() ? "Nobody was told." : "Who was told:");
    notifications.forEach(each -> notification(lines, each));
    return lines;
  }

  private static void alert(List<String> lines, JsonNode alert) {
    lines.add(
        "Alert %s of policy %s, version %s: %s"
            .formatted(
                text(alert, "alert_id"),
                text(alert, "policy"),
                text(alert, "policy_version"),
                text(alert, "title")));
    lines.add(
        "It is %s and %s; %s."
            .formatted(
                text(alert, "severity"), text(alert, "state"), String.join(", ", times(alert))));
    long events = alert.path("events").asLong(0);
    List<String> ids =
        alert.path("event_ids").valueStream().map(id -> Printable.line(id.asString(""))).toList();
    lines.add(
        "%s%s"
            .formatted(
                events == 1 ? "1 event" : "%,d events".formatted(events),
                ids.isEmpty() ? "." : ", the first: " + String.join(", ", ids)));
    line(lines, "Runbook: ", alert, "runbook");
    line(lines, "Comment: ", alert, "comment");
  }

  private static List<String> times(JsonNode alert) {
    List<String> times = new ArrayList<>();
    time(times, alert, "fired_at", "fired", "");
    time(times, alert, "acknowledged_at", "acknowledged", "acknowledged_by");
    time(times, alert, "resolved_at", "resolved", "resolved_by");
    if (times.isEmpty()) {
      time(times, alert, "started_at", "begun", "");
    }
    return times;
  }

  private static void time(
      List<String> times, JsonNode alert, String member, String what, String actorMember) {
    String time = text(alert, member);
    String actor = text(alert, actorMember);
    if (!time.isEmpty()) {
      times.add("%s at %s%s".formatted(what, time, actor.isEmpty() ? "" : " by " + actor));
    }
  }

  private static void notification(List<String> lines, JsonNode told) {
    lines.add(
        "  %s on %s, %s: %s"
            .formatted(
                text(told, "created_at"),
                text(told, "channel"),
                text(told, "reason"),
                text(told, "state")));
    for (JsonNode each : told.path("answers")) {
      lines.add(
          "    %s %s: %s".formatted(text(each, "at"), text(each, "outcome"), text(each, ANSWER)));
    }
    line(lines, "    next attempt: ", told, "next_attempt_at");
  }

  private static void line(List<String> lines, String before, JsonNode object, String member) {
    String text = text(object, member);
    if (!text.isEmpty()) {
      lines.add(before + text);
    }
  }

  private static String text(JsonNode object, String member) {
    return Printable.line(Column.text(object, member));
  }
}
