package io.puraify.blackbox.engine.outgoing;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** How long to wait before something is attempted again. */
public final class Backoff {

  private static final Duration FIRST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofMinutes(5);

  private Backoff() {}

  /**
   * What the other side asks for, a second at least: who asks for no wait at all, as some do with
   * {@code Retry-After: 0}, would be asked without end. Else twice as long each time, less up to
   * half of it by chance, so that those who failed together do not come back together.
   *
   * @param attempts how many there were, ≥ 1
   */
  public static Duration after(long attempts, Answer answer, RandomGenerator random) {
    Duration asked = answer.retryAfter();
    if (asked != null) {
      return atLeastFirst(asked);
    }
    Duration doubled = FIRST.multipliedBy(1L << Math.min(attempts - 1, 20));
    Duration most = doubled.compareTo(LONGEST) < 0 ? doubled : LONGEST;
    return Duration.ofNanos((long) (most.toNanos() * (1 - random.nextDouble() / 2)));
  }

  /** What the other side asks for, but never less than the first wait of those who say nothing. */
  public static Duration atLeastFirst(Duration asked) {
    return asked.compareTo(FIRST) < 0 ? FIRST : asked;
  }
}
