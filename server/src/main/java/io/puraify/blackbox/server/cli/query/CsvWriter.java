package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.server.text.Csv;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@link Csv}, the columns' names first. */
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
    out.print(Csv.line(values));
  }
}
