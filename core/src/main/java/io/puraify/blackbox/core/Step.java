package io.puraify.blackbox.core;

/**
 * The length of the buckets into which time is cut, in UTC. Buckets of a length that divides a day
 * begin at midnight, those of weeks on a Monday.
 *
 * @param micros the length in microseconds, ≥ 1
 */
public record Step(long micros) {

  /** From the Monday on which counting begins to 1970-01-01, a Thursday. */
  public static final long ORIGIN_BEFORE_EPOCH = 3 * Micros.PER_DAY;

  public Step {
    if (micros < 1) {
      throw new IllegalArgumentException("a step is at least a microsecond, not " + micros);
    }
  }

  /** The first moment of the bucket in which a time ≥ 0 lies. */
  public long floor(long timeMicros) {
    return (timeMicros + ORIGIN_BEFORE_EPOCH) / micros * micros - ORIGIN_BEFORE_EPOCH;
  }

  /** How many buckets a range touches, ≥ 0. Its end has to be within reach of an event's time. */
  public long buckets(TimeRange range) {
    if (range.fromMicros() == range.toMicros()) {
      return 0;
    }
    return (floor(range.toMicros() - 1) - floor(range.fromMicros())) / micros + 1;
  }
}
