package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** What is shown of a notification. */
final class NotificationColumns {

  private NotificationColumns() {}

  /** The columns of a format. */
  static List<Column> of(OutputFormat format) {
    List<Column> columns = new ArrayList<>();
    if (format != OutputFormat.TABLE) {
      columns.add(Column.of("notification_id", Kind.ID));
    }
    columns.addAll(
        List.of(
            Column.of("created_at", Kind.TIME),
            Column.of("channel", Kind.LABEL),
            Column.of("state", Kind.LABEL),
            Column.of("attempts", Kind.NUMBER),
            Column.of("severity", Kind.LABEL),
            Column.of("reason", Kind.LABEL),
            Column.of("title", Kind.PROSE),
            new Column("answer", Kind.PROSE, NotificationColumns::lastAnswer)));
    return columns;
  }

  private static String lastAnswer(JsonNode row) {
    JsonNode answers = row.path("answers");
    return answers.isEmpty() ? "" : Column.text(answers.path(answers.size() - 1), "answer");
  }
}
