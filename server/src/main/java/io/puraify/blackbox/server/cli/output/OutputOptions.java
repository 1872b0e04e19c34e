package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.terminal.Shell;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options that say how results are printed. */
public final class OutputOptions {

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FORMAT",
      description = {
        "table, json, ndjson or csv; without it, table in a terminal and ndjson otherwise."
      })
  private @Nullable OutputFormat output;

  @Mixin private TableOptions table = new TableOptions();

  /** The format that is wanted. */
  public OutputFormat format(Shell shell) {
    if (output != null) {
      return output;
    }
    return shell.terminal().showsOutput() ? OutputFormat.TABLE : OutputFormat.NDJSON;
  }

  /** How tables look. */
  public TableOptions table() {
    return table;
  }
}
