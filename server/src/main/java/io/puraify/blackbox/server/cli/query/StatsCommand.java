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

/** {@code blackbox stats}: measures groups of events. */
@Command(
    name = "stats",
    description = {
      "Measures groups of events: how many there are, how often they fail, how long they take.",
      "",
      "Which events is written as for 'blackbox query'. A measure is one of:",
      "  count                         how many events there are",
      "  error_rate                    the share that failed or timed out, 0 to 1",
      "  count:FIELD  distinct:FIELD   how many have the field; how many different values it has",
      "  sum:FIELD  avg:FIELD  min:FIELD  max:FIELD",
      "  p50:FIELD  p95:FIELD  p99.9:FIELD",
      "Percentiles and distinct values are estimates, and have a ~ before their name in a table.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "A table has a last line for all groups that are not shown, and json is the server's whole"
          + " answer; ndjson and csv have the groups that are shown.",
      "",
      "Exit code: 0 also when there are no events, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox stats --since 1h -g engine,platform -m count,error_rate,p95:duration_ms",
      "  blackbox stats status:error -g error_type --limit 10",
      "  blackbox stats platform=Slack -g action -m avg:duration_ms --order count",
      "  blackbox stats project_id=pf_123 -g status --step 5m -o csv > per-minute.csv"
    },
    mixinStandardHelpOptions = true)
public final class StatsCommand implements Callable<Integer> {

  private static final String STATS = "/monitoring/stats?";

  @Mixin private FilterArguments filters = new FilterArguments();

  @Option(
      names = {"-g", "--group-by"},
      paramLabel = "FIELD",
      split = ",",
      description = "Up to four fields or attributes.NAME, with commas between them.")
  private List<String> groupBy = List.of();

  @Option(
      names = {"-m", "--measure"},
      paramLabel = "MEASURE",
      split = ",",
      description = "What to measure, with commas between (count).")
  private List<String> measures = List.of();

  @Option(
      names = "--order",
      paramLabel = "MEASURE",
      description = "The groups with the most of this come first (the first measure).")
  private @Nullable String order;

  @Option(names = "--limit", paramLabel = "N", description = "Groups at most, 1 to 1000 (100).")
  private @Nullable Integer limit;

  @Option(
      names = "--step",
      paramLabel = "SPAN",
      description = "A line for each 30s, 5m, 1h, 1d or 1w, or auto.")
  private @Nullable String step;

  @Mixin private TimeOptions times = new TimeOptions();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public StatsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    OutputFormat format = output.format(shell);
    StatsTable stats =
        new StatsTable(
            groupBy,
            JsonRequest.get(server.address(shell.variables()), STATS + parameters().encoded()));
    if (stats.rows().isEmpty() && shell.terminal().showsOutput() && format == OutputFormat.TABLE) {
      shell.err().println("no events found");
      return 0;
    }
    print(format, stats);
    shell.out().flush();
    return 0;
  }

  private void print(OutputFormat format, StatsTable stats) {
    PrintStream out = shell.out();
    switch (format) {
      case TABLE -> {
        TableWriter.Style style =
            TableWriter.Style.of(output.table().lineWidth(shell), output.table().coloured(shell));
        write(new TableWriter(out, stats.columns(), style), stats.rowsAndOthers());
      }
      case JSON -> out.println(stats.answer().toPrettyString());
      case NDJSON -> write(new NdjsonWriter(out), stats.rows());
      case CSV -> write(new CsvWriter(out, stats.plainColumns()), stats.rows());
    }
  }

  private static void write(RowWriter writer, List<JsonNode> rows) {
    writer.page(rows);
    writer.end();
  }

  private QueryParameters parameters() {
    List<Parameter> list = new ArrayList<>(filters.parameters());
    list.addAll(times.parameters());
    groupBy.forEach(field -> list.add(new Parameter("group_by", field)));
    measures.forEach(measure -> list.add(new Parameter("measure", measure)));
    Parameter.add(list, "order", order);
    Parameter.add(list, "limit", limit);
    Parameter.add(list, "step", step);
    return new QueryParameters(list);
  }
}
