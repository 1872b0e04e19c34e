package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** The options that say how events are printed. */
final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = {
        "table, json, ndjson or csv; without it, table in a terminal and ndjson otherwise."
      })
  private @Nullable OutputFormat output;

  @Option(
      names = {"-c", "--columns"},
      paramLabel = "FIELD",
      split = ",",
      description = "The columns of table and csv, with commas between them.")
  private List<String> columns = List.of();

  /**
   * What prints the events.
   *
   * @param leastWidth of a table's column; 0 where the first page shows how wide it must be, and
   *     which columns are empty
   * @throws ParameterException where a column is unknown
   */
  EventWriter writer(Shell shell, CommandSpec spec, int leastWidth) {
    boolean watched = shell.terminal().showsOutput();
    OutputFormat usual = watched ? OutputFormat.TABLE : OutputFormat.NDJSON;
    return switch (output == null ? usual : output) {
      case TABLE ->
          new TableWriter(
              shell.out(),
              columns(Column.USUAL, spec),
              new TableWriter.Style(
                  watched ? shell.terminal().columns() : 0,
                  shell.coloured(),
                  columns.isEmpty() && leastWidth == 0,
                  leastWidth));
      case JSON -> new JsonWriter(shell.out());
      case NDJSON -> new NdjsonWriter(shell.out());
      case CSV -> new CsvWriter(shell.out(), columns(Column.ALL, spec));
    };
  }

  private List<Column> columns(List<Column> usual, CommandSpec spec) {
    try {
      return columns.isEmpty() ? usual : columns.stream().map(Column::named).toList();
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
