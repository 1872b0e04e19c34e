package io.puraify.blackbox.server.cli.terminal;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The terminal of this process. {@code System.console()} does not tell: it wants standard input to
 * be a terminal too, which it is not in {@code zcat events.gz | blackbox ingest -}.
 */
public final class SystemTerminal implements Terminal {

  private static final int OUTPUT = 1;
  private static final int ERRORS = 2;
  private static final File TERMINAL = new File("/dev/tty");

  private final Map<String, String> variables;

  /**
   * Asks nothing yet.
   *
   * @param variables of the environment
   */
  public SystemTerminal(Map<String, String> variables) {
    this.variables = variables;
  }

  @Override
  public boolean showsOutput() {
    return isTerminal(OUTPUT);
  }

  @Override
  public boolean showsErrors() {
    return isTerminal(ERRORS);
  }

  /** As {@code COLUMNS} says, or else as {@code stty} does. */
  @Override
  public int columns() {
    String columns = variables.getOrDefault("COLUMNS", "");
    if (columns.isEmpty()) {
      String[] rowsAndColumns = sttySize().split(" ", -1);
      columns = rowsAndColumns[rowsAndColumns.length - 1];
    }
    boolean known = columns.matches("[1-9][0-9]{0,4}");
    return known ? Integer.parseInt(columns) : USUAL_COLUMNS;
  }

  /** {@code "40 132"}, or nothing where it cannot be found out. */
  private static String sttySize() {
    try {
      Process stty =
          new ProcessBuilder("stty", "size")
              .redirectInput(TERMINAL)
              .redirectError(Redirect.DISCARD)
              .start();
      return new String(stty.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
    } catch (IOException e) {
      return "";
    }
  }

  @SuppressWarnings("restricted")
  private static boolean isTerminal(int descriptor) {
    Linker linker = Linker.nativeLinker();
    MethodHandle isatty =
        linker.downcallHandle(
            linker.defaultLookup().findOrThrow("isatty"),
            FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
    try {
      return (int) isatty.invokeExact(descriptor) == 1;
    } catch (Throwable e) {
      throw new IllegalStateException("isatty cannot be called", e);
    }
  }
}
