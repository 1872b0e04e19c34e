package io.puraify.blackbox.engine.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts durations by bucket and bin. A bin is half of a power of two: 512 to 768 ms, 768 to 1024,
 * so that there are two for each doubling and the bounds are round; what is shorter than {@link
 * #SHORTEST_MILLIS} is in one. Not for several threads.
 */
final class HeatmapBins {

  static final double SHORTEST_MILLIS = 0.125;

  /** The bits of a key below its exponent and the first digit behind the leading one. */
  private static final int SHIFT = 22;

  private static final int FIRST = DurationSketch.keyOf(SHORTEST_MILLIS) >>> SHIFT;
  private static final int BINS = (Integer.MAX_VALUE >>> SHIFT) + 2 - FIRST;

  private final long[][] counts;
  private int lowest = BINS;
  private int highest = -1;

  HeatmapBins(int buckets) {
    this.counts = new long[buckets][BINS];
  }

  void add(int bucket, DurationSketch sketch) {
    for (int i = 0; i < sketch.size(); i++) {
      int bin = Math.max(0, (sketch.key(i) >>> SHIFT) - FIRST + 1);
      counts[bucket][bin] += sketch.count(i);
      lowest = Math.min(lowest, bin);
      highest = Math.max(highest, bin);
    }
  }

  /** The bounds of the bins from the first with durations to the last. */
  List<Double> bounds() {
    List<Double> bounds = new ArrayList<>();
    for (int bin = lowest; highest >= 0 && bin <= highest + 1; bin++) {
      bounds.add(bin == 0 ? 0.0 : DurationSketch.millis((bin - 1 + FIRST) << SHIFT));
    }
    return bounds;
  }

  /** Of each bucket, the counts of those bins. */
  List<List<Long>> counts() {
    return Arrays.stream(counts)
        .map(bins ->
            highest < 0
                ? List.<Long>of()
                : Arrays.stream(bins, lowest, highest + 1).boxed().toList())
        .toList();
  }
}
