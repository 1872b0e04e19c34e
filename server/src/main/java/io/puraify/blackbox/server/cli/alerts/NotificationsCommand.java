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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code blackbox alerts notifications}: who was told of what. */
@Command(
    name = "notifications",
    description = {
      "Lists who was told of what, the newest first, with what the other side has answered last.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "json and ndjson have every attempt with its answer.",
      "",
      "Exit code: 0 also when there are none, 1 when the server could not be reached or did not"
          + " understand, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts notifications",
      "  blackbox alerts notifications --channel team --state failed -o json"
    },
    mixinStandardHelpOptions = true)
public final class NotificationsCommand implements Callable<Integer> {

  @Option(names = "--channel", paramLabel = "NAME", description = "Those on one channel.")
  private @Nullable String channel;

  @Option(
      names = "--state",
      paramLabel = "STATE",
      description = "Those that are queued, delivered or failed.")
  private @Nullable String state;

  @Option(names = "--limit", paramLabel = "N", description = "How many at most, 1 to 1000 (100).")
  private @Nullable Integer limit;

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public NotificationsCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<Parameter> parameters = new ArrayList<>();
    Parameter.add(parameters, "channel", channel);
    Parameter.add(parameters, "state", state);
    Parameter.add(parameters, "limit", limit);
    Rows.list(
        shell,
        output,
        NotificationColumns::of,
        JsonRequest.get(
                server.address(shell.variables()),
                "/monitoring/alerts/notifications?" + new QueryParameters(parameters).encoded())
            .path("notifications")
            .valueStream()
            .toList(),
        "no notifications found");
    return 0;
  }
}
