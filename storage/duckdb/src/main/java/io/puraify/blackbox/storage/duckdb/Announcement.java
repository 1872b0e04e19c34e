package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Removals;
import io.puraify.blackbox.core.StoreException;
import java.sql.SQLException;

/** Says which events are about to be removed, before they are. */
final class Announcement {

  private final DayFiles files;
  private final DayFile file;
  private final Removals removals;

  Announcement(DayFiles files, DayFile file, Removals removals) {
    this.files = files;
    this.file = file;
    this.removals = removals;
  }

  /**
   * Announces the events of some projects.
   *
   * @param from the first position
   * @param to behind the last position
   */
  void of(ExpiredProjects projects, long from, long to) {
    if (projects.none() || from >= to) {
      return;
    }
    SqlParameters parameters = new SqlParameters();
    String condition =
        "position >= %s AND position < %s AND %s"
            .formatted(parameters.add(from), parameters.add(to), projects.expired(parameters));
    announce(condition, parameters);
  }

  /** Announces all events below a position. */
  void ofAll(long to) {
    SqlParameters parameters = new SqlParameters();
    String condition = "position < " + parameters.add(to);
    announce(condition, parameters);
  }

  private void announce(String condition, SqlParameters parameters) {
    removals.before(
        file.day,
        sink -> {
          try {
            DayScan.read(files, file, condition, parameters, sink);
          } catch (SQLException e) {
            throw new StoreException("cannot read what is to be removed from " + file.path, e);
          }
        });
  }
}
