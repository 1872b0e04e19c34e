package io.puraify.blackbox.server.cli.query;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** One JSON array of all events, indented. */
final class JsonWriter implements EventWriter {

  private final PrintStream out;
  private boolean begun;

  JsonWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void page(List<JsonNode> events) {
    for (JsonNode event : events) {
      out.print(begun ? ",\n" : "[\n");
      out.print(event.toPrettyString());
      begun = true;
    }
  }

  @Override
  public void end() {
    out.print(begun ? "\n]\n" : "[]\n");
  }
}
