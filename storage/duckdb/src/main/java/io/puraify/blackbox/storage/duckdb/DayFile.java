package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.storage.duckdb.needles.NeedleIndex;
import io.puraify.blackbox.storage.duckdb.needles.RowRanges;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One UTC day and its file. What changes is guarded by {@link DayFiles}; {@link #meta} may be read
 * by any thread.
 */
final class DayFile {

  /** Fewer events in a batch are a trickle, such as that of a sender whose clock is wrong. */
  private static final int TRICKLE = 1_000;

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
   * Whether an event in it may stand for several; said before the first one can be seen, so that
   * nobody counts it as one.
   */
  volatile boolean weighted;

  /** The times in it, as they were when the file held what a {@code meta} says. */
  record Span(DayMeta of, TimeRange times) {}

  /** The last one that was found out; it is out of date where {@link #meta} is another. */
  volatile @Nullable Span span;

  /** What is known of the words and ids in it; opened when it is attached. */
  volatile NeedleIndex needles = NeedleIndex.NONE;

  /**
   * Whether a write has failed, so that only the file itself knows what is in it: it has to be
   * attached anew before the next write.
   */
  volatile boolean doubtful;

  /** When the last batch came that was no trickle, as {@link System#nanoTime} counts. */
  private volatile OptionalLong filledAt = OptionalLong.empty();

  DayFile(Path folder, long day) {
    this.day = day;
    this.path = DayFolder.file(folder, day);
    this.schema = '"' + LocalDate.ofEpochDay(day).toString() + '"';
  }

  /** Takes note of events that were added. */
  void added(int events) {
    if (events >= TRICKLE) {
      filledAt = OptionalLong.of(System.nanoTime());
    }
  }

  /** Whether many events were added lately, so that many more may come. */
  boolean isBeingFilled(Duration lately) {
    OptionalLong last = filledAt;
    return last.isPresent() && System.nanoTime() - last.getAsLong() < lately.toNanos();
  }

  /** The rows that may hold events of a filter, while the file is leased. */
  RowRanges candidates(Filter filter) {
    return needles.candidates(filter, meta.events());
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
