package io.puraify.blackbox.core;

import java.util.function.Consumer;

/**
 * Told of events before a store removes them because they are past their retention. Safe for any
 * thread.
 */
@FunctionalInterface
public interface Removals {

  /** Takes no notice. */
  Removals UNNOTICED = (day, events) -> {};

  /** The events that are about to be removed, which can be read more than once. */
  @FunctionalInterface
  interface Removed {

    /** Hands them over, in any order; what is held in memory does not grow with them. */
    void forEach(Consumer<Event> sink);
  }

  /**
   * Takes note, durably so. The same events may come again after a crash, or not be removed after
   * all.
   *
   * @param day of their timestamps, in days since 1970-01-01
   * @throws RuntimeException where that is not possible now: the events stay until the next time
   */
  void before(long day, Removed events);
}
