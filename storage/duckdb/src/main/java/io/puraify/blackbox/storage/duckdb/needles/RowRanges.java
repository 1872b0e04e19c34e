package io.puraify.blackbox.storage.duckdb.needles;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Some rows of a table as a few ranges of row numbers, which DuckDB compares with the numbers of
 * its row groups and vectors before it reads anything. Immutable.
 */
public final class RowRanges {

  /** Rows that DuckDB reads together, or leaves out together. */
  public static final int VECTOR = 2_048;

  /** All rows, however many there are. */
  public static final RowRanges ALL = new RowRanges(List.of(new Range(0, Long.MAX_VALUE)));

  /** Above so many, comparing the ranges costs more than reading what lies between. */
  private static final int MOST = 32;

  /**
   * Rows from the first to the last, both included.
   *
   * @param first ≥ 0
   */
  private record Range(long first, long last) {}

  /** In order, none touching another. */
  private final List<Range> ranges;

  private RowRanges(List<Range> ranges) {
    this.ranges = ranges;
  }

  /** Ranges with all of some rows in them, and as few others as so many ranges allow. */
  public static RowRanges around(LongStream rows) {
    Builder builder = new Builder();
    rows.sorted().forEach(row -> builder.add(row, row));
    return builder.build();
  }

  /** Collects ranges from the lowest to the highest. Not thread-safe. */
  static final class Builder {
    private final List<Range> ranges = new ArrayList<>();

    /** Adds rows, none of them lower than the last one so far. */
    void add(long first, long last) {
      ranges.add(new Range(first, last));
    }

    /** Joins neighbours that are less than a vector apart, then further ones until few are left. */
    RowRanges build() {
      List<Range> few = joined(ranges, VECTOR);
      return new RowRanges(few.size() > MOST ? joined(few, gap(few)) : few);
    }

    /** The smallest gap such that joining across it and smaller ones leaves few enough ranges. */
    private static long gap(List<Range> ranges) {
      long[] gaps = new long[ranges.size() - 1];
      for (int i = 0; i < gaps.length; i++) {
        gaps[i] = ranges.get(i + 1).first - ranges.get(i).last;
      }
      return LongStream.of(gaps).sorted().toArray()[ranges.size() - MOST - 1];
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
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return ranges.isEmpty();
  }

  /** How many of the first {@code all} rows are in the ranges. */
  long rows(long all) {
    return ranges.stream()
        .mapToLong(range -> Math.max(0, Math.min(range.last, all - 1) - range.first + 1))
        .sum();
  }

  /** The condition of SQL that holds for these rows. */
  public String condition() {
    if (ranges.equals(ALL.ranges)) {
      return "TRUE";
    }
    return ranges.stream()
        .map(range -> "rowid BETWEEN %d AND %d".formatted(range.first, range.last))
        .collect(Collectors.joining(" OR ", "(", ")"));
  }

  @Override
  public String toString() {
    return condition();
  }
}
