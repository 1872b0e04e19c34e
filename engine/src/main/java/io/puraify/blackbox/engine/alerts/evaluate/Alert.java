package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.core.Severity;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Something that is worth somebody's attention, from its beginning to its end. Immutable, safe for
 * any thread. Times are microseconds since the epoch, 0 for not yet.
 *
 * @param id the same when the same events are evaluated again
 * @param labels of its events and of its policy
 */
public record Alert(
    String id,
    Source source,
    SortedMap<String, String> labels,
    AlertState state,
    Severity severity,
    Times times,
    Evidence evidence,
    Text text,
    Handling handling) {

  private static final Class<?> UNMODIFIABLE =
      Collections.unmodifiableSortedMap(new TreeMap<String, String>()).getClass();

  public Alert {
    // Alerts are made anew with each event; labels of the one before are not copied again.
    if (labels.getClass() != UNMODIFIABLE) {
      labels = Collections.unmodifiableSortedMap(new TreeMap<>(labels));
    }
  }

  /**
   * What it comes from.
   *
   * @param series which of the policy's series
   */
  public record Source(String policy, long version, String series) {}

  /** When what happened. */
  public record Times(long started, long fired, long resolved, long lastEvent) {}

  /**
   * What speaks for it.
   *
   * @param events how many there were since it began, exactly
   * @param value the number that was compared with the thresholds
   * @param eventIds some of the events, the first ones
   */
  public record Evidence(long events, double value, List<String> eventIds) {
    public Evidence {
      eventIds = List.copyOf(eventIds);
    }
  }

  /** What people read. */
  public record Text(String title, String message, String runbook) {}

  /**
   * What became of it.
   *
   * @param resolvedBy who or what ended it
   * @param flapping whether it came and went so often that its end waits
   */
  public record Handling(
      @Nullable String acknowledgedBy,
      long acknowledged,
      @Nullable String comment,
      @Nullable String resolvedBy,
      boolean flapping) {

    static final Handling NONE = new Handling(null, 0, null, null, false);
  }

  public boolean isActive() {
    return state != AlertState.RESOLVED;
  }

  /** Its labels with those that every alert has: {@code policy} and {@code severity}. */
  public Map<String, String> allLabels() {
    Map<String, String> all = new TreeMap<>(labels);
    all.put("policy", source.policy());
    all.put("severity", severity.jsonName());
    return all;
  }

  /** The same, looked after by somebody. */
  public Alert acknowledged(String actor, @Nullable String comment, long micros) {
    return with(
        AlertState.ACKNOWLEDGED,
        times,
        new Handling(actor, micros, comment, null, handling.flapping()));
  }

  /** The same, ended. */
  public Alert resolved(String by, @Nullable String comment, long micros) {
    return with(
        AlertState.RESOLVED,
        new Times(times.started(), times.fired(), micros, times.lastEvent()),
        new Handling(
            handling.acknowledgedBy(),
            handling.acknowledged(),
            comment == null ? handling.comment() : comment,
            by,
            handling.flapping()));
  }

  /** The same, with what was counted since. */
  Alert counted(long events, double value, long lastEvent) {
    Times newTimes = new Times(times.started(), times.fired(), times.resolved(), lastEvent);
    Evidence newEvidence = new Evidence(events, value, evidence.eventIds());
    return new Alert(id, source, labels, state, severity, newTimes, newEvidence, text, handling);
  }

  private Alert with(AlertState newState, Times newTimes, Handling newHandling) {
    return new Alert(id, source, labels, newState, severity, newTimes, evidence, text, newHandling);
  }
}
