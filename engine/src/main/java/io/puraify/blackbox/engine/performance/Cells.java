package io.puraify.blackbox.engine.performance;

import java.util.Arrays;

/**
 * Adds up the events of a batch by series and time, in plain arrays: there may be half a million
 * events and as many cells. Not for several threads.
 */
final class Cells {

  // A key has, from its top: whether the hour is meant, the project, the minute, the series. So
  // the keys in their order are those of one row of the table after the other.
  private static final int SERIES_BITS = 15;
  private static final int MINUTE_BITS = 28;
  private static final int PROJECT_BITS = 14;
  private static final int HOUR_SHIFT = SERIES_BITS + MINUTE_BITS + PROJECT_BITS;
  private static final long SERIES_MASK = (1L << SERIES_BITS) - 1;

  private long[] keys = new long[256];
  private int[] table = new int[1024];
  private int size;
  private long lastKey = -1;
  private int last;

  private long[] calls = new long[256];
  private long[] errors = new long[256];
  private long[] timeouts = new long[256];
  private long[] retries = new long[256];
  private int[] timed = new int[256];
  private long[] sums = new long[256];
  private double[] minima = new double[256];
  private double[] maxima = new double[256];

  private int[] cellOfDuration = new int[1024];
  private int[] durations = new int[1024];
  private int durationCount;

  /** How an event ended. */
  enum Outcome {
    ERROR,
    TIMEOUT,
    RETRY,
    OTHER
  }

  static long key(boolean hour, int project, long minute, int series) {
    return (hour ? 1L << HOUR_SHIFT : 0)
        | (long) project << SERIES_BITS + MINUTE_BITS
        | minute << SERIES_BITS
        | series;
  }

  /** The same for all series of a project and a stretch of time. */
  static long row(long key) {
    return key & ~SERIES_MASK;
  }

  static Span span(long key) {
    return key >>> HOUR_SHIFT == 1 ? Span.HOUR : Span.MINUTE;
  }

  static int project(long key) {
    return (int) (key >>> SERIES_BITS + MINUTE_BITS) & (1 << PROJECT_BITS) - 1;
  }

  static long minute(long key) {
    return key >>> SERIES_BITS & (1L << MINUTE_BITS) - 1;
  }

  static int series(long key) {
    return (int) (key & SERIES_MASK);
  }

  /**
   * Adds an event.
   *
   * @param retried what it says of retries, ≥ 0
   * @param millis its duration, NaN for none
   */
  void add(long key, Outcome outcome, long retried, double millis) {
    int cell = cell(key);
    calls[cell]++;
    switch (outcome) {
      case ERROR -> errors[cell]++;
      case TIMEOUT -> timeouts[cell]++;
      case RETRY, OTHER -> {}
    }
    retries[cell] =
        Rollup.capped(retries[cell], outcome == Outcome.RETRY ? Math.max(1, retried) : retried);
    if (!Double.isNaN(millis)) {
      addDuration(cell, millis);
    }
  }

  private void addDuration(int cell, double millis) {
    if (durationCount == durations.length) {
      cellOfDuration = Arrays.copyOf(cellOfDuration, 2 * durationCount);
      durations = Arrays.copyOf(durations, 2 * durationCount);
    }
    cellOfDuration[durationCount] = cell;
    durations[durationCount++] = DurationSketch.keyOf(millis);
    timed[cell]++;
    sums[cell] = Rollup.capped(sums[cell], Rollup.micros(millis));
    minima[cell] = Math.min(minima[cell], millis);
    maxima[cell] = Math.max(maxima[cell], millis);
  }

  private int cell(long key) {
    if (key == lastKey) {
      return last;
    }
    int slot = slot(key);
    while (table[slot] != 0) {
      int cell = table[slot] - 1;
      if (keys[cell] == key) {
        lastKey = key;
        last = cell;
        return cell;
      }
      slot = slot + 1 & table.length - 1;
    }
    if (size == keys.length) {
      grow();
    }
    keys[size] = key;
    minima[size] = Double.POSITIVE_INFINITY;
    maxima[size] = Double.NEGATIVE_INFINITY;
    table[slot] = ++size;
    lastKey = key;
    last = size - 1;
    if (2 * size > table.length) {
      rehash();
    }
    return last;
  }

  private int slot(long key) {
    // Fibonacci hashing (Knuth, TAOCP 6.4): the product's upper bits mix all of the key's.
    return (int) (key * 0x9E3779B97F4A7C15L >>> 32) & table.length - 1;
  }

  private void grow() {
    int room = 2 * size;
    keys = Arrays.copyOf(keys, room);
    calls = Arrays.copyOf(calls, room);
    errors = Arrays.copyOf(errors, room);
    timeouts = Arrays.copyOf(timeouts, room);
    retries = Arrays.copyOf(retries, room);
    timed = Arrays.copyOf(timed, room);
    sums = Arrays.copyOf(sums, room);
    minima = Arrays.copyOf(minima, room);
    maxima = Arrays.copyOf(maxima, room);
  }

  private void rehash() {
    table = new int[4 * table.length];
    for (int cell = 0; cell < size; cell++) {
      int slot = slot(keys[cell]);
      while (table[slot] != 0) {
        slot = slot + 1 & table.length - 1;
      }
      table[slot] = cell + 1;
    }
  }

  /** What becomes of each cell. */
  interface Visitor {
    void cell(long key, Rollup rollup);
  }

  /** Visits all cells in the order of their keys. Called once, at the end. */
  void forEach(Visitor visitor) {
    // The durations of a cell side by side: each cell's end, then filled from there backwards.
    int[] ends = new int[size];
    int end = 0;
    for (int cell = 0; cell < size; cell++) {
      end += timed[cell];
      ends[cell] = end;
    }
    int[] byCell = new int[durationCount];
    for (int i = durationCount - 1; i >= 0; i--) {
      byCell[--ends[cellOfDuration[i]]] = durations[i];
    }
    long[] sorted = Arrays.copyOf(keys, size);
    Arrays.sort(sorted);
    for (long key : sorted) {
      int cell = cell(key);
      DurationSketch sketch =
          timed[cell] == 0
              ? DurationSketch.EMPTY
              : DurationSketch.of(byCell, ends[cell], ends[cell] + timed[cell]);
      visitor.cell(key, rollup(cell, sketch));
    }
  }

  private Rollup rollup(int cell, DurationSketch sketch) {
    return new Rollup(
        calls[cell],
        errors[cell],
        timeouts[cell],
        retries[cell],
        timed[cell],
        sums[cell],
        minima[cell],
        maxima[cell],
        sketch);
  }
}
