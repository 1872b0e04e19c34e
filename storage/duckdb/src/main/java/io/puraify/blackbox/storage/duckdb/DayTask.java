package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Micros;
import java.time.Duration;
import java.time.Instant;

/** What is due for the file of a day. */
enum DayTask {
  /** Nothing; the day is not over, or its file is as it should be. */
  NOTHING,

  /** To be removed: all of its events are past their time. */
  REMOVE,

  /** To be rewritten: the day is over, and its events are as they came. */
  SORT,

  /** To be rewritten: many events came after it was sorted. */
  SORT_LATE_EVENTS,

  /** To be rewritten without the events that are past their time. */
  LEAVE_OUT_EXPIRED;

  /** How long after a day's end most of its events have arrived. */
  static final Duration GRACE = Duration.ofHours(1);

  /** What came late is worth the whole work again when it is one part in so many of the file. */
  static final int LATE_SHARE = 8;

  /** How many of a file's events are past their time. */
  enum Expired {
    NONE,
    SOME,
    ALL
  }

  /**
   * Decides.
   *
   * @param endMicros of the day
   * @param compactFrom see {@link DuckDbOptions}
   */
  static DayTask of(DayMeta meta, long endMicros, Expired expired, int compactFrom, Instant now) {
    if (expired == Expired.ALL) {
      return REMOVE;
    }
    if (now.isBefore(Micros.toInstant(endMicros).plus(GRACE))) {
      return NOTHING;
    }
    if (meta.unsorted() >= compactFrom && meta.unsorted() >= meta.sorted() / LATE_SHARE) {
      return meta.sorted() == 0 ? SORT : SORT_LATE_EVENTS;
    }
    return expired == Expired.SOME ? LEAVE_OUT_EXPIRED : NOTHING;
  }
}
