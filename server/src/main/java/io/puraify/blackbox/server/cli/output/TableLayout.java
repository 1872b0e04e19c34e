package io.puraify.blackbox.server.cli.output;

import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * How wide the columns of a table are, so that its lines fit into a terminal's.
 *
 * <p>What is too wide is cut where that hurts least: first text that people read, then labels, then
 * ids; the widest first, so that all of a kind end up alike. Where that is not enough, columns are
 * left out, if they may be. Times and numbers are never cut: they would say something else.
 */
final class TableLayout {

  static final String GAP = "  ";

  /** Less says nothing. */
  private static final int LEAST_PROSE = 20;

  /** Enough for most statuses, severities and engines. */
  private static final int LEAST_LABEL = 9;

  /** A column with its width in characters. */
  record Placed(Column column, int width) {}

  private final int lineWidth;

  private TableLayout(int lineWidth) {
    this.lineWidth = lineWidth;
  }

  /**
   * Places columns side by side.
   *
   * @param wanted how wide a column would like to be
   * @param lineWidth characters a line; 0 where that does not matter
   * @param missedLeast names of columns that may be left out, in this order
   */
  static List<Placed> of(
      List<Column> columns, ToIntFunction<Column> wanted, int lineWidth, List<String> missedLeast) {
    TableLayout layout = new TableLayout(lineWidth);
    List<Column> left = new ArrayList<>(columns);
    List<Placed> placed = layout.place(left, wanted);
    for (String name : missedLeast) {
      if (layout.fits(placed) || left.size() == 1) {
        break;
      }
      left.removeIf(column -> column.name().equals(name));
      placed = layout.place(left, wanted);
    }
    return placed;
  }

  private boolean fits(List<Placed> placed) {
    int gaps = Math.max(0, placed.size() - 1) * GAP.length();
    return lineWidth == 0 || placed.stream().mapToInt(Placed::width).sum() + gaps <= lineWidth;
  }

  private List<Placed> place(List<Column> columns, ToIntFunction<Column> wanted) {
    int[] widths = columns.stream().mapToInt(wanted).toArray();
    if (lineWidth > 0) {
      narrow(columns, widths, EnumSet.of(Kind.PROSE), LEAST_PROSE);
      narrow(columns, widths, EnumSet.of(Kind.LABEL), LEAST_LABEL);
      narrow(columns, widths, EnumSet.of(Kind.LABEL, Kind.ID), LEAST_LABEL);
    }
    List<Placed> placed = new ArrayList<>();
    for (int i = 0; i < widths.length; i++) {
      placed.add(new Placed(columns.get(i), widths[i]));
    }
    return placed;
  }

  /** Gives the columns of some kinds a limit, the largest with which the line fits. */
  private void narrow(List<Column> columns, int[] widths, Set<Kind> kinds, int least) {
    int room = lineWidth - (widths.length - 1) * GAP.length() - Arrays.stream(widths).sum();
    int widest = 0;
    for (int i = 0; i < widths.length; i++) {
      if (kinds.contains(columns.get(i).kind())) {
        room += widths[i];
        widest = Math.max(widest, widths[i]);
      }
    }
    int limit = Math.max(least, widest);
    while (limit > least && limited(columns, widths, kinds, limit) > room) {
      limit--;
    }
    for (int i = 0; i < widths.length; i++) {
      if (kinds.contains(columns.get(i).kind())) {
        widths[i] = Math.min(widths[i], limit);
      }
    }
  }

  private static int limited(List<Column> columns, int[] widths, Set<Kind> kinds, int limit) {
    int sum = 0;
    for (int i = 0; i < widths.length; i++) {
      sum += kinds.contains(columns.get(i).kind()) ? Math.min(widths[i], limit) : 0;
    }
    return sum;
  }
}
