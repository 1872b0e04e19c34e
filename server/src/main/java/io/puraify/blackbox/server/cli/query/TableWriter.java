package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.server.cli.terminal.Printable;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A line an event, for people. The first page decides how wide the columns are. */
final class TableWriter implements EventWriter {

  /** No column may take all of a line from the last one, which is the message. */
  private static final int MOST_SHOWN = 24;

  /** Less of a message says nothing. */
  private static final int LEAST_OF_LAST = 20;

  private static final String GAP = "  ";

  /** ECMA-48. */
  private static final String BOLD = "\u001b[1m";

  private static final String RED = "\u001b[31m";
  private static final String YELLOW = "\u001b[33m";
  private static final String GREEN = "\u001b[32m";
  private static final String PLAIN = "\u001b[0m";

  /**
   * How it looks.
   *
   * @param columns characters a line that it is to fit, by cutting what is long; 0 where that does
   *     not matter
   * @param leavesOutEmpty whether columns are left out that are empty on the first page
   * @param leastWidth of a column
   */
  record Style(int columns, boolean coloured, boolean leavesOutEmpty, int leastWidth) {

    boolean cuts() {
      return columns > 0;
    }
  }

  /**
   * A column in its place.
   *
   * @param width that is filled up
   * @param most that is shown of a value
   */
  private record Placed(Column column, int width, int most) {}

  private final PrintStream out;
  private final List<Column> columns;
  private final Style style;
  private @Nullable List<Placed> layout;

  TableWriter(PrintStream out, List<Column> columns, Style style) {
    this.out = out;
    this.columns = columns;
    this.style = style;
  }

  @Override
  public void page(List<JsonNode> events) {
    List<Placed> placed = layout;
    if (placed == null) {
      placed = layOut(events);
      layout = placed;
      out.println(line(placed, null));
    }
    for (JsonNode event : events) {
      out.println(line(placed, event));
    }
  }

  private List<Placed> layOut(List<JsonNode> events) {
    List<Placed> placed = new ArrayList<>();
    for (Column column : columns) {
      int longest = events.stream().mapToInt(event -> text(column, event).length()).max().orElse(0);
      if (longest > 0 || !style.leavesOutEmpty) {
        int width = Math.max(style.leastWidth, Math.max(column.name().length(), longest));
        boolean cut = style.cuts() && !isTime(column);
        placed.add(
            cut
                ? new Placed(column, Math.min(width, MOST_SHOWN), MOST_SHOWN)
                : new Placed(column, width, Integer.MAX_VALUE));
      }
    }
    if (!placed.isEmpty()) {
      placed.add(last(placed.removeLast(), placed));
    }
    return placed;
  }

  /** The last column has what is left of the line. */
  private Placed last(Placed last, List<Placed> others) {
    int before = others.stream().mapToInt(each -> each.width + GAP.length()).sum();
    int left = Math.max(LEAST_OF_LAST, style.columns - before);
    return new Placed(last.column, 0, style.cuts() ? left : Integer.MAX_VALUE);
  }

  private static boolean isTime(Column column) {
    Field field = Field.named(column.name());
    return field != null && field.kind() == Field.Kind.TIME;
  }

  private static String text(Column column, JsonNode event) {
    return Printable.line(column.text(event));
  }

  /** The line of an event, or of the columns' names. */
  private String line(List<Placed> placed, @Nullable JsonNode event) {
    StringBuilder line = new StringBuilder();
    int blanks = 0;
    for (Placed each : placed) {
      String text = event == null ? each.column.name() : text(each.column, event);
      String shown = cut(text, each.most);
      String colour = event == null ? BOLD : colour(each.column, text);
      line.append(" ".repeat(blanks));
      line.append(style.coloured && !colour.isEmpty() ? colour + shown + PLAIN : shown);
      blanks = Math.max(0, each.width - shown.length()) + GAP.length();
    }
    return line.toString();
  }

  /** Never within a pair of surrogates. */
  private static String cut(String text, int width) {
    if (text.length() <= width) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(width - 2)) ? width - 2 : width - 1;
    return text.substring(0, end) + "…";
  }

  private static String colour(Column column, String text) {
    String value = text.toLowerCase(Locale.ROOT);
    return switch (column.name()) {
      case "severity" ->
          switch (value) {
            case "critical", "high" -> RED;
            case "medium" -> YELLOW;
            default -> "";
          };
      case "status" ->
          switch (value) {
            case "error", "denied" -> RED;
            case "timeout", "retry" -> YELLOW;
            case "success" -> GREEN;
            default -> "";
          };
      default -> "";
    };
  }
}
