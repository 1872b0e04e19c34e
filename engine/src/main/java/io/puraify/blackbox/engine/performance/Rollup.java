package io.puraify.blackbox.engine.performance;

/**
 * What is known of the calls of a series in a stretch of time. Rollups of parts add up to the
 * rollup of the whole, in any order, to the last digit: sums are whole numbers.
 *
 * @param calls events, ≥ 1
 * @param errors those that ended with this status
 * @param timeouts those that ended with that
 * @param retries the sum of what the events say, and one for an event that says nothing but has the
 *     status {@code retry}
 * @param timed events with a duration
 * @param sumMicros of their durations; stays at the greatest number where it would be more
 * @param minMillis the shortest; infinity where there is none
 * @param maxMillis the longest; negative infinity where there is none
 */
record Rollup(
    long calls,
    long errors,
    long timeouts,
    long retries,
    long timed,
    long sumMicros,
    double minMillis,
    double maxMillis,
    DurationSketch durations) {

  /** Nothing. */
  static final Rollup NONE =
      new Rollup(
          0,
          0,
          0,
          0,
          0,
          0,
          Double.POSITIVE_INFINITY,
          Double.NEGATIVE_INFINITY,
          DurationSketch.EMPTY);

  /** Both together. */
  Rollup plus(Rollup other) {
    return new Rollup(
        calls + other.calls,
        errors + other.errors,
        timeouts + other.timeouts,
        retries + other.retries,
        timed + other.timed,
        capped(sumMicros, other.sumMicros),
        Math.min(minMillis, other.minMillis),
        Math.max(maxMillis, other.maxMillis),
        durations.merge(other.durations));
  }

  /** A sum of numbers ≥ 0. */
  static long capped(long a, long b) {
    return b > Long.MAX_VALUE - a ? Long.MAX_VALUE : a + b;
  }

  /** A duration as whole microseconds, ≥ 0. */
  static long micros(double millis) {
    return Math.max(0, Math.round(millis * 1_000));
  }

  /** The same with its durations in little room. */
  Rollup summary() {
    return new Rollup(
        calls,
        errors,
        timeouts,
        retries,
        timed,
        sumMicros,
        minMillis,
        maxMillis,
        durations.summary());
  }
}
