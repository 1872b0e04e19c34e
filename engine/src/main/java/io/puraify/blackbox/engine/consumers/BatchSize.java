package io.puraify.blackbox.engine.consumers;

import io.puraify.blackbox.core.EventBlock;
import java.time.Duration;

/**
 * How far a batch grows before it is applied: with the load, because large batches cost a store
 * less an event, and not for long, because what is not applied cannot be found.
 */
final class BatchSize {

  /**
   * Four of DuckDB's row groups: one more for each of its threads would gain little. A few events
   * more would begin a fifth, for which all threads but one have to wait.
   */
  static final int MAX_EVENTS = 4 * 122_880;

  /** A batch that another block could make larger than that is full. */
  static final int FULL_EVENTS = MAX_EVENTS - EventBlock.MAX_ROWS;

  /** Bounds the memory of a batch where events are long. */
  static final long MAX_BYTES = 192L << 20;

  private static final Duration SHORTEST = Duration.ofMillis(20);

  /** A consumer spends at most one part in so many of its time on small batches. */
  private static final int IDLE_SHARE = 8;

  /** When nothing has come for one part in so many of its wait, a batch waits no longer. */
  private static final int QUIET_SHARE = 4;

  private BatchSize() {}

  /**
   * How long a batch may wait for more events.
   *
   * @param last how long the one before took to apply
   * @param atLeast what the consumer wants
   * @param atMost what it bears
   */
  static Duration linger(Duration last, Duration atLeast, Duration atMost) {
    Duration wanted = max(last.multipliedBy(IDLE_SHARE), max(SHORTEST, atLeast));
    return wanted.compareTo(atMost) > 0 ? atMost : wanted;
  }

  /** How long it may be quiet before a batch is applied that could wait for {@code linger}. */
  static Duration quiet(Duration linger) {
    return max(SHORTEST, linger.dividedBy(QUIET_SHARE));
  }

  private static Duration max(Duration a, Duration b) {
    return a.compareTo(b) > 0 ? a : b;
  }
}
