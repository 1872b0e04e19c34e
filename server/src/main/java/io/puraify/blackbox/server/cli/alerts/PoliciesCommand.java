package io.puraify.blackbox.server.cli.alerts;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blackbox policies}: what can be done with the files of alert policies. */
@Command(
    name = "policies",
    description = {"Says what alert policies would do before they are put to work.", ""},
    footer = {
      "",
      "Exit code: that of the command; 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox policies test policies/ --since 7d"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class PoliciesCommand implements Callable<Integer> {

  private static final int USAGE = 2;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return USAGE;
  }
}
