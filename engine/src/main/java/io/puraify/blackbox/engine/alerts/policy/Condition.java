package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.FieldRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What has to be true of the events that a policy means.
 *
 * @param kind what is looked at
 * @param window how far back; zero where the kind has none
 * @param by events are told apart by these fields, each combination with a state of its own
 * @param field whose values are looked at, for {@code distinct} and {@code percentile}
 * @param quantile for {@code percentile}, between 0 and 1
 * @param compare how the number is compared with a threshold
 * @param minEvents fewer in the window say nothing
 */
public record Condition(
    Kind kind,
    Duration window,
    List<FieldRef> by,
    @Nullable FieldRef field,
    double quantile,
    Compare compare,
    long minEvents) {

  public Condition {
    by = List.copyOf(by);
  }

  /** What is looked at. */
  public enum Kind {
    /** Each event is worth an alert. */
    EVENT,
    /** An error of a kind that was never there before. */
    FIRST_SEEN,
    /** Nothing came for the length of the window. */
    NO_DATA,
    /** How many events. */
    COUNT,
    /** How many a second. */
    RATE,
    /** Which share has the status {@code error} or {@code timeout}, 0 to 1. */
    ERROR_SHARE,
    /** How many different values a field has. */
    DISTINCT,
    /** A percentile of a number. */
    PERCENTILE;

    /** Whether a number over a window is compared with thresholds. */
    public boolean isMeasured() {
      return switch (this) {
        case COUNT, RATE, ERROR_SHARE, DISTINCT, PERCENTILE -> true;
        case EVENT, FIRST_SEEN, NO_DATA -> false;
      };
    }
  }

  /** How a number is compared with a threshold. */
  public enum Compare {
    AT_LEAST,
    AT_MOST;

    /** Whether a number has reached a threshold. */
    public boolean reached(double value, double threshold) {
      return switch (this) {
        case AT_LEAST -> value >= threshold;
        case AT_MOST -> value <= threshold;
      };
    }
  }
}
