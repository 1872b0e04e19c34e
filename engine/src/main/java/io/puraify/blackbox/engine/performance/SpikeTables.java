package io.puraify.blackbox.engine.performance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of spikes, in the transaction of a handle. */
final class SpikeTables {

  private static final String COLUMNS =
      "SELECT project, series, kind, start, stop, expected, observed, calls, reported"
          + " FROM performance_spikes";

  private final Handle handle;

  /** What is stored of a spike: its series by number, times in minutes since the epoch. */
  record Stored(
      int project,
      int series,
      SpikeKind kind,
      long start,
      @Nullable Long stop,
      double expected,
      double observed,
      long calls,
      Reported reported) {}

  /** Which events tell of a spike already. */
  enum Reported {
    NOTHING,
    BEGIN,
    END
  }

  SpikeTables(Handle handle) {
    this.handle = handle;
  }

  /** Up to which minute everything was looked at. */
  Optional<Long> watchedTo() {
    return handle.select("SELECT minute FROM performance_watched").mapTo(Long.class).findOne();
  }

  void watchedTo(long minute) {
    if (handle.execute("UPDATE performance_watched SET minute = ?", minute) == 0) {
      handle.execute("INSERT INTO performance_watched (minute) VALUES (?)", minute);
    }
  }

  /** Those that go on. */
  List<Stored> open() {
    return stored("stop IS NULL ORDER BY start");
  }

  /** Those of which not everything is reported, at most so many, the oldest first. */
  List<Stored> unreported(int limit) {
    return stored(
        "reported = 0 OR (reported = 1 AND stop IS NOT NULL) ORDER BY start LIMIT ?", limit);
  }

  /** Those that a range of minutes touches, the newest first. */
  List<Stored> between(long from, long to, int limit) {
    return stored(
        "start < ? AND (stop IS NULL OR stop > ?) ORDER BY start DESC LIMIT ?", to, from, limit);
  }

  private List<Stored> stored(String condition, Object... arguments) {
    return handle
        .select(COLUMNS + " WHERE " + condition, arguments)
        .map((row, context) -> {
          long stop = row.getLong(5);
          boolean goesOn = row.wasNull();
          return new Stored(
              row.getInt(1),
              row.getInt(2),
              SpikeKind.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
              row.getLong(4),
              goesOn ? null : (Long) stop,
              row.getDouble(6),
              row.getDouble(7),
              row.getLong(8),
              Reported.values()[row.getInt(9)]);
        })
        .list();
  }

  /** Stores a spike, in the place of what is known of it. */
  void save(Stored spike) {
    handle.execute(
        "INSERT INTO performance_spikes (project, series, kind, start, stop, expected, observed,"
            + " calls, reported) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (start, project, series, kind) DO UPDATE SET stop = excluded.stop,"
            + " expected = excluded.expected, observed = excluded.observed,"
            + " calls = excluded.calls",
        spike.project(),
        spike.series(),
        spike.kind().label(),
        spike.start(),
        spike.stop(),
        spike.expected(),
        spike.observed(),
        spike.calls(),
        spike.reported().ordinal());
  }

  void reported(Stored spike, Reported reported) {
    handle.execute(
        "UPDATE performance_spikes SET reported = ? WHERE start = ? AND project = ? AND series = ?"
            + " AND kind = ?",
        reported.ordinal(),
        spike.start(),
        spike.project(),
        spike.series(),
        spike.kind().label());
  }

  /** Forgets those that began before a minute. */
  void forget(long before) {
    handle.execute("DELETE FROM performance_spikes WHERE start < ?", before);
  }
}
