package io.puraify.blackbox.engine.audit;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Somebody outside who keeps checkpoints. Called by one thread. */
@FunctionalInterface
public interface AnchorReceiver {

  /**
   * What came of telling a checkpoint.
   *
   * @param accepted whether the other side has it now
   * @param text what it said, or what went wrong
   * @param retryAfter how long to wait before the next attempt, where it says so
   */
  record Reply(boolean accepted, String text, @Nullable Duration retryAfter) {}

  /**
   * Tells a checkpoint, and waits for the answer. It may be told again: after a crash, or where the
   * answer was lost.
   *
   * @param key the same each time for the same checkpoint
   * @param body JSON
   */
  Reply tell(String key, byte[] body) throws InterruptedException;
}
