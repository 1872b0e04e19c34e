package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How groups of series have done from bucket to bucket.
 *
 * @param range what was looked at
 * @param step the length of a bucket, as requests write it
 * @param buckets the first microsecond of each
 * @param fields whose values make a group
 * @param total the figures of each bucket, of all that is meant
 * @param series the first groups in the order that was asked for
 * @param groups how many there are
 */
public record Timeline(
    TimeRange range,
    String step,
    List<Long> buckets,
    List<Field> fields,
    List<Figures> total,
    List<GroupLine> series,
    long groups) {

  /** One group: its values as in {@link FigureRow}, and its figures in each bucket. */
  public record GroupLine(List<@Nullable String> group, List<Figures> figures) {}

  public Timeline {
    buckets = List.copyOf(buckets);
    fields = List.copyOf(fields);
    total = List.copyOf(total);
    series = List.copyOf(series);
  }
}
