package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.output.Column.Kind;
import io.puraify.blackbox.server.cli.output.TableLayout.Placed;
import io.puraify.blackbox.server.cli.terminal.Printable;
import java.io.PrintStream;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line a row, for people. The first page decides how wide the columns are. */
public final class TableWriter implements RowWriter {

  /**
   * How it looks.
   *
   * @param lineWidth characters a line that it is to fit, by cutting what is long; 0 where that
   *     does not matter
   * @param leavesOutEmpty whether columns are left out that are empty on the first page
   * @param missedLeast names of columns that a narrow line does without, in this order
   * @param follows whether rows come one by one, so that the first says nothing about the widths
   */
  public record Style(
      int lineWidth,
      boolean coloured,
      boolean leavesOutEmpty,
      List<String> missedLeast,
      boolean follows) {

    public Style {
      missedLeast = List.copyOf(missedLeast);
    }

    /** All columns, as wide as they must be. */
    public static Style of(int lineWidth, boolean coloured) {
      return new Style(lineWidth, coloured, false, List.of(), false);
    }
  }

  private final PrintStream out;
  private final List<Column> columns;
  private final Style style;
  private @Nullable List<Placed> layout;

  public TableWriter(PrintStream out, List<Column> columns, Style style) {
    this.out = out;
    this.columns = columns;
    this.style = style;
  }

  @Override
  public void page(List<JsonNode> rows) {
    List<Placed> placed = layout;
    if (placed == null) {
      placed = layOut(rows);
      layout = placed;
      out.println(line(placed, null));
    }
    for (JsonNode row : rows) {
      out.println(line(placed, row));
    }
  }

  private List<Placed> layOut(List<JsonNode> rows) {
    List<Column> shown =
        columns.stream()
            .filter(column -> !style.leavesOutEmpty || longest(column, rows) > 0)
            .toList();
    return TableLayout.of(
        shown,
        column ->
            Math.max(
                column.name().length(),
                style.follows ? column.kind().expected : longest(column, rows)),
        style.lineWidth,
        style.missedLeast);
  }

  private static int longest(Column column, List<JsonNode> rows) {
    return rows.stream().mapToInt(row -> text(column, row).length()).max().orElse(0);
  }

  private static String text(Column column, JsonNode row) {
    return Printable.line(column.text(row));
  }

  /** The line of a row, or of the columns' names; without blanks at its end. */
  private String line(List<Placed> placed, @Nullable JsonNode row) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (Placed each : placed) {
      Column column = each.column();
      String text = row == null ? column.name() : text(column, row);
      String shown = isWhole(column) ? text : cut(text, each.width());
      int fill = Math.max(0, each.width() - shown.length());
      boolean right = column.kind() == Kind.NUMBER;
      if (!shown.isEmpty()) {
        line.append(" ".repeat(right ? blanks + fill : blanks));
        line.append(coloured(row == null ? Colour.BOLD : Colour.of(column.name(), text), shown));
        blanks = 0;
      }
      blanks += (right && !shown.isEmpty() ? 0 : fill) + TableLayout.GAP.length();
    }
    return line.toString();
  }

  /** Where lines may be of any length, so may values. */
  private boolean isWhole(Column column) {
    return style.lineWidth == 0 || column.kind() == Kind.TIME || column.kind() == Kind.NUMBER;
  }

  private String coloured(Colour colour, String text) {
    return style.coloured ? colour.apply(text) : text;
  }

  /** Never within a pair of surrogates. */
  private static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(width - 2)) ? width - 2 : width - 1;
    return text.substring(0, end) + "…";
  }
}
