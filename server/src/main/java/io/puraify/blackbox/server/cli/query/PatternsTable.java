package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The answer of {@code /monitoring/logs/patterns} as rows and columns. */
record PatternsTable(JsonNode answer) {

  private static final String PATTERN = "pattern";
  private static final String EXAMPLE = "example";
  private static final String TREND = "trend";
  private static final String LAST_SEEN = "last_seen";

  /** For people. */
  static final List<Column> COLUMNS =
      List.of(
          new Column("count", Kind.NUMBER, row -> ShownNumber.of("count", row.path("count"))),
          new Column("share", Kind.NUMBER, row -> ShownNumber.percent(row.path("share"))),
          new Column(TREND, Kind.ID, row -> Sparkline.of(row.path("counts"))),
          Column.of(LAST_SEEN, Kind.TIME),
          new Column(PATTERN, Kind.PROSE, PatternsTable::shown));

  /** What a narrow terminal does without. */
  static final List<String> MISSED_LEAST = List.of(LAST_SEEN, TREND);

  /** For programs. */
  static final List<Column> PLAIN_COLUMNS =
      List.of(
          Column.of("pattern_id", Kind.ID),
          Column.of(PATTERN, Kind.PROSE),
          Column.of("count", Kind.NUMBER),
          Column.of("share", Kind.NUMBER),
          Column.of("first_seen", Kind.TIME),
          Column.of(LAST_SEEN, Kind.TIME),
          new Column(
              "example_event_id", Kind.ID, row -> Column.text(row.path(EXAMPLE), "event_id")),
          new Column(EXAMPLE, Kind.PROSE, row -> Column.text(row.path(EXAMPLE), "message")));

  private static String shown(JsonNode row) {
    return row.has(PATTERN)
        ? Column.text(row, PATTERN)
        : "(%,d others)".formatted(row.path("patterns").asLong());
  }

  List<JsonNode> rows() {
    return answer.path("patterns").valueStream().toList();
  }

  /** With what all patterns together have that are not told apart. */
  List<JsonNode> rowsAndOthers() {
    JsonNode other = answer.path("other");
    return other.path("patterns").asLong() == 0
        ? rows()
        : Stream.concat(rows().stream(), Stream.of(other)).toList();
  }

  /** What has to be known of the counts. */
  Optional<String> note() {
    return answer.path("sampled").asBoolean(false)
        ? Optional.of(
            "counted in %,d of %,d events, spread evenly over all of them"
                .formatted(answer.path("looked_at").asLong(), answer.path("matching").asLong()))
        : Optional.empty();
  }
}
