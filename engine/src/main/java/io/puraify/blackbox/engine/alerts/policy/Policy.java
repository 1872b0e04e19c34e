package io.puraify.blackbox.engine.alerts.policy;

import io.puraify.blackbox.core.Filter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is worth an alert, and who hears of it. Immutable, safe for any thread.
 *
 * @param name lower case, unique
 * @param version which of the policies of this name it is, from 1; 0 for the one that is shipped
 * @param origin who has written it
 * @param expression which events are meant, in the query language
 * @param match the same as a filter
 * @param thresholds by severity, the highest first; at least one
 * @param severityOfEvent whether alerts have the severity of their event instead
 * @param timing when an alert begins and ends
 * @param labels that its alerts have besides those of their events
 */
public record Policy(
    String name,
    long version,
    Origin origin,
    boolean enabled,
    String description,
    String expression,
    Filter match,
    Condition condition,
    List<Threshold> thresholds,
    boolean severityOfEvent,
    Timing timing,
    Map<String, String> labels,
    Wording wording,
    Delivery delivery,
    List<Inhibition> inhibitions,
    List<MuteTime> muteTimes) {

  public Policy {
    thresholds = List.copyOf(thresholds);
    labels = java.util.Collections.unmodifiableMap(new TreeMap<>(labels));
    inhibitions = List.copyOf(inhibitions);
    muteTimes = List.copyOf(muteTimes);
  }

  /** Who has written a policy. */
  public enum Origin {
    SHIPPED,
    FILE,
    API
  }

  /**
   * When an alert begins and ends.
   *
   * @param pending how long the condition has to hold before the alert fires
   * @param keepFiring how long it has to be gone before the alert is resolved
   */
  public record Timing(Duration pending, Duration keepFiring) {}

  /**
   * What people read; {@code {{name}}} stands for a field of the event, a label, or {@code value},
   * {@code events}, {@code severity} and {@code policy}.
   *
   * @param runbook a link; empty where there is none
   */
  public record Wording(String title, String message, String runbook) {}

  /** The same over events that are all meant. */
  public Policy matchingAll() {
    return new Policy(
        name,
        version,
        origin,
        enabled,
        description,
        expression,
        Filter.ALL,
        condition,
        thresholds,
        severityOfEvent,
        timing,
        labels,
        wording,
        delivery,
        inhibitions,
        muteTimes);
  }

  /** Whether what is known of the one policy's events holds for the other one's as well. */
  public boolean watchesTheSameAs(Policy other) {
    return match.equals(other.match) && condition.equals(other.condition);
  }
}
