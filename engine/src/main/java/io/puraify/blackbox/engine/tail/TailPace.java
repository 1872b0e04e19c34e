package io.puraify.blackbox.engine.tail;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Shares what may be sent a second among all readers, so that many who want everything take no more
 * of the machine than that, and recording goes on. Safe for any thread.
 */
final class TailPace {

  private final double nanosPerByte;
  private final LongSupplier clock;

  // Guarded by this.
  private long free;

  /**
   * A pace.
   *
   * @param bytesPerSecond of all readers together, &gt; 0
   * @param clock as {@link System#nanoTime}
   */
  TailPace(long bytesPerSecond, LongSupplier clock) {
    this.nanosPerByte = 1e9 / bytesPerSecond;
    this.clock = clock;
    this.free = clock.getAsLong();
  }

  /** Takes note of what somebody sends, and returns how long that one has to wait afterwards. */
  synchronized Duration send(long bytes) {
    long now = clock.getAsLong();
    free = Math.max(now, free) + (long) (bytes * nanosPerByte);
    return Duration.ofNanos(free - now);
  }
}
