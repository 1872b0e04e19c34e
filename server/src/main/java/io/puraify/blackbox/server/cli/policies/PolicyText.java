package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.config.YamlDocument;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A version of a policy as a file that can be put to work. */
final class PolicyText {

  private PolicyText() {}

  /**
   * The lines to print.
   *
   * @param versions all of the policy, the newest first
   */
  static List<String> lines(JsonNode chosen, List<JsonNode> versions) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "# Policy %s, %s"
            .formatted(Printable.line(Column.text(chosen, "policy")), version(chosen)));
    for (JsonNode each : versions) {
      if (!each.equals(chosen)) {
        lines.add("# There is also " + version(each));
      }
    }
    if (chosen.has("document")) {
      lines.addAll(YamlDocument.write(chosen.path("document")).lines().toList());
    }
    return lines;
  }

  private static String version(JsonNode version) {
    String time = Column.text(version, "changed_at");
    return Printable.line(
        "version %s%s by %s%s."
            .formatted(
                Column.text(version, "version"),
                time.isEmpty() ? "" : " of " + time,
                Column.text(version, "actor"),
                version.path("removed").asBoolean(false) ? ", which removed it" : ""));
  }
}
