package io.puraify.blackbox.engine.performance;

import java.time.Duration;

/**
 * How far back rollups reach, in minutes since the epoch. Time is that of the journal, when events
 * were received: so a replay decides as the first time did, and a clock that is wrong for a while
 * deletes nothing.
 *
 * @param minutesFrom before this full hour there are no rollups of minutes
 * @param hoursFrom before this day there is nothing at all
 */
record Horizons(long minutesFrom, long hoursFrom) {

  /** For how long there are rollups of minutes. */
  static final Duration MINUTES_KEPT = Duration.ofDays(7);

  /** For how long there are rollups of hours and days: a year, and the day a year ago. */
  static final Duration HOURS_KEPT = Duration.ofDays(367);

  /** Nothing was deleted yet. */
  static final Horizons NONE = new Horizons(0, 0);

  /**
   * Before which minute an event's hour alone is kept, for what is received at a time: its minutes
   * may be gone already.
   */
  long minutesFrom(long receivedMicros) {
    return Math.max(minutesFrom, due(receivedMicros, MINUTES_KEPT, Span.HOUR));
  }

  private static long due(long micros, Duration kept, Span span) {
    return Math.max(0, span.floor(Span.minuteOf(micros) - kept.toMinutes()));
  }

  /** What they are due to be at a time; they never go back. */
  Horizons at(long micros) {
    return new Horizons(
        Math.max(minutesFrom, due(micros, MINUTES_KEPT, Span.HOUR)),
        Math.max(hoursFrom, due(micros, HOURS_KEPT, Span.DAY)));
  }
}
