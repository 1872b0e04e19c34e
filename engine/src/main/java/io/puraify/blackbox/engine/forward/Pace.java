package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

/**
 * When a destination is asked again.
 *
 * @param failures that have followed each other, ≥ 0
 * @param retryAt when it may be asked again
 * @param said by the other side at the last failure
 */
record Pace(long failures, Instant retryAt, String said) {

  /** Nothing stands in the way. */
  static final Pace FREE = new Pace(0, Instant.MIN, "");

  /** What to do with the next events. */
  enum Step {
    SEND,
    /** The destination has failed, and is left in peace for a while. */
    WAIT,
    /** They are the oldest of more than the journal keeps for this destination. */
    LEAVE_OUT
  }

  /**
   * Decides.
   *
   * @param over how many bytes the journal keeps for the destination beyond what it may
   */
  Step next(long over, Instant now) {
    if (over > 0) {
      return Step.LEAVE_OUT;
    }
    return now.isBefore(retryAt) ? Step.WAIT : Step.SEND;
  }

  /** One more failure. */
  Pace failed(Answer answer, Instant now, RandomGenerator random) {
    long count = failures + 1;
    return new Pace(count, now.plus(Backoff.after(count, answer, random)), answer.text());
  }

  boolean isTroubled() {
    return failures > 0;
  }

  Duration left(Instant now) {
    return Duration.between(now, retryAt);
  }
}
