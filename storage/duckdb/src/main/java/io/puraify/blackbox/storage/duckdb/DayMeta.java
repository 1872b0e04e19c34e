package io.puraify.blackbox.storage.duckdb;

import java.sql.Connection;
import java.sql.SQLException;

/**
 * The one row of a day file's table {@code meta}.
 *
 * @param applied every event of the day below this position is in the file
 * @param firstPosition a lower bound of the positions in the file
 * @param events how many were inserted and not deleted since, ≥ 0
 * @param sorted how many of them the last compaction has sorted, 0 where there was none
 * @param folded how many further events they stand for, ≥ 0
 */
record DayMeta(long applied, long firstPosition, long events, long sorted, long folded) {

  /** That of a new file. */
  static final DayMeta NEW = new DayMeta(0, 0, 0, 0, 0);

  /** Whether the event at a position may be in the file. */
  boolean mayHold(long position) {
    return events > 0 && position >= firstPosition && position < applied;
  }

  /** How many events are not sorted, ≥ 0. */
  long unsorted() {
    return events - sorted;
  }

  /** Reads it; the format must be one that this version knows. */
  static DayMeta read(Connection connection, String schema) throws SQLException {
    try (var statement = connection.createStatement();
        var result =
            statement.executeQuery(
                "SELECT format, applied, first_position, events, sorted, folded FROM "
                    + schema
                    + ".meta")) {
      if (!result.next()) {
        throw new SQLException("its table meta is empty");
      }
      int format = result.getInt(1);
      if (format != EventTable.FORMAT) {
        throw new SQLException(
            "it has format %d, and this version knows %d".formatted(format, EventTable.FORMAT));
      }
      return new DayMeta(
          result.getLong(2),
          result.getLong(3),
          result.getLong(4),
          result.getLong(5),
          result.getLong(6));
    }
  }

  /** Writes it, inside the caller's transaction. */
  void write(Connection connection, String schema) throws SQLException {
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(
          ("UPDATE %s.meta SET applied = %d, first_position = %d, events = %d, sorted = %d,"
                  + " folded = %d")
              .formatted(schema, applied, firstPosition, events, sorted, folded));
    }
  }

  /** What it becomes when rows are added up to the position {@code end}. */
  DayMeta with(DayRows rows, long end) {
    long first = events == 0 ? rows.firstPosition() : Math.min(firstPosition, rows.firstPosition());
    return new DayMeta(end, first, events + rows.size(), sorted, folded + rows.folded());
  }
}
