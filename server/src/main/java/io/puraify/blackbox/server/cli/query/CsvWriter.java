package io.puraify.blackbox.server.cli.query;

import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Comma-separated values (RFC 4180, with line feeds), the columns' names first. */
final class CsvWriter implements EventWriter {

  private final PrintStream out;
  private final List<Column> columns;

  CsvWriter(PrintStream out, List<Column> columns) {
    this.out = out;
    this.columns = columns;
    line(columns.stream().map(Column::name));
  }

  @Override
  public void page(List<JsonNode> events) {
    for (JsonNode event : events) {
      line(columns.stream().map(column -> column.text(event)));
    }
  }

  private void line(Stream<String> values) {
    out.print(values.map(CsvWriter::quoted).collect(Collectors.joining(",", "", "\n")));
  }

  private static String quoted(String text) {
    boolean needed = text.chars().anyMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return needed ? '"' + text.replace("\"", "\"\"") + '"' : text;
  }
}
