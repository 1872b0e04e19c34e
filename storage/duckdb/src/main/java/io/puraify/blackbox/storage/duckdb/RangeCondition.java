package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.storage.duckdb.needles.RowRanges;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** That an event is of a time, and of a filter, as conditions of SQL. */
final class RangeCondition {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private RangeCondition() {}

  /** For the events of a time and a filter, with its values added to {@code parameters}. */
  static String of(TimeRange range, Filter filter, SqlParameters parameters) {
    return "%1$s >= %2$s AND %1$s < %3$s AND %4$s"
        .formatted(
            TIMESTAMP,
            parameters.add(range.fromMicros()),
            parameters.add(range.toMicros()),
            SqlFilter.compile(filter, parameters));
  }

  /**
   * A condition for each day that may have events of a filter, narrowed to the rows that may.
   *
   * @param condition that holds for no other events than those of the filter
   */
  static Map<DayFile, String> forEach(List<DayFile> days, Filter filter, String condition) {
    Map<DayFile, String> conditions = new LinkedHashMap<>();
    for (DayFile day : days) {
      RowRanges candidates = day.candidates(filter);
      if (!candidates.isEmpty()) {
        conditions.put(day, candidates.condition() + " AND " + condition);
      }
    }
    return conditions;
  }
}
