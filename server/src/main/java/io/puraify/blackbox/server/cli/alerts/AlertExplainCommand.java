package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.TextOptions;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code blackbox alerts explain}: why an alert was told, or was not. */
@Command(
    name = "explain",
    description = {
      "Says why an alert was told, or was not: the policy that it came from, what each stage has"
          + " decided, and each attempt to tell somebody with what the other side has answered.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 also when nobody was told, 1 when there is no such alert or the server could not be"
          + " reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts explain 5f0c6f0e",
      "  blackbox alerts explain 5f0c6f0e -o json"
    },
    mixinStandardHelpOptions = true)
public final class AlertExplainCommand implements Callable<Integer> {

  @Mixin private AlertArgument alert = new AlertArgument();
  @Mixin private ServerOption server = new ServerOption();
  @Mixin private TextOptions output = new TextOptions();

  private final Shell shell;

  /** Prepares the command. */
  public AlertExplainCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    ServerAddress address = server.address(shell.variables());
    output.print(
        shell,
        JsonRequest.get(address, alert.path(address) + "/explain"),
        AlertExplanationText::lines);
    return 0;
  }
}
