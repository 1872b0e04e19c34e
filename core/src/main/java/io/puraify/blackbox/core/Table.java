package io.puraify.blackbox.core;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link Aggregation} gives. Only groups that have events have a row; without fields and
 * without a step there is always one.
 *
 * @param rows by the order of their series, and then by time
 * @param other all series that are not told apart, taken together, by time; empty where there are
 *     none
 * @param series how many there are, told apart or not
 * @param approximate the measures that are not exact
 */
public record Table(List<Row> rows, List<Row> other, long series, Set<Measure> approximate) {

  public Table {
    rows = List.copyOf(rows);
    other = List.copyOf(other);
    approximate = Set.copyOf(approximate);
  }

  /**
   * One group.
   *
   * @param group the text of each field of the grouping, {@code null} where it is absent; empty in
   *     {@link Table#other}
   * @param bucket the first microsecond of the bucket, where time is cut
   * @param count how many events, exactly
   * @param values one for each measure; {@code null} where there is no number or it is beyond a
   *     double's range
   */
  public record Row(
      List<@Nullable String> group,
      @Nullable Long bucket,
      long count,
      List<@Nullable Double> values) {
    // Written out: of a compact constructor the compiler drops what is nullable in the lists.
    public Row(
        List<@Nullable String> group,
        @Nullable Long bucket,
        long count,
        List<@Nullable Double> values) {
      this.group = Collections.unmodifiableList(new ArrayList<>(group));
      this.bucket = bucket;
      this.count = count;
      this.values = Collections.unmodifiableList(new ArrayList<>(values));
    }
  }
}
