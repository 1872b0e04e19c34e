package io.puraify.blackbox.server.cli.query;

import java.util.List;
import tools.jackson.databind.JsonNode;

/** Prints events as they come. */
interface EventWriter {

  void page(List<JsonNode> events);

  /** Nothing follows. */
  default void end() {}
}
