package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.output.OutputOptions;
import io.puraify.blackbox.server.cli.output.Rows;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** {@code blackbox policies list}: the policies that a server has. */
@Command(
    name = "list",
    description = {
      "Lists the policies that a server has, those that are shipped included, with the newest version"
          + " of each.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "json and ndjson have each policy as a whole.",
      "",
      "Exit code: 0 also when there are none, 1 when the server could not be reached, 2 for wrong"
          + " usage.",
      "",
      "Examples:",
      "  blackbox policies list",
      "  blackbox policies list -o json"
    },
    mixinStandardHelpOptions = true)
public final class PolicyListCommand implements Callable<Integer> {

  @Mixin private ServerOption server = new ServerOption();
  @Mixin private OutputOptions output = new OutputOptions();

  private final Shell shell;

  /** Prepares the command. */
  public PolicyListCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    List<JsonNode> policies =
        JsonRequest.get(server.address(shell.variables()), PoliciesCommand.POLICIES)
            .path(PoliciesCommand.MEMBER)
            .valueStream()
            .toList();
    Rows.list(shell, output, format -> PolicyColumns.ALL, policies, "there are no policies");
    return 0;
  }
}
