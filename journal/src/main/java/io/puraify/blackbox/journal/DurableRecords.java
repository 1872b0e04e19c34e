package io.puraify.blackbox.journal;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What readers may see: where the durable part of the journal ends, and the newest of its records,
 * kept in memory for those who follow closely. Safe for any thread.
 */
final class DurableRecords {

  private final long maxBytes;
  private final TreeMap<Long, JournalRecord> recent = new TreeMap<>();
  private long recentBytes;
  private boolean closed;
  private volatile long end;

  /**
   * Holds nothing yet.
   *
   * @param maxBytes how much of the newest payloads is kept at most, besides the very newest
   */
  DurableRecords(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** The position behind the last durable event. */
  long end() {
    return end;
  }

  synchronized void startAt(long position) {
    end = position;
  }

  /** Shows records that have become durable, up to {@code newEnd}. */
  synchronized void add(List<JournalRecord> records, long newEnd) {
    for (JournalRecord record : records) {
      recent.put(record.first(), record);
      recentBytes += record.payload().length;
    }
    while (recentBytes > maxBytes && recent.size() > 1) {
      recentBytes -= recent.pollFirstEntry().getValue().payload().length;
    }
    end = newEnd;
    notifyAll();
  }

  /** The position of the oldest record that is held, or the end where none is. */
  synchronized long oldest() {
    return recent.isEmpty() ? end : recent.firstKey();
  }

  /** Lets go of records that nobody will read any more: those that end at or below a position. */
  synchronized void forget(long below) {
    Map.Entry<Long, JournalRecord> oldest = recent.firstEntry();
    while (oldest != null && oldest.getValue().end() <= below) {
      recentBytes -= oldest.getValue().payload().length;
      recent.pollFirstEntry();
      oldest = recent.firstEntry();
    }
  }

  /** Waits until there is something beyond a position; {@code false} when there is not. */
  synchronized boolean awaitBeyond(long position, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (end <= position && !closed) {
      long left = deadline - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      wait(left / 1_000_000, (int) (left % 1_000_000));
    }
    return end > position;
  }

  /** Records from a position on that are held in memory; none where it is older than that. */
  synchronized List<JournalRecord> from(long position, int maxEvents) {
    Map.Entry<Long, JournalRecord> holding = recent.floorEntry(position);
    List<JournalRecord> records = new ArrayList<>();
    if (holding == null || holding.getValue().end() <= position) {
      return records;
    }
    long events = 0;
    long bytes = 0;
    long next = holding.getKey();
    for (JournalRecord record : recent.tailMap(next).values()) {
      // What is not held between two that are must be read from the files.
      boolean fits =
          events + record.events() <= maxEvents
              && bytes + record.payload().length <= JournalTail.MAX_READ_BYTES;
      boolean wanted = records.isEmpty() || fits;
      if (!wanted || record.first() != next) {
        break;
      }
      records.add(record);
      events += record.events();
      bytes += record.payload().length;
      next = record.end();
    }
    return records;
  }

  /** Ends the readers' waiting. */
  synchronized void close() {
    closed = true;
    notifyAll();
  }
}
