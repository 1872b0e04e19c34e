package io.puraify.blackbox.server.cli.output;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints rows as they come; a row is an event, a group, a pattern. Used by one thread. */
public interface RowWriter {

  void page(List<JsonNode> rows);

  /** Nothing follows. */
  default void end() {}
}
