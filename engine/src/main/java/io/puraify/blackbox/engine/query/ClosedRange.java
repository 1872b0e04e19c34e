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

/**
 * Gives a range its ends, so that it can be cut into buckets: it begins with the first event where
 * no beginning is given, and ends with the last one where no end is given; a range that has a
 * beginning goes on at least until now.
 */
final class ClosedRange {

  /** The year 10000; time has to end somewhere. */
  private static final long END = Micros.of(Instant.parse("+10000-01-01T00:00:00Z"));

  private static final FieldRef TIMESTAMP = new FieldRef.Known(Field.TIMESTAMP);

  private ClosedRange() {}

  static TimeRange of(EventStore store, Filter filter, TimeRange range, Instant now) {
    boolean begins = range.fromMicros() > TimeRange.ALL.fromMicros();
    boolean ends = range.toMicros() < TimeRange.ALL.toMicros();
    if (begins && ends) {
      return range(range.fromMicros(), range.toMicros());
    }
    List<Measure> extremes = List.of(new Measure.Min(TIMESTAMP), new Measure.Max(TIMESTAMP));
    Table table =
        store.aggregate(new Aggregation(filter, range, Grouping.NONE, extremes, Top.byCount(1)));
    Double first = table.rows().getFirst().values().getFirst();
    Double last = table.rows().getFirst().values().getLast();
    long behindLast = last == null ? 0 : last.longValue() + 1;
    if (begins) {
      return range(range.fromMicros(), Math.max(behindLast, Micros.of(now)));
    }
    long from = first == null ? 0 : first.longValue();
    return range(from, ends && first != null ? range.toMicros() : behindLast);
  }

  private static TimeRange range(long from, long to) {
    long end = Math.min(to, END);
    return new TimeRange(Math.min(from, end), end);
  }
}
