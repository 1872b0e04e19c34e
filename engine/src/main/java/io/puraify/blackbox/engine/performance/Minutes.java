package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.TimeRange;

/**
 * A range of time as rollups have it, in minutes since the epoch.
 *
 * @param from the first minute inside
 * @param to the first minute after it; not before {@code from}
 */
record Minutes(long from, long to) {

  Minutes {
    if (to < from) {
      throw new IllegalArgumentException(
          "a range ends at %d, before it begins at %d".formatted(to, from));
    }
  }

  /** The minutes that a range touches. */
  static Minutes touchedBy(TimeRange range) {
    long from = Span.minuteOf(range.fromMicros());
    return new Minutes(from, Math.max(from, Span.minuteOf(range.toMicros() - 1) + 1));
  }

  /** The same with its ends where rollups begin: there may be none of minutes. */
  Minutes within(Horizons horizons) {
    long begin = Math.max(from, horizons.hoursFrom());
    long first = begin < horizons.minutesFrom() ? Span.HOUR.floor(begin) : begin;
    long end = Math.max(to, first);
    return new Minutes(first, end < horizons.minutesFrom() ? Span.HOUR.ceil(end) : end);
  }

  /** As much time before it. */
  Minutes before() {
    return new Minutes(Math.max(0, from - length()), from);
  }

  long length() {
    return to - from;
  }

  TimeRange range() {
    return new TimeRange(from * Span.MICROS_PER_MINUTE, to * Span.MICROS_PER_MINUTE);
  }
}
