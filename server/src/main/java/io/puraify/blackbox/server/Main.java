package io.puraify.blackbox.server;

import io.puraify.blackbox.server.cli.Cli;
import io.puraify.blackbox.server.cli.StopSignals;
import io.puraify.blackbox.server.cli.terminal.Shell;
import java.time.InstantSource;

/** Entry point of everything that {@code blackbox} can do. */
public final class Main {

  private Main() {}

  public static void main(String[] arguments) {
    InstantSource clock = InstantSource.system();
    Cli cli =
        new Cli(
            Shell.ofProcess(),
            settings -> Blackbox.start(settings, clock),
            clock,
            StopSignals::install);
    System.exit(cli.run(arguments));
  }
}
