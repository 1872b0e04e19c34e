package io.puraify.blackbox.server.cli.errors;

import io.puraify.blackbox.server.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** Why an event is in its group, in lines. */
final class ExplanationText {

  private ExplanationText() {}

  /** The lines to print. */
  static List<String> lines(JsonNode answer) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Event %s is in group %s: %s."
            .formatted(
                text(answer, "event_id"),
                text(answer, "group_id"),
                text(answer.path("membership"), "reason")));
    String configured = text(answer, "grouping_rule");
    lines.add(
        "What decides: %s%s."
            .formatted(
                text(answer, "reason"), configured.isEmpty() ? "" : " (" + configured + ")"));
    lines.add(
        "Fingerprint %s of version %d, made of:"
            .formatted(text(answer, "fingerprint"), answer.path("algorithm_version").asLong(0)));
    answer.path("parts").forEach(part -> lines.add("  " + Printable.line(part.asString(""))));
    answer.path("exceptions").forEach(each -> exception(lines, each));
    if (answer.has("message")) {
      message(lines, answer.path("message"));
    }
    return lines;
  }

  private static void exception(List<String> lines, JsonNode exception) {
    lines.add("Frames of %s, the innermost first:".formatted(text(exception, "type")));
    for (JsonNode frame : exception.path("frames")) {
      String pattern = text(frame, "pattern");
      lines.add(
          "  %s %s: %s%s"
              .formatted(
                  frame.path("counts").asBoolean(false) ? "+" : "-",
                  text(frame, "name"),
                  text(frame, "reason"),
                  pattern.isEmpty() ? "" : " (" + pattern + ")"));
    }
  }

  private static void message(List<String> lines, JsonNode message) {
    lines.add("Template: " + text(message, "learned_template"));
    for (JsonNode value : message.path("values")) {
      lines.add(
          "  %s %s: rule %s"
              .formatted(text(value, "placeholder"), text(value, "value"), text(value, "rule")));
    }
  }

  private static String text(JsonNode object, String name) {
    return Printable.line(object.path(name).asString(""));
  }
}
