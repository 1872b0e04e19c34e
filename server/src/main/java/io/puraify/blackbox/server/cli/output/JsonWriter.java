package io.puraify.blackbox.server.cli.output;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One JSON array of all rows, indented. */
public final class JsonWriter implements RowWriter {

  private final PrintStream out;
  private boolean begun;

  public JsonWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void page(List<JsonNode> rows) {
    for (JsonNode row : rows) {
      out.print(begun ? ",\n" : "[\n");
      out.print(row.toPrettyString());
      begun = true;
    }
  }

  @Override
  public void end() {
    out.print(begun ? "\n]\n" : "[]\n");
  }
}
