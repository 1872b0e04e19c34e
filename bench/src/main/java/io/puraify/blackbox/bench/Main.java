package io.puraify.blackbox.bench;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** Entry point of the benchmarks: one subcommand for each thing that can be measured. */
@Command(
    name = "bench",
    description = "Measures Blackbox and its peers.",
    mixinStandardHelpOptions = true,
    subcommands = {
      RunCommand.class,
      PeersCommand.class,
      GenerateCommand.class,
      NdjsonCommand.class,
      RequestsCommand.class,
      LogSetsCommand.class,
      LogSetsCheckCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    System.exit(new CommandLine(new Main()).execute(args));
  }
}
