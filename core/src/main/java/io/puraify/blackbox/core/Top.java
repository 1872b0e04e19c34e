package io.puraify.blackbox.core;

/**
 * Which series are told apart: the first by a measure, the greatest first. Those without a number
 * come last; of equals, the one that has the event with the lowest position comes first.
 *
 * @param by what they are ordered by
 * @param limit how many at most, 1 to {@link #MAX_LIMIT}
 */
public record Top(Measure by, int limit) {

  /** A table is held in memory whole, so its size has a bound. */
  public static final int MAX_LIMIT = 10_000;

  public Top {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }

  /** The series with the most events. */
  public static Top byCount(int limit) {
    return new Top(new Measure.Count(), limit);
  }
}
