package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;

/** Reads the events of some positions, day by day, in the order in which they lie. */
final class DayScan {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private DayScan() {}

  /**
   * Hands over what is in the files, whatever their tables {@code meta} say of it. A row that lies
   * in the file of another day than its own is left out, since no search would find it.
   */
  static void read(DayFiles files, long from, long to, Consumer<Event> sink) throws SQLException {
    for (DayFile day : files.all()) {
      SqlParameters parameters = new SqlParameters();
      String condition =
          "position >= %2$s AND position < %3$s AND %1$s >= %4$s AND %1$s < %5$s"
              .formatted(
                  TIMESTAMP,
                  parameters.add(from),
                  parameters.add(to),
                  parameters.add(day.fromMicros()),
                  parameters.add(day.toMicros()));
      read(files, day, condition, parameters, sink);
    }
  }

  /** The events of a day for which a condition holds. */
  static void read(
      DayFiles files, DayFile day, String condition, SqlParameters parameters, Consumer<Event> sink)
      throws SQLException {
    try (var lease = files.lease(List.of(day));
        var loan = files.database().borrow()) {
      if (lease.files().isEmpty()) {
        return;
      }
      String sql =
          "SELECT %s FROM %s.events WHERE %s"
              .formatted(EventTable.ALL_COLUMNS, day.schema, condition);
      try (var statement = loan.prepare(sql)) {
        parameters.bind(statement);
        EventReader.read(statement, sink);
      }
    }
  }
}
