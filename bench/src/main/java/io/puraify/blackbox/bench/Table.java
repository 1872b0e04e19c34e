package io.puraify.blackbox.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** A table in Markdown that is also readable as it stands: its columns are as wide as they need. */
final class Table {

  private final List<List<String>> rows = new ArrayList<>();

  Table(List<String> header) {
    rows.add(List.copyOf(header));
  }

  /**
   * Adds a row.
   *
   * @throws IllegalArgumentException where it has not as many cells as the header
   */
  void add(List<String> row) {
    if (row.size() != rows.getFirst().size()) {
      throw new IllegalArgumentException(row + " has not the columns " + rows.getFirst());
    }
    rows.add(List.copyOf(row));
  }

  @Override
  public String toString() {
    List<Integer> widths =
        IntStream.range(0, rows.getFirst().size())
            .mapToObj(
                column -> rows.stream().mapToInt(row -> row.get(column).length()).max().orElse(0))
            .toList();
    StringBuilder text = new StringBuilder(line(rows.getFirst(), widths));
    // The first column is text, the others are figures.
    text.append(
        IntStream.range(0, widths.size())
            .mapToObj(i -> (i == 0 ? ":" : "-") + "-".repeat(widths.get(i)) + (i == 0 ? "-" : ":"))
            .collect(Collectors.joining("|", "|", "|\n")));
    rows.stream().skip(1).forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private static String line(List<String> row, List<Integer> widths) {
    return IntStream.range(0, row.size())
        .mapToObj(i -> {
          String space = " ".repeat(widths.get(i) - row.get(i).length());
          return i == 0 ? row.get(i) + space : space + row.get(i);
        })
        .collect(Collectors.joining(" | ", "| ", " |\n"));
  }
}
