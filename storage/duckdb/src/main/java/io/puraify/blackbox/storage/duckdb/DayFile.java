package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Micros;
import java.nio.file.Path;
import java.time.LocalDate;

/**
 * One UTC day and its file. What changes is guarded by {@link DayFiles}; {@link #meta} may be read
 * by any thread.
 */
final class DayFile {

  final long day;
  final Path path;

  /** The name under which it is attached, quoted for SQL. */
  final String schema;

  /** How many leases there are; it stays attached while there is one. */
  int leases;

  /** Whether somebody has it alone or is about to, so that no further lease is given. */
  boolean reserved;

  /** Whether some thread is just attaching or detaching it. */
  boolean moving;

  boolean attached;
  boolean dropped;

  /** When it was last leased, in leases since the start. */
  long lastLease;

  /** What its table {@code meta} says; written by whoever has changed that. */
  volatile DayMeta meta = DayMeta.NEW;

  /**
   * Whether a write has failed, so that only the file itself knows what is in it: it has to be
   * attached anew before the next write.
   */
  volatile boolean doubtful;

  DayFile(Path folder, long day) {
    this.day = day;
    this.path = DayFolder.file(folder, day);
    this.schema = '"' + LocalDate.ofEpochDay(day).toString() + '"';
  }

  /** The first moment of the day in microseconds since the epoch. */
  long fromMicros() {
    return day * Micros.PER_DAY;
  }

  /** The first moment after the day in microseconds since the epoch. */
  long toMicros() {
    return fromMicros() + Micros.PER_DAY;
  }

  @Override
  public String toString() {
    return path.getFileName().toString();
  }
}
