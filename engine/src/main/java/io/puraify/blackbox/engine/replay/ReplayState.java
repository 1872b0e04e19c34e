package io.puraify.blackbox.engine.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a session stands after some of its events.
 *
 * @param events how many have been
 * @param timeouts how many of them took too long, as their status says
 * @param retries how often something was tried again
 * @param lastErrorId the event id of the last error, or {@code null}
 * @param actions those that have been, by their first event, at most {@link
 *     StateBuilder#MOST_ACTIONS}
 * @param otherEvents those of further actions
 */
public record ReplayState(
    long events,
    long errors,
    long timeouts,
    long retries,
    @Nullable String lastErrorId,
    List<ActionState> actions,
    long otherEvents) {

  public ReplayState {
    actions = List.copyOf(actions);
  }
}
