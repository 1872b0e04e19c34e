package io.puraify.blackbox.engine.alerts.evaluate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/** Which kinds of errors a policy has seen. Not safe for several threads. */
final class SeenShapes {

  /** Kinds that are remembered; of more, the oldest are forgotten, and new again. */
  static final int MOST = 100_000;

  /**
   * Kinds that are an alert of their own within an hour; further ones share one. On a server that
   * has just begun to watch, everything is new.
   */
  static final int MOST_AN_HOUR = 100;

  private static final long HOUR_MICROS = 3_600_000_000L;

  private final LinkedHashMap<Long, Long> seen = new LinkedHashMap<>();
  private final Map<Long, Long> unsaved = new HashMap<>();
  // When the kinds of the last hour came, the oldest first.
  private final Deque<Long> lately = new ArrayDeque<>();

  /** Gives back what was saved; the oldest first. */
  void load(long shape, long micros) {
    seen.put(shape, micros);
    lately.addLast(micros);
  }

  void takeOver(SeenShapes other) {
    seen.putAll(other.seen);
    unsaved.putAll(other.unsaved);
    lately.addAll(other.lately);
  }

  boolean contains(long shape) {
    return seen.containsKey(shape);
  }

  /** Remembers a kind that is not there, and says whether many have come lately. */
  boolean add(long shape, long now) {
    if (seen.size() >= MOST) {
      seen.remove(seen.firstEntry().getKey());
    }
    seen.put(shape, now);
    unsaved.put(shape, now);
    while (!lately.isEmpty() && lately.getFirst() < now - HOUR_MICROS) {
      lately.removeFirst();
    }
    lately.addLast(now);
    return lately.size() > MOST_AN_HOUR;
  }

  boolean isUnsaved() {
    return !unsaved.isEmpty();
  }

  void save(BiConsumer<Long, Long> sink) {
    unsaved.forEach(sink);
  }

  void saved() {
    unsaved.clear();
  }
}
