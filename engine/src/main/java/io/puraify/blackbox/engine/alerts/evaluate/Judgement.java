package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.policy.Condition;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.alerts.policy.Threshold;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Whether a policy's condition holds for a series at a moment.
 *
 * @param severity that it has; {@code null} where the condition does not hold
 * @param value what was compared; NaN where nothing was
 */
record Judgement(@Nullable Severity severity, double value) {

  /** Changes within {@link #FLAPPING_WITHIN} that count as flapping; Kibana's number. */
  static final int FLAPPING_CHANGES = 4;

  static final Duration FLAPPING_WITHIN = Duration.ofMinutes(30);

  /** How long the condition of a flapping alert has to be gone before it is resolved. */
  static final Duration FLAPPING_HOLD = Duration.ofMinutes(15);

  static Judgement of(Policy policy, Series series, @Nullable Severity ofEvent, long now) {
    Condition condition = policy.condition();
    Severity first = policy.thresholds().getFirst().severity();
    Severity plain = policy.severityOfEvent() ? ofEvent(series.alert, ofEvent, first) : first;
    return switch (condition.kind()) {
      case EVENT, REGRESSION, ESCALATION, SPIKE ->
          new Judgement(series.touched ? plain : null, Double.NaN);
      case FIRST_SEEN -> firstSeen(condition, series, plain);
      case NO_DATA -> {
        boolean silent = now - series.lastEvent >= micros(condition.window());
        yield new Judgement(silent ? first : null, (now - series.lastEvent) / 1e6);
      }
      case COUNT, RATE, ERROR_SHARE, DISTINCT, PERCENTILE -> measured(policy, series, now);
    };
  }

  /** The severity of an event, or of the one before where there is none now. */
  private static Severity ofEvent(
      @Nullable Alert alert, @Nullable Severity severity, Severity otherwise) {
    if (severity != null) {
      return severity;
    }
    return alert == null ? otherwise : alert.severity();
  }

  /** It holds until it fires, and after that whenever there is another one. */
  private static Judgement firstSeen(Condition condition, Series series, Severity severity) {
    Alert alert = series.alert;
    // What has fired and is over was seen.
    boolean pending =
        alert == null ? series.changes.isEmpty() : alert.state() == AlertState.PENDING;
    boolean more = alert != null && series.touched;
    boolean enough = series.events >= condition.minEvents();
    return new Judgement(enough && (pending || more) ? severity : null, Double.NaN);
  }

  private static Judgement measured(Policy policy, Series series, long now) {
    Condition condition = policy.condition();
    Window window = series.window;
    boolean few = window.count(now) < condition.minEvents();
    boolean fewCount =
        condition.compare() == Condition.Compare.AT_MOST && condition.minEvents() <= 1;
    Severity reached = null;
    if (!window.saysNothing(now) && (!few || fewCount)) {
      reached = reached(policy, series, now);
    }
    Alert alert = series.alert;
    if (reached == null && alert == null) {
      return new Judgement(null, Double.NaN);
    }
    boolean same = alert != null && reached == alert.severity();
    return new Judgement(reached, same ? window.lately(now) : window.value(now));
  }

  private static @Nullable Severity reached(Policy policy, Series series, long now) {
    Alert alert = series.alert;
    for (Threshold threshold : policy.thresholds()) {
      boolean held = alert != null && threshold.severity().compareTo(alert.severity()) <= 0;
      double limit = held ? threshold.recovery() : threshold.value();
      if (series.window.reached(limit, now)) {
        return threshold.severity();
      }
    }
    return null;
  }

  /** Whether a series comes and goes so often that its end has to wait. */
  static boolean isFlapping(Series series, long now) {
    long from = now - micros(FLAPPING_WITHIN);
    return series.changes.stream().filter(change -> change > from).count() >= FLAPPING_CHANGES;
  }

  static long micros(Duration span) {
    return span.toNanos() / 1_000;
  }
}
