package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.TimeRange;

/** That an event is of a time, and of a filter. */
final class RangeCondition {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private RangeCondition() {}

  static String of(TimeRange range, SqlParameters parameters) {
    return "%s >= %s AND %s < %s"
        .formatted(
            TIMESTAMP,
            parameters.add(range.fromMicros()),
            TIMESTAMP,
            parameters.add(range.toMicros()));
  }

  static String of(Aggregation aggregation, SqlParameters parameters) {
    return of(aggregation.range(), parameters)
        + " AND "
        + SqlFilter.compile(aggregation.filter(), parameters);
  }
}
