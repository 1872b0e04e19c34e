package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.TimeRange;
import java.util.List;

/**
 * How many calls took how long, from bucket to bucket.
 *
 * @param range what was looked at
 * @param step the length of a bucket, as requests write it
 * @param buckets the first microsecond of each
 * @param bounds of the bins in milliseconds, one more than there are bins: a bin has the durations
 *     from its bound to below the next
 * @param counts of each bucket, those of each bin
 */
public record Heatmap(
    TimeRange range,
    String step,
    List<Long> buckets,
    List<Double> bounds,
    List<List<Long>> counts) {

  public Heatmap {
    buckets = List.copyOf(buckets);
    bounds = List.copyOf(bounds);
    counts = List.copyOf(counts);
  }
}
