package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Prints all rows of an answer at once. */
public final class Rows {

  private Rows() {}

  /**
   * Prints what a list has found; where that is nothing, a table says so instead.
   *
   * @param columns of a format, if it has some
   * @param nothing what there is to say then
   */
  public static void list(
      Shell shell,
      OutputOptions output,
      Function<OutputFormat, List<Column>> columns,
      List<JsonNode> rows,
      String nothing) {
    OutputFormat format = output.format(shell);
    if (rows.isEmpty() && format == OutputFormat.TABLE) {
      shell.err().println(nothing);
    } else {
      print(shell, output, format, columns.apply(format), rows);
    }
  }

  /**
   * Prints.
   *
   * @param columns of a table or of CSV
   */
  public static void print(
      Shell shell,
      OutputOptions output,
      OutputFormat format,
      List<Column> columns,
      List<JsonNode> rows) {
    RowWriter writer =
        switch (format) {
          case TABLE ->
              new TableWriter(
                  shell.out(),
                  columns,
                  TableWriter.Style.of(
                      output.table().lineWidth(shell), output.table().coloured(shell)));
          case JSON -> new JsonWriter(shell.out());
          case NDJSON -> new NdjsonWriter(shell.out());
          case CSV -> new CsvWriter(shell.out(), columns);
        };
    writer.page(rows);
    writer.end();
    shell.out().flush();
  }
}
