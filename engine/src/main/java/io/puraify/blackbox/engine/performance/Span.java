package io.puraify.blackbox.engine.performance;

/**
 * The stretches of time for which rollups are kept; each is cut into the ones before it. Begins and
 * lengths are in minutes since the epoch, UTC.
 *
 * @see RollupTables
 */
enum Span {
  MINUTE(1),
  HOUR(60),
  DAY(24 * 60);

  static final long MICROS_PER_MINUTE = 60_000_000L;

  private final int minutes;

  Span(int minutes) {
    this.minutes = minutes;
  }

  int minutes() {
    return minutes;
  }

  /** Where the stretch begins in which a minute lies. */
  long floor(long minute) {
    return Math.floorDiv(minute, minutes) * minutes;
  }

  /** Where the first stretch begins that begins at a minute or later. */
  long ceil(long minute) {
    return floor(minute + minutes - 1);
  }

  /** The minute in which a time lies. */
  static long minuteOf(long micros) {
    return Math.floorDiv(micros, MICROS_PER_MINUTE);
  }
}
