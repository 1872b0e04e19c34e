package io.puraify.blackbox.engine.alerts;

import java.time.Duration;

/** Tells those who wait that something has changed. Safe for any thread. */
public final class Signal {

  private long changes;

  /** How many changes there were. */
  public synchronized long changes() {
    return changes;
  }

  synchronized void raise() {
    changes++;
    notifyAll();
  }

  /** Waits for a change behind the ones that the caller knows, for so long at most. */
  public synchronized void await(long known, Duration most) throws InterruptedException {
    long end = System.nanoTime() + most.toNanos();
    long left = most.toNanos();
    while (changes == known && left > 0) {
      wait(left / 1_000_000, (int) (left % 1_000_000));
      left = end - System.nanoTime();
    }
  }
}
