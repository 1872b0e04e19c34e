package io.puraify.blackbox.bench;

import java.io.IOException;
import java.io.Reader;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads comma-separated values as RFC 4180 has them: a value in quotes may contain commas, line
 * breaks and, doubled, quotes.
 */
final class Csv {

  private Csv() {}

  /** All rows; those of an empty line have one empty value. */
  static List<List<String>> read(Reader in) throws IOException {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder value = new StringBuilder();
    boolean quoted = false;
    boolean started = false;
    int c = in.read();
    while (c >= 0) {
      int next = in.read();
      started = true;
      if (quoted && c == '"' && next == '"') {
        value.append('"');
        next = in.read();
      } else if (c == '"') {
        quoted = !quoted;
      } else if (quoted || c != ',' && c != '\n' && c != '\r') {
        value.append((char) c);
      } else if (c != '\r') {
        row.add(value.toString());
        value.setLength(0);
        if (c == '\n') {
          rows.add(row);
          row = new ArrayList<>();
          started = false;
        }
      }
      c = next;
    }
    if (started) {
      row.add(value.toString());
      rows.add(row);
    }
    return rows;
  }
}
