package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is shown of an alert. */
final class AlertColumns {

  /** Characters of an id in a table: enough to tell a few thousand alerts apart. */
  static final int ID_CHARACTERS = 8;

  private static final String ID = "alert_id";

  private AlertColumns() {}

  /** The columns of a format. */
  static List<Column> of(OutputFormat format) {
    return format == OutputFormat.TABLE
        ? List.of(
            new Column("alert", Kind.ID, AlertColumns::shortId),
            Column.of("severity", Kind.LABEL),
            Column.of("state", Kind.LABEL),
            new Column("fired", Kind.TIME, row -> Column.text(row, "fired_at")),
            new Column("events", Kind.NUMBER, row -> "%,d".formatted(row.path("events").asLong())),
            Column.of("policy", Kind.LABEL),
            Column.of("title", Kind.PROSE))
        : List.of(
            Column.of(ID, Kind.ID),
            Column.of("severity", Kind.LABEL),
            Column.of("state", Kind.LABEL),
            Column.of("fired_at", Kind.TIME),
            Column.of("resolved_at", Kind.TIME),
            Column.of("events", Kind.NUMBER),
            Column.of("value", Kind.NUMBER),
            Column.of("policy", Kind.LABEL),
            Column.of("title", Kind.PROSE));
  }

  private static String shortId(JsonNode row) {
    String id = Column.text(row, ID);
    return id.length() <= ID_CHARACTERS ? id : id.substring(0, ID_CHARACTERS);
  }
}
