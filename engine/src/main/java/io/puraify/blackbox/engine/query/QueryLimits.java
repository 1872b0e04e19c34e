package io.puraify.blackbox.engine.query;

import java.time.Duration;

/**
 * What queries may take.
 *
 * @param timeout how long one may take, from when it arrives; &gt; 0
 * @param maxRunning how many run at once, ≥ 1
 * @param maxWaiting how many wait for their turn, ≥ 0; more are refused
 */
public record QueryLimits(Duration timeout, int maxRunning, int maxWaiting) {

  public QueryLimits {
    if (!timeout.isPositive() || maxRunning < 1 || maxWaiting < 0) {
      throw new IllegalArgumentException(
          "no limits for queries: %s, %d, %d".formatted(timeout, maxRunning, maxWaiting));
    }
  }
}
