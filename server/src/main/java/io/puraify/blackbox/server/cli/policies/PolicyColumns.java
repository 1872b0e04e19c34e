package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What is shown of a policy. */
final class PolicyColumns {

  static final List<Column> ALL =
      List.of(
          Column.of("policy", Kind.LABEL),
          Column.of("version", Kind.NUMBER),
          new Column("enabled", Kind.LABEL, row -> ofDocument(row, "enabled", "true")),
          new Column("kind", Kind.LABEL, PolicyColumns::kind),
          new Column("severity", Kind.LABEL, PolicyColumns::severity),
          new Column("channels", Kind.LABEL, PolicyColumns::channels),
          Column.of("changed_at", Kind.TIME),
          Column.of("actor", Kind.LABEL),
          new Column("match", Kind.PROSE, row -> ofDocument(row, "match", "")));

  private PolicyColumns() {}

  private static String ofDocument(JsonNode row, String member, String otherwise) {
    String text = Column.text(row.path("document"), member);
    return text.isEmpty() ? otherwise : text;
  }

  private static String kind(JsonNode row) {
    String kind = Column.text(row.path("document").path("condition"), "kind");
    return kind.isEmpty() ? "event" : kind;
  }

  /** Those of its thresholds, or its only one; empty where each event has its own. */
  private static String severity(JsonNode row) {
    JsonNode thresholds = row.path("document").path("thresholds");
    return thresholds.isEmpty() ? ofDocument(row, "severity", "") : joined(thresholds, "severity");
  }

  /** To which all of its alerts go; further ones are those of escalations and thresholds. */
  private static String channels(JsonNode row) {
    JsonNode channels = row.path("document").path("notify").path("channels");
    return channels.isEmpty()
        ? "ui"
        : channels.valueStream().map(Column::plain).collect(Collectors.joining(" "));
  }

  private static String joined(JsonNode array, String member) {
    return array
        .valueStream()
        .map(each -> Column.text(each, member))
        .collect(Collectors.joining(" "));
  }
}
