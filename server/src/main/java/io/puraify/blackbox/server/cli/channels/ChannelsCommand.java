package io.puraify.blackbox.server.cli.channels;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code blackbox channels}: the ways to tell somebody of an alert. */
@Command(
    name = "channels",
    description = {"Lists the ways to tell somebody of an alert, and tries them.", ""},
    footer = {
      "",
      "Exit code: that of the command; 2 for wrong usage.",
      "",
      "Examples:",
      "  blackbox channels list",
      "  blackbox channels test team"
    },
    synopsisSubcommandLabel = "COMMAND",
    mixinStandardHelpOptions = true)
public final class ChannelsCommand implements Callable<Integer> {

  private static final int USAGE = 2;

  static final String CHANNELS = "/monitoring/alerts/channels";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Override
  public Integer call() {
    spec.commandLine().usage(spec.commandLine().getErr());
    return USAGE;
  }
}
