package io.puraify.blackbox.core;

import java.time.Duration;

/**
 * One reader of the journal. Called by one thread at a time.
 *
 * <p>Effect and position are committed together: after a crash the journal is read again from
 * {@link #position()} on, and nothing is applied twice.
 */
public interface JournalConsumer {

  /** A name for people, metrics and logs, such as {@code event_store}. */
  String name();

  /**
   * How long events may wait at least, so that more of them are applied at once: for a consumer
   * whose effect nobody waits for.
   */
  default Duration linger() {
    return Duration.ZERO;
  }

  /**
   * How long events may wait at most, where batches grow because the ones before took long: for a
   * consumer whose effect somebody waits for.
   */
  default Duration longestLinger() {
    return Duration.ofSeconds(1);
  }

  /**
   * Whether it stands back where processors are short: for a consumer whose work can be dear, so
   * that recording is no slower for it. It then lags, and catches up when there is time.
   */
  default boolean standsBack() {
    return false;
  }

  /**
   * After how many events a batch is full: for a consumer that may hold one for hours, which would
   * be in memory all the time.
   */
  default int mostEvents() {
    return Integer.MAX_VALUE;
  }

  /**
   * After how many bytes of the journal a batch is full, for the same reason. What is read last may
   * make it larger, by less than 32 MiB.
   */
  default long mostBytes() {
    return Long.MAX_VALUE;
  }

  /** Everything below is applied, and durably so: the journal may forget it. */
  Position position();

  /**
   * Applies a batch that starts at or below what is applied so far and reaches beyond it. Throws
   * what it likes when it cannot; everything from {@link #position} on is then given again later.
   *
   * @throws PostponedException where it has to wait for somebody else; the same events are then
   *     given again, even where the position has moved into the batch or to its end
   */
  void apply(EventBatch batch);

  /**
   * Called now and then while nothing comes: for a consumer that takes events in and stores them
   * later. Throws as {@link #apply} does.
   */
  default void idle() {}
}
