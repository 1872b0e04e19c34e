package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Counts over time.
 *
 * @param range from the first to the last bucket; the first may begin earlier, at a full step
 * @param step as requests write it, {@code 5m}
 * @param buckets the first microsecond of each bucket, those without events too
 * @param counts all events of each bucket
 * @param series those of the most frequent values, the most frequent first
 * @param other those of all other values
 * @param otherValues how many other values there are
 */
public record Histogram(
    TimeRange range,
    String step,
    List<Long> buckets,
    List<Long> counts,
    List<Series> series,
    List<Long> other,
    long otherValues) {

  /**
   * The counts of one value.
   *
   * @param value {@code null} for events that have none
   * @param counts of each bucket
   */
  public record Series(@Nullable String value, List<Long> counts) {}

  static Histogram of(Table table, TimeRange range, Step step) {
    int size = (int) step.buckets(range);
    long first = step.floor(range.fromMicros());
    List<Long> buckets = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      buckets.add(first + i * step.micros());
    }
    List<Long> counts = new ArrayList<>(Collections.nCopies(size, 0L));
    List<Series> series = new ArrayList<>();
    List<@Nullable String> group = null;
    for (Table.Row row : table.rows()) {
      if (!row.group().equals(group)) {
        group = row.group();
        series.add(
            new Series(
                group.isEmpty() ? null : group.getFirst(),
                new ArrayList<>(Collections.nCopies(size, 0L))));
      }
      add(row, first, step, series.getLast().counts(), counts);
    }
    List<Long> other = new ArrayList<>(Collections.nCopies(size, 0L));
    for (Table.Row row : table.other()) {
      add(row, first, step, other, counts);
    }
    long otherValues = table.series() - series.size();
    return new Histogram(
        range, StepChoice.format(step), buckets, counts, series, other, otherValues);
  }

  private static void add(
      Table.Row row, long first, Step step, List<Long> series, List<Long> counts) {
    Long bucket = row.bucket();
    if (bucket != null) {
      int place = (int) ((bucket - first) / step.micros());
      series.set(place, series.get(place) + row.count());
      counts.set(place, counts.get(place) + row.count());
    }
  }
}
