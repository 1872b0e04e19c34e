package io.puraify.blackbox.e2e;

import java.time.Duration;
import java.util.concurrent.Callable;

/** Waiting for what has to come. */
final class Patience {

  /** What takes longer hangs; far more than is needed, because tests may share their machine. */
  static final Duration LONG = Duration.ofMinutes(2);

  private static final long STEP_MILLIS = 20;

  private Patience() {}

  /** Waits until a condition holds; fails when it does not in time. */
  static void until(String what, Callable<Boolean> condition) throws Exception {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (!condition.call()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("not after %s: %s".formatted(LONG, what));
      }
      Thread.sleep(STEP_MILLIS);
    }
  }
}
