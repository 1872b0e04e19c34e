package io.puraify.blackbox.server.cli.alerts;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code blackbox alerts ack}: says that somebody looks after an alert. */
@Command(
    name = "ack",
    description = {
      "Says that somebody looks after an alert: it goes on, and is neither repeated nor escalated.",
      ""
    },
    abbreviateSynopsis = true,
    footer = {
      "",
      "Exit code: 0 when it is done, 1 when there is no such alert, it is over or the server could not"
          + " be reached, 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox alerts ack 5f0c6f0e --comment 'restarting it'"
    },
    mixinStandardHelpOptions = true)
public final class AckCommand implements Callable<Integer> {

  @Mixin private ChangeOptions options = new ChangeOptions();

  private final Shell shell;

  /** Prepares the command. */
  public AckCommand(Shell shell) {
    this.shell = shell;
  }

  @Override
  public Integer call() {
    return options.change(shell, "acknowledge");
  }
}
