package io.puraify.blackbox.engine.consumers;

import java.time.Duration;

/**
 * How far a batch grows before it is applied: with the load, because large batches cost a store
 * less an event, and not for long, because what is not applied cannot be found.
 */
final class BatchSize {

  /** Four of DuckDB's row groups: one more for each of its threads would gain little. */
  static final int MAX_EVENTS = 4 * 122_880;

  /** Bounds the memory of a batch where events are long. */
  static final long MAX_BYTES = 192L << 20;

  private static final Duration SHORTEST = Duration.ofMillis(20);
  private static final Duration LONGEST = Duration.ofSeconds(1);

  /** A consumer spends at most one part in so many of its time on small batches. */
  private static final int IDLE_SHARE = 8;

  private BatchSize() {}

  /**
   * How long a batch may wait for more events.
   *
   * @param last how long the one before took to apply
   * @param atLeast what the consumer wants
   */
  static Duration linger(Duration last, Duration atLeast) {
    Duration wanted = max(last.multipliedBy(IDLE_SHARE), max(SHORTEST, atLeast));
    return wanted.compareTo(LONGEST) > 0 ? LONGEST : wanted;
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
