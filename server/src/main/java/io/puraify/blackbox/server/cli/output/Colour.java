package io.puraify.blackbox.server.cli.output;

import java.util.Locale;

/** Colours of a terminal (ECMA-48). */
enum Colour {
  NONE(""),
  BOLD("\u001b[1m"),
  RED("\u001b[31m"),
  YELLOW("\u001b[33m"),
  GREEN("\u001b[32m");

  private static final String PLAIN = "\u001b[0m";

  private final String sequence;

  Colour(String sequence) {
    this.sequence = sequence;
  }

  String apply(String text) {
    return this == NONE || text.isEmpty() ? text : sequence + text + PLAIN;
  }

  /** The one that a value has in a column of this name. */
  static Colour of(String column, String text) {
    String value = text.toLowerCase(Locale.ROOT);
    return switch (column) {
      case "severity" ->
          switch (value) {
            case "critical", "high" -> RED;
            case "medium" -> YELLOW;
            default -> NONE;
          };
      case "status" ->
          switch (value) {
            case "error", "denied" -> RED;
            case "timeout", "retry" -> YELLOW;
            case "success" -> GREEN;
            default -> NONE;
          };
      default -> NONE;
    };
  }
}
