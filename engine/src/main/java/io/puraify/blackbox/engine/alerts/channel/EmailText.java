package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Micros;

/** What a mail says, as text and as HTML. */
final class EmailText {

  /** Longer messages are read elsewhere. */
  private static final int MESSAGE = 2_000;

  private EmailText() {}

  static String plain(Notification it) {
    StringBuilder text = new StringBuilder();
    for (Notification.Item each : it.alerts()) {
      text.append(state(each)).append(": ").append(each.title()).append('\n');
      if (!each.message().isBlank()) {
        text.append(cut(each.message())).append('\n');
      }
      text.append("%,d events".formatted(each.events()));
      text.append(", since ").append(Micros.format(each.fired())).append('\n');
      if (!each.runbook().isEmpty()) {
        text.append("Runbook: ").append(each.runbook()).append('\n');
      }
      text.append("Alert: ").append(each.alertId()).append("\n\n");
    }
    return text.append(summary(it)).append('\n').toString();
  }

  static String html(Notification it) {
    StringBuilder html = new StringBuilder("<!doctype html><html><body>");
    for (Notification.Item each : it.alerts()) {
      html.append("<h3>").append(escape(state(each) + ": " + each.title())).append("</h3>");
      html.append("<pre style=\"white-space:pre-wrap\">");
      html.append(escape(cut(each.message()))).append("</pre><p>");
      html.append("%,d events, since %s".formatted(each.events(), Micros.format(each.fired())));
      if (each.runbook().matches("https?://.*")) {
        html.append(" · <a href=\"").append(escape(each.runbook())).append("\">Runbook</a>");
      }
      html.append(" · ").append(escape(each.alertId())).append("</p>");
    }
    return html.append("<p>").append(escape(summary(it))).append("</p></body></html>").toString();
  }

  private static String state(Notification.Item it) {
    String state = it.isResolved() ? "resolved" : it.severity().jsonName();
    return it.flapping() ? state + " (flapping)" : state;
  }

  private static String summary(Notification it) {
    String more = it.more() == 0 ? "" : ", %,d not shown".formatted(it.more());
    return "%,d events in all, %,d alerts firing, %,d resolved%s"
        .formatted(it.events(), it.firing(), it.resolved(), more);
  }

  private static String cut(String text) {
    return text.length() <= MESSAGE ? text : text.substring(0, MESSAGE - 1) + "…";
  }

  private static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
