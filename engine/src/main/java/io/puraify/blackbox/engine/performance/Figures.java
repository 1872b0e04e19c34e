package io.puraify.blackbox.engine.performance;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All figures of a group in a stretch of time. Immutable, safe for any thread. */
public final class Figures {

  private final Map<Figure, Double> numbers = new EnumMap<>(Figure.class);

  private Figures() {}

  /**
   * Works them out.
   *
   * @param seconds of the stretch
   */
  static Figures of(Tally tally, double seconds) {
    Figures figures = new Figures();
    double calls = (double) tally.calls();
    figures.put(Figure.CALLS, calls);
    figures.put(Figure.ERRORS, (double) tally.errors());
    figures.put(Figure.TIMEOUTS, (double) tally.timeouts());
    figures.put(Figure.RETRIES, (double) tally.retries());
    if (seconds > 0) {
      figures.put(Figure.CALLS_PER_SECOND, calls / seconds);
    }
    if (calls > 0) {
      figures.put(Figure.ERROR_RATE, (double) tally.errors() / calls);
      figures.put(Figure.TIMEOUT_RATE, (double) tally.timeouts() / calls);
      figures.put(Figure.RETRIES_PER_CALL, (double) tally.retries() / calls);
    }
    if (tally.timed() > 0) {
      figures.put(Figure.MIN, tally.minMillis());
      figures.put(Figure.AVG, (double) tally.sumMicros() / 1_000 / (double) tally.timed());
      figures.put(Figure.MAX, tally.maxMillis());
      figures.putPercentiles(tally);
    }
    return figures;
  }

  private void putPercentiles(Tally tally) {
    var values = tally.durations().percentiles(Figure.percents());
    for (int i = 0; i < values.size(); i++) {
      Double value = values.get(i);
      if (value != null) {
        // Rounding must not lead past what there was.
        double real = Math.min(Math.max(value, tally.minMillis()), tally.maxMillis());
        put(Figure.PERCENTILES.get(i), real);
      }
    }
  }

  private void put(Figure figure, double number) {
    numbers.put(figure, number);
  }

  /** A figure; {@code null} where there is none, as a rate of no calls. */
  public @Nullable Double get(Figure figure) {
    return numbers.get(figure);
  }

  double orZero(Figure figure) {
    return numbers.getOrDefault(figure, 0.0);
  }
}
