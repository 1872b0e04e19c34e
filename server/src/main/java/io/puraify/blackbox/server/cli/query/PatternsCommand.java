package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.CsvWriter;
import io.puraify.blackbox.server.cli.output.NdjsonWriter;
import io.puraify.blackbox.server.cli.output.OutputFormat;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.RowWriter;
import io.puraify.blackbox.server.cli.output.TableWriter;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code blackbox patterns}: what the messages of events have in common. */
@Command(
    name = "patterns",
    description = {
      "Shows what the messages of events have in common: each shape once, with how many have it,"
          + " what share of all that is, and how it went over time.",
      "",
      "Which events is written as for 'blackbox query'. Numbers, ids, times and other values that"
          + " vary stand as <num>, <id> and so on; <*> are words that vary.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "A table has a last line for all patterns that are not shown, and json is the server's whole"
          + " answer; ndjson and csv have the patterns that are shown.",
      "",
      "Exit code: 0 also when there are no events, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox patterns status:error --since 1h",
      "  blackbox patterns engine=vault --limit 10 --step 1m",
      "  blackbox patterns project_id=pf_123 -o csv > patterns.csv"
    },
    mixinStandardHelpOptions = true)
public final class PatternsCommand implements Callable<Integer> {

  private static final String PATTERNS = "/monitoring/logs/patterns?";

  @Mixin private FilterArguments filters = new FilterArguments();

  @Option(names = "--limit", paramLabel = "N", description = "Patterns at most, 1 to 1000 (50).")
  private @Nullable Integer limit;

  @Option(
      names = "--step",
      paramLabel = "SPAN",
      description = "The trend counts 30s, 5m, 1h, 1d or 1w together (auto).")
  private @Nullable String step;

  @Mixin private TimeOptions times = new TimeOptions();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public PatternsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OutputFormat format = output.format(shell);
    PatternsTable patterns =
        new PatternsTable(
            JsonRequest.get(server.address(shell.variables()), PATTERNS + parameters().encoded()));
    if (patterns.rows().isEmpty()
        && shell.terminal().showsOutput()
        && format == OutputFormat.TABLE) {
      shell.err().println("no events found");
      return 0;
    }
    print(format, patterns);
    shell.out().flush();
    patterns.note().ifPresent(shell.err()::println);
    return 0;
  }

  private void print(OutputFormat format, PatternsTable patterns) {
    PrintStream out = shell.out();
    switch (format) {
      case TABLE -> {
        TableWriter.Style style =
            new TableWriter.Style(
                output.table().lineWidth(shell),
                output.table().coloured(shell),
                false,
                PatternsTable.MISSED_LEAST,
                false);
        write(new TableWriter(out, PatternsTable.COLUMNS, style), patterns.rowsAndOthers());
      }
      case JSON -> out.println(patterns.answer().toPrettyString());
      case NDJSON -> write(new NdjsonWriter(out), patterns.rows());
      case CSV -> write(new CsvWriter(out, PatternsTable.PLAIN_COLUMNS), patterns.rows());
    }
  }

  private static void write(RowWriter writer, List<JsonNode> rows) {
    writer.page(rows);
    writer.end();
  }

  private QueryParameters parameters() {
    List<Parameter> list = new ArrayList<>(filters.parameters());
    list.addAll(times.parameters());
    Parameter.add(list, "limit", limit);
    Parameter.add(list, "step", step);
    return new QueryParameters(list);
  }
}
