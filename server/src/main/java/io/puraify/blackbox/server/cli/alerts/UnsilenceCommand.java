package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.http.JsonRequest;
import io.puraify.blackbox.server.cli.http.PercentEncoding;
import io.puraify.blackbox.server.cli.http.ServerOption;
import io.puraify.blackbox.server.cli.terminal.Printable;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** {@code blackbox alerts unsilence}: ends a silence. */
@Command(
    name = "unsilence",
    description = {"Ends a silence; alerts that it has kept are told if they still fire.", ""},
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when it is done, 1 when there is no such silence or the server could not be"
          + " reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts unsilence 0b6f2a34-1c1e-4a53-9d57-3c2a5a0f7c11"
    },
    mixinStandardHelpOptions = true)
public final class UnsilenceCommand implements Callable<Integer> {

  @Parameters(paramLabel = "SILENCE", description = "Its id.")
  private String id = "";

  @Mixin private ServerOption server = new ServerOption();

  private final Shell shell;

  /** Prepares the command. */
  public UnsilenceCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    JsonNode ended =
        JsonRequest.delete(
            server.address(shell.variables()),
            "/monitoring/alerts/silences/" + PercentEncoding.of(id),
            Map.of());
    shell
        .out()
        .printf("Silence %s is over.%n", Printable.line(ended.path("silence_id").asString("")));
    return 0;
  }
}
