package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives a range its ends, so that it can be cut into buckets: it begins with the first event where
 * no beginning is given, and ends with the last one where no end is given; a range that has a
 * beginning goes on at least until now.
 *
 * @param events how many match
 */
record ClosedRange(TimeRange range, long events) {

  /** The year 10000; time has to end somewhere. */
  private static final long END = Micros.of(Instant.parse("+10000-01-01T00:00:00Z"));

  private static final FieldRef TIMESTAMP = new FieldRef.Known(Field.TIMESTAMP);

  static TimeRange of(EventStore store, Filter filter, TimeRange range, Instant now) {
    return begins(range) && ends(range)
        ? range(range.fromMicros(), range.toMicros())
        : counted(store, filter, range, now).range();
  }

  /** The same, with how many events there are. */
  static ClosedRange counted(EventStore store, Filter filter, TimeRange range, Instant now) {
    List<Measure> extremes = List.of(new Measure.Min(TIMESTAMP), new Measure.Max(TIMESTAMP));
    Table table =
        store.aggregate(new Aggregation(filter, range, Grouping.NONE, extremes, Top.byCount(1)));
    Table.Row row = table.rows().getFirst();
    return new ClosedRange(
        closed(range, row.values().getFirst(), row.values().getLast(), now), row.count());
  }

  private static TimeRange closed(
      TimeRange range, @Nullable Double first, @Nullable Double last, Instant now) {
    long behindLast = last == null ? 0 : last.longValue() + 1;
    if (begins(range)) {
      long to = ends(range) ? range.toMicros() : Math.max(behindLast, Micros.of(now));
      return range(range.fromMicros(), to);
    }
    long from = first == null ? 0 : first.longValue();
    return range(from, ends(range) && first != null ? range.toMicros() : behindLast);
  }

  private static boolean begins(TimeRange range) {
    return range.fromMicros() > TimeRange.ALL.fromMicros();
  }

  private static boolean ends(TimeRange range) {
    return range.toMicros() < TimeRange.ALL.toMicros();
  }

  private static TimeRange range(long from, long to) {
    long end = Math.min(to, END);
    return new TimeRange(Math.min(from, end), end);
  }
}
