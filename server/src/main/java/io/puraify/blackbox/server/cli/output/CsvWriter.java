package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.text.Csv;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** {@link Csv}, the columns' names first. */
public final class CsvWriter implements RowWriter {

  private final PrintStream out;
  private final List<Column> columns;

  public CsvWriter(PrintStream out, List<Column> columns) {
    this.out = out;
    this.columns = columns;
    line(columns.stream().map(Column::name));
  }

  @Override
  public void page(List<JsonNode> rows) {
    for (JsonNode row : rows) {
      line(columns.stream().map(column -> column.text(row)));
    }
  }

  private void line(Stream<String> values) {
    out.print(Csv.line(values));
  }
}
