package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.alerts.ActorOption;
import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.PercentEncoding;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code blackbox policies remove}: takes a policy out of work. */
@Command(
    name = "remove",
    description = {"Removes a policy, which ends its alerts. Its versions are kept.", ""},
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when it is done, 1 when there is no such policy, it is in a file of the server or"
          + " the server could not be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox policies remove slow_execution --by ada"
    },
    mixinStandardHelpOptions = true)
public final class PolicyRemoveCommand implements Callable<Integer> {

  @Parameters(paramLabel = "NAME", description = "The policy's name.")
  private String name = "";

  @Mixin private ActorOption actor = new ActorOption();
  @Mixin private ServerOption server = new ServerOption();

  private final Shell shell;

  /** Prepares the command. */
  public PolicyRemoveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    JsonNode removed =
        JsonRequest.delete(
            server.address(shell.variables()),
            PoliciesCommand.POLICIES + "/" + PercentEncoding.of(name),
            actor.header(shell.variables()));
    shell
        .out()
        .printf(
            "Policy %s is removed, and its alerts are over.%n",
            Printable.line(Column.text(removed, "policy")));
    return 0;
  }
}
