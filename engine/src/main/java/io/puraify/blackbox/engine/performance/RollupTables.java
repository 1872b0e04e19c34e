package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.state.StateSchema;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/**
 * The tables of rollups, in the transaction of a handle. A row has the rollups of all series of a
 * project in one {@link Span}: there may be twenty thousand series, and a row of their own for each
 * minute would cost more than all the rest.
 *
 * <p>Minutes are added to as events come. An hour is the sum of its minutes, worked out when no
 * more are expected; until then, and again when a late event comes, it is <em>pending</em>, and
 * whoever asks adds up its minutes. With days and their hours it is the same; the day of a pending
 * hour is pending as well.
 */
final class RollupTables implements AutoCloseable {

  static final StateSchema SCHEMA =
      StateSchema.of(
          "performance",
          "CREATE TABLE performance_projects (number BIGINT NOT NULL, name TEXT NOT NULL,"
              + " PRIMARY KEY (number))",
          "CREATE TABLE performance_series (project BIGINT NOT NULL, number BIGINT NOT NULL,"
              + " engine TEXT, platform TEXT, action TEXT, PRIMARY KEY (project, number))",
          "CREATE TABLE performance_rollups (span BIGINT NOT NULL, project BIGINT NOT NULL,"
              + " start BIGINT NOT NULL, rollups BYTEA NOT NULL,"
              + " PRIMARY KEY (span, project, start))",
          "CREATE TABLE performance_pending (span BIGINT NOT NULL, project BIGINT NOT NULL,"
              + " start BIGINT NOT NULL, PRIMARY KEY (span, project, start))",
          "CREATE TABLE performance_horizons (minutes_from BIGINT NOT NULL,"
              + " hours_from BIGINT NOT NULL)",
          "INSERT INTO performance_horizons (minutes_from, hours_from) VALUES (0, 0)");

  private final PreparedStatement load;
  private final PreparedStatement range;
  private final PreparedStatement save;
  private final Handle handle;

  /** One row: the rollups of a project that begin at a minute. */
  record Row(long start, byte[] rollups) {}

  /** What is to be worked out: an hour or a day of a project, by its first minute. */
  record Pending(Span span, int project, long start) {}

  RollupTables(Handle handle) {
    this.handle = handle;
    Connection connection = handle.getConnection();
    try {
      // Prepared once for all rows of a transaction, of which there may be thousands.
      load =
          connection.prepareStatement(
              "SELECT rollups FROM performance_rollups WHERE span = ? AND project = ? AND start ="
                  + " ?");
      range =
          connection.prepareStatement(
              "SELECT start, rollups FROM performance_rollups WHERE span = ? AND project = ? AND"
                  + " start >= ? AND start < ? ORDER BY start");
      save =
          connection.prepareStatement(
              "INSERT INTO performance_rollups (span, project, start, rollups) VALUES (?, ?, ?, ?)"
                  + " ON CONFLICT (span, project, start) DO UPDATE SET rollups = excluded.rollups");
    } catch (SQLException e) {
      throw new ResultSetException("cannot prepare the statements of rollups", e, null);
    }
  }

  /** The rollups of a row, or {@code null} where there is none. */
  byte @Nullable [] load(Span span, int project, long start) {
    try {
      set(load, span, project, start);
      try (ResultSet rows = load.executeQuery()) {
        return rows.next() ? rows.getBytes(1) : null;
      }
    } catch (SQLException e) {
      throw new ResultSetException("cannot read rollups", e, null);
    }
  }

  /** The rows that begin in a range, in order. */
  List<Row> range(Span span, int project, long from, long to) {
    try {
      set(range, span, project, from);
      range.setLong(4, to);
      List<Row> found = new ArrayList<>();
      try (ResultSet rows = range.executeQuery()) {
        while (rows.next()) {
          found.add(new Row(rows.getLong(1), rows.getBytes(2)));
        }
      }
      return found;
    } catch (SQLException e) {
      throw new ResultSetException("cannot read rollups", e, null);
    }
  }

  /** Writes a row, in the place of the one that was there. */
  void save(Span span, int project, long start, byte[] rollups) {
    try {
      set(save, span, project, start);
      save.setBytes(4, rollups);
      save.executeUpdate();
    } catch (SQLException e) {
      throw new ResultSetException("cannot write rollups", e, null);
    }
  }

  private static void set(PreparedStatement statement, Span span, int project, long start)
      throws SQLException {
    statement.setLong(1, span.minutes());
    statement.setLong(2, project);
    statement.setLong(3, start);
  }

  /** All that is to be worked out. */
  List<Pending> pending() {
    return handle
        .select("SELECT span, project, start FROM performance_pending")
        .map((row, context) ->
            new Pending(
                row.getLong(1) == Span.DAY.minutes() ? Span.DAY : Span.HOUR,
                row.getInt(2),
                row.getLong(3)))
        .list();
  }

  void addPending(Pending pending) {
    handle.execute(
        "INSERT INTO performance_pending (span, project, start) VALUES (?, ?, ?)",
        pending.span().minutes(),
        pending.project(),
        pending.start());
  }

  void removePending(Pending pending) {
    handle.execute(
        "DELETE FROM performance_pending WHERE span = ? AND project = ? AND start = ?",
        pending.span().minutes(),
        pending.project(),
        pending.start());
  }

  /** How far back rollups reach. */
  Horizons horizons() {
    Optional<Horizons> found =
        handle
            .select("SELECT minutes_from, hours_from FROM performance_horizons")
            .map((row, context) -> new Horizons(row.getLong(1), row.getLong(2)))
            .findOne();
    return found.orElse(Horizons.NONE);
  }

  /** Deletes what is beyond the horizons, of so many projects. */
  void forget(Horizons horizons, int projects) {
    for (int project = 0; project < projects; project++) {
      forget(Span.MINUTE, project, horizons.minutesFrom());
      forget(Span.HOUR, project, horizons.hoursFrom());
      forget(Span.DAY, project, horizons.hoursFrom());
    }
    handle.execute(
        "UPDATE performance_horizons SET minutes_from = ?, hours_from = ?",
        horizons.minutesFrom(),
        horizons.hoursFrom());
  }

  private void forget(Span span, int project, long before) {
    handle.execute(
        "DELETE FROM performance_rollups WHERE span = ? AND project = ? AND start < ?",
        span.minutes(),
        project,
        before);
  }

  @Override
  public void close() {
    try (load;
        range;
        save) {
      // What was prepared ends with the transaction.
    } catch (SQLException e) {
      throw new ResultSetException("cannot close the statements of rollups", e, null);
    }
  }
}
