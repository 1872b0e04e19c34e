package io.puraify.blackbox.engine.replay;

import java.util.Locale;

/** How a session ended, as far as its events say. */
public enum Outcome {
  /** Its last error came after its last success, or at the same moment. */
  FAILED,
  /** It had errors, and a success came after the last of them. */
  RECOVERED,
  /** It had successes and no errors. */
  SUCCEEDED,
  /** It had neither. */
  UNKNOWN;

  /** No event. */
  static final long NEVER = Long.MIN_VALUE;

  /**
   * What the last error and the last success make of a session.
   *
   * @param lastError in microseconds since the epoch, or {@link #NEVER}
   * @param lastSuccess likewise
   */
  static Outcome of(long lastError, long lastSuccess) {
    if (lastError == NEVER) {
      return lastSuccess == NEVER ? UNKNOWN : SUCCEEDED;
    }
    return lastSuccess > lastError ? RECOVERED : FAILED;
  }

  /** The name in answers, such as {@code failed}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
