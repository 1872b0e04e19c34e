package io.puraify.blackbox.engine.replay;

import org.jspecify.annotations.Nullable;

/**
 * How an action stands.
 *
 * @param status of its last event, or {@code null} where that had none
 * @param lastMicros when that was
 * @param events how many it had so far
 * @param errors how many of these were errors
 */
public record ActionState(
    ActionKey action, @Nullable String status, long lastMicros, long events, long errors) {

  ActionState after(ReplayEvent event) {
    return new ActionState(
        action, event.status(), event.micros(), events + 1, errors + (event.error() ? 1 : 0));
  }
}
