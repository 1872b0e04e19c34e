package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.CsvWriter;
import io.puraify.blackbox.server.cli.output.JsonWriter;
import io.puraify.blackbox.server.cli.output.NdjsonWriter;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.RowWriter;
import io.puraify.blackbox.server.cli.output.TableOptions;
import io.puraify.blackbox.server.cli.output.TableWriter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The option that says which columns events have, and what prints them. */
final class EventOutput {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec command = CommandSpec.create();

  @Option(
      names = {"-c", "--columns"},
      paramLabel = "FIELD",
      split = ",",
      description = {
        "The columns of table and csv, with commas between them. Without it, csv has all fields, and"
            + " a table those that tell most and fit into the terminal."
      })
  private List<String> columns = List.of();

  /** Whether the columns are those that somebody has named. */
  boolean chosen() {
    return !columns.isEmpty();
  }

  /**
   * What prints events.
   *
   * @param follows whether they come one by one, so that the first says nothing about the others
   * @throws ParameterException where a column is unknown
   */
  RowWriter writer(OutputFormat format, TableOptions table, Shell shell, boolean follows) {
    return switch (format) {
      case TABLE ->
          new TableWriter(
              shell.out(),
              columns(EventColumn.USUAL),
              new TableWriter.Style(
                  table.lineWidth(shell),
                  table.coloured(shell),
                  !chosen() && !follows,
                  chosen() ? List.of() : EventColumn.MISSED_LEAST,
                  follows));
      case JSON -> new JsonWriter(shell.out());
      case NDJSON -> new NdjsonWriter(shell.out());
      case CSV -> new CsvWriter(shell.out(), columns(EventColumn.ALL));
    };
  }

  private List<Column> columns(List<Column> usual) {
    try {
      return chosen() ? columns.stream().map(EventColumn::named).toList() : usual;
    } catch (IllegalArgumentException e) {
      throw new ParameterException(command.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
