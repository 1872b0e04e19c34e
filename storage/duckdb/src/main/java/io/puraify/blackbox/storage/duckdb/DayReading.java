package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.TimeRange;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reads some fields of all events that match, in the order of their times, day by day. */
final class DayReading {

  /** Sorted at once, a hundred bytes each or so; a larger day is read in parts. */
  private static final long MOST_AT_ONCE = 500_000;

  private final DayFiles files;
  private final Filter filter;
  private final List<Field> fields;

  DayReading(DayFiles files, Filter filter, Set<Field> fields) {
    this.files = files;
    this.filter = filter;
    this.fields = fields.stream().sorted().toList();
  }

  /** Hands over those of a time. */
  void read(TimeRange range, Consumer<Event> sink) throws SQLException {
    for (DayFile day : files.within(range)) {
      long from = Math.max(range.fromMicros(), day.fromMicros());
      long to = Math.min(range.toMicros(), day.toMicros());
      long parts = 1 + day.meta.events() / MOST_AT_ONCE;
      long length = Math.ceilDiv(to - from, parts);
      for (long begin = from; begin < to; begin += length) {
        read(day, new TimeRange(begin, Math.min(begin + length, to)), sink);
      }
    }
  }

  private void read(DayFile day, TimeRange part, Consumer<Event> sink) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String condition = RangeCondition.of(part, filter, parameters);
    try (var lease = files.lease(List.of(day));
        var loan = files.database().borrow()) {
      Map<DayFile, String> matching = RangeCondition.forEach(lease.files(), filter, condition);
      if (matching.isEmpty()) {
        return;
      }
      String columns =
          Stream.concat(Stream.of(EventTable.POSITION), fields.stream().map(EventTable::column))
              .collect(Collectors.joining(", "));
      String sql =
          "SELECT %s FROM %s.events WHERE %s ORDER BY %s, position"
              .formatted(
                  columns, day.schema, matching.get(day), EventTable.column(Field.TIMESTAMP));
      try (var statement = loan.prepareOrdered(sql)) {
        parameters.bind(statement);
        EventReader.read(statement, fields, sink);
      }
    }
  }
}
