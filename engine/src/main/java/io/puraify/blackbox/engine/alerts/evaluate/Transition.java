package io.puraify.blackbox.engine.alerts.evaluate;

import io.puraify.blackbox.engine.alerts.policy.Policy;

/**
 * What has happened to an alert.
 *
 * @param alert as it is after it
 */
public record Transition(Alert alert, Policy policy, Kind kind, long micros) {

  /** What happened. */
  public enum Kind {
    /** The condition holds, and has to do so for longer. */
    PENDING,
    /** It was pending, and its condition is gone. */
    DROPPED,
    FIRED,
    /** It fires with another severity. */
    SEVERITY_CHANGED,
    /** It came and went so often that its end waits from now on. */
    FLAPPING,
    RESOLVED
  }
}
