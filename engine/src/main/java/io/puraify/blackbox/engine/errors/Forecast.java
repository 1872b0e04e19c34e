package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Micros;

/**
 * How many errors a group may have in an hour before it escalates, from its own history: four
 * standard deviations above the mean of the hours before, at most a week of them, and twice what
 * the same hour of the day before had. Hours without errors count.
 */
final class Forecast {

  /** Fewer in an hour are no escalation of anything. */
  static final long LEAST = 20;

  /** A group that is younger has no history to judge by. */
  static final int LEAST_HOURS = 24;

  private static final double DEVIATIONS = 4;

  private Forecast() {}

  /** The most errors that are to be expected in the hour of this time. */
  static long of(Trend trend, long firstMicros, long micros) {
    long hour = Math.floorDiv(micros, Trend.HOUR) * Trend.HOUR;
    long first = Math.floorDiv(firstMicros, Trend.HOUR) * Trend.HOUR;
    long from = Math.max(first, hour - (Trend.HOURS - 1) * Trend.HOUR);
    long hours = (hour - from) / Trend.HOUR;
    if (hours < LEAST_HOURS) {
      return Long.MAX_VALUE;
    }
    double[] sums = new double[2];
    trend
        .hours()
        .forEach((start, count) -> {
          if (start >= from && start < hour) {
            sums[0] += count;
            sums[1] += (double) count * count;
          }
        });
    double mean = sums[0] / hours;
    double spread = Math.sqrt(Math.max(0, sums[1] / hours - mean * mean));
    long dayBefore = trend.hours().at(hour - Micros.PER_DAY);
    return Math.max(LEAST, Math.max(2 * dayBefore, (long) (mean + DEVIATIONS * spread)));
  }
}
