package io.puraify.blackbox.engine.performance;

import java.util.Arrays;

/**
 * Many durations in little room: how often each value occurs, the values in their order. Sketches
 * of parts merge into the sketch of the whole, in any order and with the same result, so that
 * nothing depends on where batches or restarts fall.
 *
 * <p>A value is kept as the bits of a {@code float} of milliseconds, which sort as it does. Up to
 * {@link #MAX_EXACT} different values are kept as they are; beyond that all are rounded to {@link
 * #COARSE_BITS} binary digits, 0.05 % at most. Which of the two it is depends on the values alone.
 *
 * <p>{@link #summary} makes it smaller still, and does shift ranks: by 0.2 % of the count at most.
 * Summaries of summaries add up to 0.4 %, whatever is merged with whatever. Percentiles are read by
 * nearest rank, as of {@link io.puraify.blackbox.core.Measure.Percentile}.
 *
 * <p>Immutable.
 */
final class DurationSketch {

  /** No values. */
  static final DurationSketch EMPTY = new DurationSketch(new int[0], new long[0], false);

  /** What a series calls in a minute is mostly less. */
  static final int MAX_EXACT = 512;

  /** As many binary digits are left when rounded, the leading one included. */
  static final int COARSE_BITS = 11;

  /** A float has 24. */
  static final int COARSE_SHIFT = 24 - COARSE_BITS;

  /** A summary puts values together up to that share of all, which its middle stands for. */
  private static final int SUMMARY_PARTS = 256;

  private final int[] keys;
  private final long[] counts;
  private final boolean coarse;

  /**
   * A sketch of values.
   *
   * @param keys in ascending order, each once; not copied
   * @param counts of each, ≥ 1; not copied
   * @param coarse whether they are rounded
   */
  DurationSketch(int[] keys, long[] counts, boolean coarse) {
    this.keys = keys;
    this.counts = counts;
    this.coarse = coarse;
  }

  /** The key of a duration. */
  static int keyOf(double millis) {
    return Float.floatToRawIntBits((float) Math.min(Math.max(millis, 0), Float.MAX_VALUE));
  }

  /** The duration of a key, in milliseconds, with no more digits than it has. */
  static double millis(int key) {
    return Double.parseDouble(Float.toString(Float.intBitsToFloat(key)));
  }

  private static int rounded(int key) {
    return (key + (1 << (COARSE_SHIFT - 1))) >>> COARSE_SHIFT << COARSE_SHIFT;
  }

  /**
   * The sketch of the values {@code keys[from]} to {@code keys[to - 1]}, which are sorted in place.
   */
  static DurationSketch of(int[] keys, int from, int to) {
    Arrays.sort(keys, from, to);
    int distinct = 0;
    for (int i = from; i < to; i++) {
      distinct += i == from || keys[i] != keys[i - 1] ? 1 : 0;
    }
    int[] distinctKeys = new int[distinct];
    long[] counts = new long[distinct];
    int at = -1;
    for (int i = from; i < to; i++) {
      if (i == from || keys[i] != keys[i - 1]) {
        distinctKeys[++at] = keys[i];
      }
      counts[at]++;
    }
    return bounded(distinctKeys, counts, distinct, false);
  }

  /** Both together. */
  DurationSketch merge(DurationSketch other) {
    if (keys.length == 0 || other.keys.length == 0) {
      return keys.length == 0 ? other : this;
    }
    boolean rounding = coarse || other.coarse;
    DurationSketch a = rounding ? rounded() : this;
    DurationSketch b = rounding ? other.rounded() : other;
    int[] merged = new int[a.keys.length + b.keys.length];
    long[] mergedCounts = new long[merged.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < a.keys.length || j < b.keys.length) {
      boolean fromA = j == b.keys.length || i < a.keys.length && a.keys[i] <= b.keys[j];
      boolean fromB = i == a.keys.length || j < b.keys.length && b.keys[j] <= a.keys[i];
      merged[size] = fromA ? a.keys[i] : b.keys[j];
      mergedCounts[size++] = (fromA ? a.counts[i++] : 0) + (fromB ? b.counts[j++] : 0);
    }
    return bounded(merged, mergedCounts, size, rounding);
  }

  private static DurationSketch bounded(int[] keys, long[] counts, int size, boolean coarse) {
    DurationSketch sketch =
        size == keys.length
            ? new DurationSketch(keys, counts, coarse)
            : new DurationSketch(Arrays.copyOf(keys, size), Arrays.copyOf(counts, size), coarse);
    return size > MAX_EXACT && !coarse ? sketch.rounded() : sketch;
  }

  private DurationSketch rounded() {
    if (coarse) {
      return this;
    }
    int[] into = new int[keys.length];
    long[] intoCounts = new long[keys.length];
    int size = 0;
    for (int i = 0; i < keys.length; i++) {
      int key = rounded(keys[i]);
      if (size > 0 && into[size - 1] == key) {
        intoCounts[size - 1] += counts[i];
      } else {
        into[size] = key;
        intoCounts[size++] = counts[i];
      }
    }
    return new DurationSketch(Arrays.copyOf(into, size), Arrays.copyOf(intoCounts, size), true);
  }

  /**
   * The same in at most about {@link #MAX_EXACT} values: neighbours that are few are put together,
   * up to 1/256 of all, under the value in their middle; what is frequent stays as it is.
   */
  DurationSketch summary() {
    if (keys.length <= MAX_EXACT) {
      return this;
    }
    long most = count() / SUMMARY_PARTS;
    int[] into = new int[keys.length];
    long[] intoCounts = new long[keys.length];
    int size = 0;
    int from = 0;
    while (from < keys.length) {
      int to = from + 1;
      long run = counts[from];
      while (to < keys.length && run + counts[to] <= most) {
        run += counts[to++];
      }
      into[size] = keys[middle(from, run)];
      intoCounts[size++] = run;
      from = to;
    }
    return new DurationSketch(Arrays.copyOf(into, size), Arrays.copyOf(intoCounts, size), true);
  }

  /** The first from which on at most half of {@code run} is above. */
  private int middle(int from, long run) {
    int at = from;
    long below = counts[from];
    while (2 * below < run) {
      below += counts[++at];
    }
    return at;
  }

  /** How many values, ≥ 0. */
  long count() {
    long count = 0;
    for (long each : counts) {
      count += each;
    }
    return count;
  }

  /** How many different ones, ≥ 0. */
  int size() {
    return keys.length;
  }

  int key(int i) {
    return keys[i];
  }

  long count(int i) {
    return counts[i];
  }

  boolean coarse() {
    return coarse;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DurationSketch that
        && coarse == that.coarse
        && Arrays.equals(keys, that.keys)
        && Arrays.equals(counts, that.counts);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(keys) + Arrays.hashCode(counts);
  }

  @Override
  public String toString() {
    return "%d durations, %d different".formatted(count(), size());
  }
}
