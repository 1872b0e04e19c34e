package io.puraify.blackbox.engine.replay;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Something that may have led to an error.
 *
 * @param eventId of the event that says so; {@code null} for a version that was only seen
 * @param changeId by which it is known among deployments and other changes; {@code null} where it
 *     is none of them
 * @param beforeMicros how long before the error it was, ≥ 0
 * @param score how likely it is against the others, 0 to 1; no probability
 * @param reason in plain words
 */
public record Cause(
    Kind kind,
    @Nullable String eventId,
    @Nullable String changeId,
    long beforeMicros,
    double score,
    String reason) {

  /** What it is known by: one event is no cause twice. */
  String id() {
    return eventId != null ? eventId : String.valueOf(changeId);
  }

  /**
   * What it is.
   *
   * <p>Each has a weight: how often such a thing is to blame where it is as near as can be.
   */
  public enum Kind {
    /** The first event that failed on the way to the error. */
    FIRST_FAILURE(0.9),
    /** Something was refused, or a credential did not work. */
    DENIAL(0.85),
    /** A call took longer than it may. */
    TIMEOUT(0.8),
    /** A configuration, logic or blueprint was changed. */
    CONFIG_CHANGE(0.75),
    /** A version was deployed. */
    DEPLOYMENT(0.75),
    /** What failed was tried several times before. */
    RETRIES(0.7),
    /** The engine changed its version within the session. */
    VERSION_CHANGE(0.6);

    private final double weight;

    Kind(double weight) {
      this.weight = weight;
    }

    double weight() {
      return weight;
    }

    /** The name in answers, such as {@code first_failure}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
