package io.puraify.blackbox.server.cli.output;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON object a line. */
public final class NdjsonWriter implements RowWriter {

  private final PrintStream out;

  public NdjsonWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void page(List<JsonNode> rows) {
    for (JsonNode row : rows) {
      out.print(row);
      out.print('\n');
    }
  }
}
