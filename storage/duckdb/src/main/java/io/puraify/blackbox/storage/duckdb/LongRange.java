package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Filter;
import java.util.Optional;
import java.util.function.LongPredicate;

/**
 * The whole numbers of a range that is given in decimal numbers. With them DuckDB can leave out
 * what its statistics show to be outside.
 *
 * @param low the lowest
 * @param high the highest, not below {@code low}
 */
record LongRange(long low, long high) {

  /** The whole numbers whose nearest double is inside, or nothing where there are none. */
  static Optional<LongRange> of(Filter.Range range) {
    LongPredicate aboveLow =
        value -> range.lowInclusive() ? value >= range.low() : value > range.low();
    LongPredicate aboveHigh =
        value -> range.highInclusive() ? value > range.high() : value >= range.high();
    if (!aboveLow.test(Long.MAX_VALUE) || aboveHigh.test(Long.MIN_VALUE)) {
      return Optional.empty();
    }
    long low = first(aboveLow);
    long high = aboveHigh.test(Long.MAX_VALUE) ? first(aboveHigh) - 1 : Long.MAX_VALUE;
    return low <= high ? Optional.of(new LongRange(low, high)) : Optional.empty();
  }

  /** The first number of which a predicate holds that holds of all after it, up to the last. */
  private static long first(LongPredicate predicate) {
    long low = Long.MIN_VALUE;
    long high = Long.MAX_VALUE;
    while (low < high) {
      // Rounds down without overflowing; see Hacker's Delight, 2-5.
      long middle = (low & high) + ((low ^ high) >> 1);
      if (predicate.test(middle)) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
