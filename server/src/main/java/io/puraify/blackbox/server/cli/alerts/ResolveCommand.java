package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code blackbox alerts resolve}: ends an alert. */
@Command(
    name = "resolve",
    description = {"Ends an alert, and tells those who have heard of its beginning.", ""},
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when it is done, 1 when there is no such alert, it is over or the server could not"
          + " be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts resolve 5f0c6f0e --comment 'it was a test'"
    },
    mixinStandardHelpOptions = true)
public final class ResolveCommand implements Callable<Integer> {

  @Mixin private ChangeOptions options = new ChangeOptions();

  private final Shell shell;

  /** Prepares the command. */
  public ResolveCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return options.change(shell, "resolve");
  }
}
