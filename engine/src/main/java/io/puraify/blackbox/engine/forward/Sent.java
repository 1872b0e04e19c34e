package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.engine.outgoing.Answer;
import org.jspecify.annotations.Nullable;

/**
 * What has become of items that were sent: the first ones of them are done with.
 *
 * @param taken how many of those the other side has
 * @param refused how many of those it does not want
 * @param trouble what it said to the first that is not done with, or {@code null} where it said
 *     nothing
 */
record Sent(int taken, int refused, @Nullable Answer trouble) {

  /** How many are done with. */
  int done() {
    return taken + refused;
  }

  /** This, and what has become of the items behind these, which were sent as well. */
  Sent and(Sent next) {
    return trouble != null
        ? this
        : new Sent(taken + next.taken, refused + next.refused, next.trouble);
  }
}
