package io.puraify.blackbox.bench;

import java.io.IOException;
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
      TailCommand.class,
      AlertsCommand.class,
      BacktestCommand.class,
      HeavyCommand.class,
      PagingCommand.class,
      RollupsCommand.class,
      ErrorsCommand.class,
      GroupsCommand.class,
      FloodCommand.class,
      LogSetsCommand.class,
      LogSetsCheckCommand.class,
      PatternsCommand.class
    })
public final class Main {

  private Main() {}

  public static void main(String[] args) {
    CommandLine commands = new CommandLine(new Main());
    commands.setExecutionExceptionHandler((failure, command, parsed) -> say(failure));
    System.exit(commands.execute(args));
  }

  /** What the surroundings lack is said in a line; anything else is a defect of bench. */
  private static int say(Exception failure) throws Exception {
    if (failure instanceof IOException) {
      System.err.println("bench: " + failure.getMessage());
      return CommandLine.ExitCode.SOFTWARE;
    }
    throw failure;
  }
}
