package io.puraify.blackbox.server.cli.audit;

import io.puraify.blackbox.server.cli.terminal.Printable;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What came of a verification, in sentences. */
final class VerificationText {

  private VerificationText() {}

  /** The lines to print. */
  static List<String> lines(JsonNode verification) {
    List<String> lines = new ArrayList<>();
    JsonNode finding = verification.path("finding");
    if (verification.path("holds").asBoolean(false)) {
      lines.add(
          "Everything holds: %s as recorded."
              .formatted(events(verification, "events") + range(verification)));
    } else {
      lines.add(
          "DOES NOT HOLD (%s): %s."
              .formatted(
                  Printable.lines(finding.path("kind").asString("")),
                  Printable.lines(finding.path("detail").asString(""))));
      lines.add("Before that, %s as recorded.".formatted(events(verification, "events")));
    }
    more(lines, verification, "removed", "%s removed by retention, as signed records say.");
    more(lines, verification, "folded", "%s stored as part of others, whose count has them.");
    more(lines, verification, "unsigned", "For %s no checkpoint stands yet.");
    more(lines, verification, "pending", "%s recorded and not in the store yet.");
    more(lines, verification, "unproven", "%s from while there was no audit trail.");
    JsonNode last = verification.path("last_checkpoint");
    if (last.isObject()) {
      lines.add(
          "Checkpoint %d of %s, signed with the key %s."
              .formatted(
                  last.path("number").asLong(0),
                  Printable.lines(last.path("time").asString("")),
                  Printable.lines(verification.path("key").asString(""))));
    }
    return lines;
  }

  private static String range(JsonNode verification) {
    return verification.has("from")
        ? " from %s to %s"
            .formatted(
                Printable.lines(verification.path("from").asString("")),
                Printable.lines(verification.path("to").asString("")))
        : "";
  }

  private static void more(List<String> lines, JsonNode verification, String name, String line) {
    if (verification.path(name).asLong(0) > 0) {
      lines.add(line.formatted(events(verification, name)));
    }
  }

  private static String events(JsonNode verification, String name) {
    long count = verification.path(name).asLong(0);
    return count == 1 ? "1 event" : "%,d events".formatted(count);
  }
}
