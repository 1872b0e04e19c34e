package io.puraify.blackbox.server.text;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Comma-separated values (RFC 4180, with line feeds). */
public final class Csv {

  private Csv() {}

  /** A line with its end; values are quoted where they have to be. */
  public static String line(Stream<String> values) {
    return values.map(Csv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String text) {
    boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
