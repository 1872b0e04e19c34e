package io.puraify.blackbox.engine.performance;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A number that is worked out of rollups, by the name that requests and answers give to it. */
public enum Figure {
  CALLS,
  CALLS_PER_SECOND,
  ERRORS,
  /** Errors by calls, 0 to 1. */
  ERROR_RATE,
  TIMEOUTS,
  /** Timeouts by calls, 0 to 1. */
  TIMEOUT_RATE,
  RETRIES,
  RETRIES_PER_CALL,
  /** Of durations, in milliseconds, as all that follow. */
  MIN,
  AVG,
  P50(50),
  P75(75),
  P90(90),
  P95(95),
  P99(99),
  MAX;

  /** Those that are percentiles, in ascending order. */
  static final List<Figure> PERCENTILES =
      Stream.of(values()).filter(figure -> figure.percent > 0).toList();

  private static final double[] PERCENTS =
      PERCENTILES.stream().mapToDouble(figure -> figure.percent).toArray();

  private final double percent;

  Figure() {
    this(0);
  }

  Figure(double percent) {
    this.percent = percent;
  }

  /** The name, such as {@code error_rate}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What {@link #PERCENTILES} ask for, in percent. */
  static double[] percents() {
    return PERCENTS.clone();
  }

  /** Whether it is a duration in milliseconds. */
  public boolean isDuration() {
    return compareTo(MIN) >= 0;
  }

  /** The figure of a name, or nothing where there is none. */
  static Optional<Figure> named(String label) {
    return Stream.of(values()).filter(figure -> figure.label().equals(label)).findFirst();
  }
}
