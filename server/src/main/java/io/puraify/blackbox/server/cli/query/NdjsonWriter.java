package io.puraify.blackbox.server.cli.query;

import java.io.PrintStream;
import java.util.List;
import tools.jackson.databind.JsonNode;

/** A JSON object a line. */
final class NdjsonWriter implements EventWriter {

  private final PrintStream out;

  NdjsonWriter(PrintStream out) {
    this.out = out;
  }

  @Override
  public void page(List<JsonNode> events) {
    for (JsonNode event : events) {
      out.print(event);
      out.print('\n');
    }
  }
}
