package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Adds up any number of {@link DurationSketch}es for one answer: values are collected, and put
 * together when there are many. Not for several threads.
 */
final class Durations {

  /** How many values wait to be put together; a power of two, two megabytes at most. */
  private static final int FIRST_ROOM = 64;

  private int[] keys = new int[FIRST_ROOM];
  private long[] counts = new long[FIRST_ROOM];
  private int size;
  private int sorted;
  private long count;

  void add(DurationSketch sketch) {
    int more = sketch.size();
    if (size + more > keys.length) {
      putTogether();
      if (size + more > keys.length / 2) {
        int room = Integer.highestOneBit(2 * (size + more)) << 1;
        keys = Arrays.copyOf(keys, room);
        counts = Arrays.copyOf(counts, room);
      }
    }
    for (int i = 0; i < more; i++) {
      keys[size] = sketch.key(i);
      counts[size++] = sketch.count(i);
      count += sketch.count(i);
    }
  }

  long count() {
    return count;
  }

  /** Sorts what is new and adds up equal values. */
  private void putTogether() {
    if (sorted == size) {
      return;
    }
    // The place is below, so that one sort of numbers carries the counts along.
    long[] order = new long[size];
    for (int i = 0; i < size; i++) {
      order[i] = (long) keys[i] << 32 | i;
    }
    Arrays.sort(order);
    int[] into = new int[keys.length];
    long[] intoCounts = new long[keys.length];
    int at = 0;
    for (long each : order) {
      int key = (int) (each >>> 32);
      long more = counts[(int) each];
      if (at > 0 && into[at - 1] == key) {
        intoCounts[at - 1] += more;
      } else {
        into[at] = key;
        intoCounts[at++] = more;
      }
    }
    keys = into;
    counts = intoCounts;
    size = at;
    sorted = at;
  }

  /**
   * Percentiles by nearest rank, in milliseconds; {@code null} where there are no values.
   *
   * @param percents in ascending order, 0 to 100
   */
  List<@Nullable Double> percentiles(double... percents) {
    putTogether();
    List<@Nullable Double> values = new ArrayList<>();
    int at = 0;
    long below = 0;
    for (double percent : percents) {
      if (count == 0) {
        values.add(null);
        continue;
      }
      double rank = Measure.Percentile.rank((double) count, percent);
      while (below + counts[at] < rank) {
        below += counts[at++];
      }
      values.add(DurationSketch.millis(keys[at]));
    }
    return values;
  }

  /** What is done with each value. */
  interface Visitor {
    void value(int key, long count);
  }

  /** Visits all values in their order. */
  void forEach(Visitor visitor) {
    putTogether();
    for (int i = 0; i < size; i++) {
      visitor.value(keys[i], counts[i]);
    }
  }
}
