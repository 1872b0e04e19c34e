package io.puraify.blackbox.server.cli.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.util.Map;

/**
 * Everything that a command has from where it was called.
 *
 * @param in standard input
 * @param out standard output, for results; flushed by whoever wrote something
 * @param err standard error, for messages and progress
 * @param variables of the environment
 */
public record Shell(
    InputStream in,
    PrintStream out,
    PrintStream err,
    Map<String, String> variables,
    Terminal terminal) {

  /** The one of this process. */
  public static Shell ofProcess() {
    Map<String, String> variables = System.getenv();
    return new Shell(System.in, System.out, System.err, variables, new SystemTerminal(variables));
  }

  /** The same with its results in a file, which nobody watches. */
  public Shell into(PrintStream file) {
    return new Shell(in, file, err, variables, Terminal.NONE);
  }

  /**
   * Whether output may be coloured: somebody watches, has not asked for none (no-color.org), and
   * has a terminal that knows colours.
   */
  public boolean coloured() {
    return variables.getOrDefault("NO_COLOR", "").isEmpty()
        && !variables.getOrDefault("TERM", "").equals("dumb")
        && terminal.showsOutput();
  }
}
