package io.puraify.blackbox.engine.alerts.notify;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * The sixth stage: a channel gets so many notifications a minute at most; what is more waits for
 * its turn, and is not lost. For one thread.
 */
final class Throttle {

  /** Slack takes one a second and webhook; a person takes far fewer. */
  static final int A_MINUTE = 60;

  private static final long MINUTE = 60_000_000;

  private final Map<String, Deque<Long>> turns = new HashMap<>();

  /** When a channel may be told next: now, or later; the turn is taken by that. */
  long turn(String channel, long now) {
    Deque<Long> taken = turns.computeIfAbsent(channel, name -> new ArrayDeque<>());
    long at = now;
    if (taken.size() >= A_MINUTE) {
      at = Math.max(now, taken.removeFirst() + MINUTE);
    }
    taken.addLast(at);
    return at;
  }
}
