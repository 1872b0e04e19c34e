package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Set;
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
    /** A group that was resolved has come back. */
    REGRESSION,
    /** A group has more errors than its own history lets expect. */
    ESCALATION,
    /** The Performance Monitor has found a spike. */
    SPIKE,
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
        case EVENT, FIRST_SEEN, REGRESSION, ESCALATION, SPIKE, NO_DATA -> false;
      };
    }

    /** Whether single events are worth an alert, which ends when none comes any more. */
    public boolean isOfEvents() {
      return switch (this) {
        case EVENT, FIRST_SEEN, REGRESSION, ESCALATION, SPIKE -> true;
        case NO_DATA, COUNT, RATE, ERROR_SHARE, DISTINCT, PERCENTILE -> false;
      };
    }

    /** Which events it is about at all; what a policy matches are some of them. */
    public Filter events() {
      return switch (this) {
        case REGRESSION -> issue("regressed");
        case ESCALATION -> issue("escalating");
        case SPIKE -> found("performance_spike", new FieldRef.Known(Field.ACTION), "spike_began");
        case EVENT, FIRST_SEEN, NO_DATA, COUNT, RATE, ERROR_SHARE, DISTINCT, PERCENTILE ->
            Filter.ALL;
      };
    }

    /** Fields that tell these events apart, where a policy does not say otherwise. */
    List<String> by() {
      return switch (this) {
        case REGRESSION, ESCALATION -> List.of("project_id", "attributes.issue.group_id");
        case SPIKE ->
            List.of(
                "project_id",
                "attributes.spike.kind",
                "attributes.spike.engine",
                "attributes.spike.platform",
                "attributes.spike.action");
        case EVENT, FIRST_SEEN, NO_DATA, COUNT, RATE, ERROR_SHARE, DISTINCT, PERCENTILE ->
            List.of("project_id");
      };
    }

    private static Filter issue(String state) {
      return found("issue_change", new FieldRef.Attribute("issue.state"), state);
    }

    /** Events that Blackbox records of what it has found. */
    private static Filter found(String type, FieldRef field, String value) {
      return new Filter.And(
          List.of(
              new Filter.In(new FieldRef.Known(Field.EVENT_TYPE), Set.of(type)),
              new Filter.In(field, Set.of(value))));
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
