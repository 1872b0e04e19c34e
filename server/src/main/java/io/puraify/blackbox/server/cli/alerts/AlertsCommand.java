package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.query.QueryParameters;
import io.puraify.blackbox.server.cli.query.QueryParameters.Parameter;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** {@code blackbox alerts}: the alerts that fire, and what can be done about them. */
@Command(
    name = "alerts",
    description = {
      "Lists the alerts that fire, the newest first, or those of another state; with a command, does"
          + " something about them.",
      ""
    },
    footer = {
      "",
      "A table has the beginning of each alert's id, which is enough for ack, resolve and explain.",
      "",
      "Exit code: 0 also when there are no alerts, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts",
      "  blackbox alerts --state all --severity critical --limit 10",
      "  blackbox alerts explain 5f0c6f0e",
      "  blackbox alerts ack 5f0c6f0e --comment 'restarting it'",
      "  blackbox alerts silence project_id=pf_880 --for 2h --reason 'moving house'",
      "  blackbox alerts inbox --read"
    },
    synopsisSubcommandLabel = "[COMMAND]",
    abbreviateSynopsis = true,
    mixinStandardHelpOptions = true)
public final class AlertsCommand implements Callable<Integer> {

  /** Which alerts are shown. */
  enum State {
    PENDING,
    FIRING,
    ACKNOWLEDGED,
    RESOLVED,
    ALL
  }

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "pending, firing, acknowledged, resolved or all (firing).")
  private State state = State.FIRING;

  @Option(
      names = "--severity",
      paramLabel = "SEVERITY",
      description = "critical, high, medium, low, info or debug.")
  private @Nullable String severity;

  @Option(names = "--project", paramLabel = "ID", description = "Those of one project.")
  private @Nullable String project;

  @Option(names = "--policy", paramLabel = "NAME", description = "Those of one policy.")
  private @Nullable String policy;

  @Option(names = "--limit", paramLabel = "N", description = "Alerts at most, 1 to 1000 (100).")
  private @Nullable Integer limit;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public AlertsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    JsonNode answer =
        JsonRequest.get(
            server.address(shell.variables()), "/monitoring/alerts?" + parameters().encoded());
    List<JsonNode> alerts = answer.path("alerts").valueStream().toList();
    Rows.list(shell, output, AlertColumns::of, alerts, "no alerts found");
    if (answer.has("next_cursor")) {
      shell.err().println("there are more; --limit shows up to 1000");
    }
    return 0;
  }

  private QueryParameters parameters() {
    List<Parameter> list = new ArrayList<>();
    if (state != State.ALL) {
      Parameter.add(list, "state", state.name().toLowerCase(Locale.ROOT));
    }
    Parameter.add(list, "severity", severity);
    Parameter.add(list, "project_id", project);
    Parameter.add(list, "policy", policy);
    Parameter.add(list, "limit", limit);
    return new QueryParameters(list);
  }
}
