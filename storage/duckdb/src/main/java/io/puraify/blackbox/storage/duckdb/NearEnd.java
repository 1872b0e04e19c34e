package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.TimeRange;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The part of a range, at the end where a page of events begins, in which so many of them lie on
 * the average. Whatever is there comes before all the rest, so a page that is found whole is the
 * right one, and DuckDB reads a few vectors instead of a row group or two.
 *
 * <p>For searches that want every event; with any other filter it would often look in vain.
 */
final class NearEnd {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  /** As far as so many times the events that are wanted reach. */
  private static final int MARGIN = 4;

  private NearEnd() {}

  /**
   * That part of the range, in the day of its end; nothing where it would not be smaller than what
   * the day has of it.
   */
  static Optional<TimeRange> of(
      DayFiles files, DayFile day, TimeRange range, Order order, int wanted) throws SQLException {
    DayFile.Span span = day.span;
    if (span == null || !span.of().equals(day.meta)) {
      Optional<DayFile.Span> read = span(files, day);
      if (read.isEmpty()) {
        return Optional.empty();
      }
      span = read.get();
      day.span = span;
    }
    long first = span.times().fromMicros();
    long behind = span.times().toMicros();
    long reach = (behind - first) / Math.max(1, span.of().events()) * MARGIN * wanted;
    return part(
        range,
        Math.max(range.fromMicros(), first),
        Math.min(range.toMicros(), behind),
        reach,
        order);
  }

  /** From the first event of the day to the moment after its last; nothing where it has none. */
  private static Optional<DayFile.Span> span(DayFiles files, DayFile day) throws SQLException {
    // DuckDB knows these without reading anything.
    String sql = "SELECT min(%1$s), max(%1$s) FROM %2$s.events".formatted(TIMESTAMP, day.schema);
    try (var lease = files.lease(List.of(day));
        var loan = files.database().borrow()) {
      if (lease.files().isEmpty()) {
        return Optional.empty();
      }
      DayMeta meta = day.meta;
      try (var statement = loan.prepare(sql);
          var result = statement.executeQuery()) {
        result.next();
        long first = result.getLong(1);
        return result.wasNull()
            ? Optional.empty()
            : Optional.of(new DayFile.Span(meta, new TimeRange(first, result.getLong(2) + 1)));
      }
    }
  }

  /** Open at the end where the page begins, so that what came meanwhile is not missed. */
  private static Optional<TimeRange> part(
      TimeRange range, long from, long to, long reach, Order order) {
    if (reach >= to - from) {
      return Optional.empty();
    }
    return Optional.of(
        switch (order) {
          case NEWEST_FIRST -> new TimeRange(to - reach, range.toMicros());
          case OLDEST_FIRST -> new TimeRange(range.fromMicros(), from + reach);
        });
  }
}
