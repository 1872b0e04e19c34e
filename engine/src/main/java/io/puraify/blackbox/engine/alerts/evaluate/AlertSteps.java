package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.evaluate.Transition.Kind;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What becomes of an alert at a moment, by what its condition says. */
final class AlertSteps {

  /** More do not help anybody to find out what happened. */
  private static final int MOST_EXAMPLES = 10;

  private static final long WORDS_MICROS = 1_000_000;

  private final Policy policy;
  private final Wordings wordings;
  private final Series series;
  private final Judgement judgement;
  private final @Nullable Trigger trigger;
  private final long now;

  AlertSteps(
      Policy policy,
      Wordings wordings,
      Series series,
      Judgement judgement,
      @Nullable Trigger trigger,
      long now) {
    this.policy = policy;
    this.wordings = wordings;
    this.series = series;
    this.judgement = judgement;
    this.trigger = trigger;
    this.now = now;
  }

  /** The alert after it, or {@code null} where there is none any more. */
  @Nullable Alert step(Collection<Transition> into) {
    Alert alert = series.alert;
    if (alert == null) {
      return judgement.severity() == null ? null : begun(judgement.severity(), into);
    }
    return switch (alert.state()) {
      case PENDING -> pending(alert, into);
      case FIRING, ACKNOWLEDGED -> firing(alert, into);
      case RESOLVED -> null;
    };
  }

  private Alert begun(Severity severity, Collection<Transition> into) {
    boolean counted = policy.condition().kind().isMeasured();
    series.events = counted ? series.window.count(now) : series.events;
    SortedMap<String, String> labels = new TreeMap<>(policy.labels());
    labels.putAll(series.labels);
    String name = policy.name() + '\n' + series.key + '\n' + now;
    Alert alert =
        new Alert(
            UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(),
            new Alert.Source(policy.name(), policy.version(), series.key),
            labels,
            AlertState.PENDING,
            severity,
            new Alert.Times(now, 0, 0, series.lastEvent),
            evidence(List.of()),
            text(labels, severity),
            Alert.Handling.NONE);
    if (policy.timing().pending().isZero()) {
      return fired(alert, severity, into);
    }
    return told(alert, Kind.PENDING, into);
  }

  private @Nullable Alert pending(Alert alert, Collection<Transition> into) {
    Severity severity = judgement.severity();
    if (severity == null) {
      told(ended(alert, "condition"), Kind.DROPPED, into);
      forgetEvents();
      return null;
    }
    boolean due = now - alert.times().started() >= Judgement.micros(policy.timing().pending());
    return due ? fired(alert, severity, into) : renewed(alert, alert.state(), severity);
  }

  private Alert fired(Alert alert, Severity severity, Collection<Transition> into) {
    series.changed(now);
    Alert.Times times = new Alert.Times(alert.times().started(), now, 0, series.lastEvent);
    boolean flapping = Judgement.isFlapping(series, now);
    // Its words are those of an event, and time alone brings none.
    boolean worded = trigger == null && !policy.condition().kind().isMeasured();
    Alert fired =
        new Alert(
            alert.id(),
            alert.source(),
            alert.labels(),
            AlertState.FIRING,
            severity,
            times,
            evidence(alert.evidence().eventIds()),
            worded ? alert.text() : text(alert.labels(), severity),
            new Alert.Handling(null, 0, null, null, flapping));
    told(fired, Kind.FIRED, into);
    return flapping ? told(fired, Kind.FLAPPING, into) : fired;
  }

  private @Nullable Alert firing(Alert alert, Collection<Transition> into) {
    Severity severity = judgement.severity();
    if (severity == null) {
      Duration hold = policy.timing().keepFiring();
      if (alert.handling().flapping() && hold.compareTo(Judgement.FLAPPING_HOLD) < 0) {
        hold = Judgement.FLAPPING_HOLD;
      }
      if (now - series.lastTrue < Judgement.micros(hold)) {
        return trigger == null ? alert : renewed(alert, alert.state(), alert.severity());
      }
      series.changed(now);
      told(
          ended(renewed(alert, alert.state(), alert.severity()), "condition"), Kind.RESOLVED, into);
      forgetEvents();
      return null;
    }
    if (severity == alert.severity()) {
      return trigger == null ? alert : renewed(alert, alert.state(), severity);
    }
    // Who has acknowledged the lesser has not seen the worse.
    AlertState state = severity.compareTo(alert.severity()) > 0 ? AlertState.FIRING : alert.state();
    return told(renewed(alert, state, severity), Kind.SEVERITY_CHANGED, into);
  }

  private void forgetEvents() {
    series.events = 0;
  }

  private Alert ended(Alert alert, String by) {
    return alert.resolved(by, null, now);
  }

  private Alert renewed(Alert alert, AlertState state, Severity severity) {
    return new Alert(
        alert.id(),
        alert.source(),
        alert.labels(),
        state,
        severity,
        new Alert.Times(alert.times().started(), alert.times().fired(), 0, series.lastEvent),
        evidence(alert.evidence().eventIds()),
        isWordedWell(alert, severity) ? alert.text() : text(alert.labels(), severity),
        alert.handling());
  }

  /** What people read is at most a second older than the numbers beside it. */
  private boolean isWordedWell(Alert alert, Severity severity) {
    boolean lately = now < series.worded + WORDS_MICROS;
    return severity == alert.severity() && (trigger == null || lately);
  }

  private Alert.Evidence evidence(List<String> before) {
    List<String> examples = before;
    // What begins an alert may also be what makes it fire.
    if (trigger != null && before.size() < MOST_EXAMPLES && !before.contains(trigger.eventId())) {
      examples = new ArrayList<>(before);
      examples.add(trigger.eventId());
    }
    double value = Double.isNaN(judgement.value()) ? (double) series.events : judgement.value();
    return new Alert.Evidence(series.events, value, examples);
  }

  private Alert.Text text(Map<String, String> labels, Severity severity) {
    series.worded = now;
    return wordings.fill(
        series.key.equals(Series.OTHER),
        labels,
        severity,
        judgement.value(),
        series.events,
        trigger == null ? null : trigger.event());
  }

  private Alert told(Alert alert, Kind kind, Collection<Transition> into) {
    into.add(new Transition(alert, policy, kind, now));
    return alert;
  }
}
