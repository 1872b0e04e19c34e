package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.terminal.Shell;
import picocli.CommandLine.Option;

/** The options that say how tables look. */
public final class TableOptions {

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "Colours of a table: always, never, or auto: in a terminal, without NO_COLOR.")
  private ColourChoice colour = ColourChoice.AUTO;

  public boolean coloured(Shell shell) {
    return colour.colours(shell);
  }

  /** Characters that a line is to fit in; 0 where nobody watches. */
  public int lineWidth(Shell shell) {
    return shell.terminal().showsOutput() ? shell.terminal().columns() : 0;
  }
}
