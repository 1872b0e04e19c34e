package io.puraify.blackbox.server.cli.output;

import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * What is shown of a row.
 *
 * @param value the text of a row, empty where it has none
 */
public record Column(String name, Kind kind, Function<JsonNode, String> value) {

  /** How a column is laid out in a table. */
  public enum Kind {
    /** Never cut. */
    TIME(27),
    /** Never cut, and stands at the right, so that digits are below each other. */
    NUMBER(11),
    /** Cut last: a part of an id finds nothing. */
    ID(36),
    /** A short text. */
    LABEL(16),
    /** Text that people read; gets what the others leave of a line. */
    PROSE(40);

    /** Characters of a column whose values are not known yet. */
    final int expected;

    Kind(int expected) {
      this.expected = expected;
    }
  }

  /** The one that shows a row's value of this name. */
  public static Column of(String name, Kind kind) {
    return new Column(name, kind, row -> text(row, name));
  }

  /** The value in a row, empty where it has none. */
  public String text(JsonNode row) {
    return value.apply(row);
  }

  /** A JSON value as text: empty where it is absent, and without quotes where it is text. */
  public static String text(JsonNode row, String property) {
    return plain(row.path(property));
  }

  /** A JSON value as text: empty where it is absent, and without quotes where it is text. */
  public static String plain(JsonNode value) {
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.isString() ? value.asString() : value.toString();
  }
}
