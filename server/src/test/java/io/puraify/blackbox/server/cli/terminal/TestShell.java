package io.puraify.blackbox.server.cli.terminal;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** A shell whose streams are in memory. */
public final class TestShell {

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, String> variables = new HashMap<>();
  private byte[] in = new byte[0];
  private Terminal terminal = Terminal.NONE;

  public TestShell with(String variable, String value) {
    variables.put(variable, value);
    return this;
  }

  public TestShell withInput(byte[] bytes) {
    in = bytes;
    return this;
  }

  /** Somebody watches standard output. */
  public TestShell withTerminal(int columns) {
    terminal =
        new Terminal() {
          @Override
          public boolean showsOutput() {
            return true;
          }

          @Override
          public boolean showsErrors() {
            return false;
          }

          @Override
          public int columns() {
            return columns;
          }
        };
    return this;
  }

  public Shell shell() {
    return new Shell(
        new ByteArrayInputStream(in),
        new PrintStream(out, false, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        variables,
        terminal);
  }

  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }
}
