package io.puraify.blackbox.storage.duckdb;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Some rows of a table as a few ranges of row numbers, which DuckDB compares with the numbers of
 * its row groups and vectors before it reads anything.
 */
final class RowRanges {

  /** Above so many, comparing the ranges costs more than reading what lies between. */
  static final int MOST = 32;

  /**
   * Rows from the first to the last, both included.
   *
   * @param first ≥ 0
   */
  private record Range(long first, long last) {}

  private final List<Range> ranges;

  private RowRanges(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** Ranges with all of some rows in them, and as few others as so many ranges allow. */
  static RowRanges around(LongStream rows) {
    return joined(rows.sorted().mapToObj(row -> new Range(row, row)).toList());
  }

  /** Joins neighbours that are less than a vector apart, then further ones until they are few. */
  private static RowRanges joined(List<Range> single) {
    List<Range> ranges = joined(single, PendingRows.VECTOR);
    while (ranges.size() > MOST) {
      ranges = joined(ranges, gap(ranges));
    }
    return new RowRanges(ranges);
  }

  /** A gap that enough neighbours do not exceed. */
  private static long gap(List<Range> ranges) {
    long[] gaps = new long[ranges.size() - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = ranges.get(i + 1).first - ranges.get(i).last;
    }
    return LongStream.of(gaps).sorted().skip(ranges.size() - MOST - 1L).findFirst().orElseThrow();
  }

  private static List<Range> joined(List<Range> ranges, long gap) {
    List<Range> joined = new ArrayList<>();
    for (Range range : ranges) {
      Range before = joined.isEmpty() ? null : joined.getLast();
      if (before != null && range.first - before.last <= gap) {
        joined.set(joined.size() - 1, new Range(before.first, range.last));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** How many rows the ranges have. */
  long rows() {
    return ranges.stream().mapToLong(range -> range.last - range.first + 1).sum();
  }

  /** The condition of SQL that holds for these rows. */
  String condition() {
    return ranges.stream()
        .map(range -> "rowid BETWEEN %d AND %d".formatted(range.first, range.last))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }
}
