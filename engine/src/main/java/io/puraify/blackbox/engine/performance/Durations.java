package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Measure;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Adds up any number of {@link DurationSketch}es for one answer. Few values are kept in a list as
 * they are; many are rounded as a coarse sketch's are, and counted in pages that a key leads to
 * directly. Not for several threads.
 */
final class Durations {

  private static final int FIRST_ROOM = 16;

  /** So many values wait in the list to be put together. */
  private static final int MOST_LISTED = 4_096;

  /** With more different ones than that, counting in pages takes less than sorting them. */
  private static final int MOST_EXACT = MOST_LISTED / 2;

  /** A page has the values of one power of two. */
  private static final int PAGE_BITS = DurationSketch.COARSE_BITS - 1;

  private static final int PAGES = 256;

  private int[] keys = new int[FIRST_ROOM];
  private long[] counts = new long[FIRST_ROOM];
  private int size;
  private int sorted;
  private long count;
  private long @Nullable [][] pages;

  void add(DurationSketch sketch) {
    for (int i = 0; i < sketch.size(); i++) {
      add(sketch.key(i), sketch.count(i));
    }
  }

  void add(Durations other) {
    other.forEach(this::add);
  }

  private void add(int key, long more) {
    count += more;
    if (pages != null) {
      addToPage(key, more);
      return;
    }
    keys[size] = key;
    counts[size++] = more;
    if (size == keys.length) {
      makeRoom();
    }
  }

  private void makeRoom() {
    if (size == MOST_LISTED) {
      putTogether();
      if (size > MOST_EXACT) {
        countInPages();
      }
    } else {
      keys = Arrays.copyOf(keys, 2 * size);
      counts = Arrays.copyOf(counts, 2 * size);
    }
  }

  private void countInPages() {
    pages = new long[PAGES][0];
    for (int i = 0; i < size; i++) {
      addToPage(keys[i], counts[i]);
    }
    keys = new int[0];
    counts = new long[0];
    size = 0;
    sorted = 0;
  }

  private void addToPage(int key, long more) {
    int at = DurationSketch.rounded(key) >>> DurationSketch.COARSE_SHIFT;
    long[][] all = Objects.requireNonNull(pages);
    long[] page = all[at >>> PAGE_BITS];
    if (page.length == 0) {
      page = new long[1 << PAGE_BITS];
      all[at >>> PAGE_BITS] = page;
    }
    page[at & (1 << PAGE_BITS) - 1] += more;
  }

  long count() {
    return count;
  }

  /** Sorts what is new in the list and adds up equal values. */
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
    Ranks ranks = new Ranks(percents);
    forEach(ranks);
    return ranks.found();
  }

  /** Finds the values of ranks as they pass in their order. */
  private final class Ranks implements Visitor {
    private final double[] percents;
    private final List<@Nullable Double> found = new ArrayList<>();
    private long upTo;

    Ranks(double[] percents) {
      this.percents = percents;
    }

    @Override
    public void value(int key, long more) {
      upTo += more;
      while (found.size() < percents.length
          && Measure.Percentile.rank((double) count, percents[found.size()]) <= upTo) {
        found.add(DurationSketch.millis(key));
      }
    }

    List<@Nullable Double> found() {
      while (found.size() < percents.length) {
        found.add(null);
      }
      return found;
    }
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
    if (pages != null) {
      forEach(pages, visitor);
    }
  }

  private static void forEach(long[][] pages, Visitor visitor) {
    for (int i = 0; i < PAGES; i++) {
      for (int j = 0; j < pages[i].length; j++) {
        if (pages[i][j] > 0) {
          visitor.value((i << PAGE_BITS | j) << DurationSketch.COARSE_SHIFT, pages[i][j]);
        }
      }
    }
  }
}
