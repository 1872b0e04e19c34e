package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A range of time, cut into buckets.
 *
 * @param fromMicros the first moment of the first bucket, which may be before the range
 * @param count how many there are
 */
record Buckets(long fromMicros, Step step, int count) {

  /** So many are scanned in a blink, and show when something began. */
  private static final int MOST = 240;

  private static final List<Step> STEPS =
      LongStream.of(10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 10_800)
          .mapToObj(seconds -> new Step(seconds * 1_000_000))
          .toList();

  static Buckets of(TimeRange range) {
    Step step =
        STEPS.stream()
            .filter(each -> each.buckets(range) <= MOST)
            .findFirst()
            .orElse(STEPS.getLast());
    return new Buckets(step.floor(range.fromMicros()), step, (int) step.buckets(range));
  }

  /** The bucket of a row, which is of a table that was cut in the same way. */
  int of(Table.Row row) {
    Long start = row.bucket();
    if (start == null) {
      throw new IllegalArgumentException("a row of no bucket");
    }
    return (int) ((start - fromMicros) / step.micros());
  }
}
