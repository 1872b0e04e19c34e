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
            plain("severity", Kind.LABEL),
            plain("state", Kind.LABEL),
            new Column("fired", Kind.TIME, row -> Column.text(row, "fired_at")),
            new Column("events", Kind.NUMBER, row -> "%,d".formatted(row.path("events").asLong())),
            plain("policy", Kind.LABEL),
            plain("title", Kind.PROSE))
        : List.of(
            plain(ID, Kind.ID),
            plain("severity", Kind.LABEL),
            plain("state", Kind.LABEL),
            plain("fired_at", Kind.TIME),
            plain("resolved_at", Kind.TIME),
            plain("events", Kind.NUMBER),
            plain("value", Kind.NUMBER),
            plain("policy", Kind.LABEL),
            plain("title", Kind.PROSE));
  }

  private static Column plain(String name, Kind kind) {
    return new Column(name, kind, row -> Column.text(row, name));
  }

  private static String shortId(JsonNode row) {
    String id = Column.text(row, ID);
    return id.length() <= ID_CHARACTERS ? id : id.substring(0, ID_CHARACTERS);
  }
}
