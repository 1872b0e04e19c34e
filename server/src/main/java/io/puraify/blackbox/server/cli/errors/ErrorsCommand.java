package io.puraify.blackbox.server.cli.errors;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.query.QueryParameters;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code blackbox errors}: groups of errors. */
@Command(
    name = "errors",
    description = {
      "Lists groups of errors, those seen latest first; with a command, says more of one.",
      ""
    },
    footer = {
      "",
      "Exit code: 0 also when there are no groups, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox errors",
      "  blackbox errors --project pf_123 --state new --sort users",
      "  blackbox errors explain 5f0c6f0e8a7b1c2d"
    },
    synopsisSubcommandLabel = "[COMMAND]",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
public final class ErrorsCommand implements Callable<Integer> {

  private static final List<Column> COLUMNS =
      List.of(
          Column.of("group_id", Kind.ID),
          Column.of("severity", Kind.LABEL),
          Column.of("state", Kind.LABEL),
          Column.of("errors", Kind.NUMBER),
          Column.of("users", Kind.NUMBER),
          new Column("last_seen", Kind.TIME, row -> Column.text(row.path("last_seen"), "time")),
          Column.of("title", Kind.PROSE));

  @Option(names = "--project", paramLabel = "ID", description = "Those of one project.")
  private @Nullable String project;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "new, ongoing, escalating, regressed, archived or resolved.")
  private @Nullable String state;

  @Option(
      names = "--sort",
      paramLabel = "BY",
      description = "last_seen, first_seen, errors or users (last_seen).")
  private @Nullable String sort;

  @Option(names = "--limit", paramLabel = "N", description = "Groups at most, 1 to 1000 (100).")
  private @Nullable Integer limit;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public ErrorsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Parameter> parameters = new ArrayList<>();
    Parameter.add(parameters, "project_id", project);
    Parameter.add(parameters, "state", state);
    Parameter.add(parameters, "sort", sort);
    Parameter.add(parameters, "limit", limit);
    JsonNode answer =
        JsonRequest.get(
            server.address(shell.variables()),
            "/monitoring/errors?" + new QueryParameters(parameters).encoded());
    List<JsonNode> groups = answer.path("groups").valueStream().toList();
    Rows.list(shell, output, format -> COLUMNS, groups, "no groups of errors found");
    if (answer.has("next_cursor")) {
      shell.err().println("there are more; --limit shows up to 1000");
    }
    return 0;
  }
}
