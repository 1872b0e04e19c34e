package io.puraify.blackbox.engine.replay;

import org.jspecify.annotations.Nullable;

/**
 * The events of one engine in a session.
 *
 * @param engine {@code null} for those that name none
 * @param firstMicros time of the first of them
 * @param lastMicros time of the last one
 */
public record ReplayLane(
    @Nullable String engine, long events, long errors, long firstMicros, long lastMicros) {

  ReplayLane after(ReplayEvent event) {
    return new ReplayLane(
        engine, events + 1, errors + (event.error() ? 1 : 0), firstMicros, event.micros());
  }
}
