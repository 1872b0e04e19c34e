package io.puraify.blackbox.engine.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A session at a glance.
 *
 * @param startMicros time of its first event, in microseconds since the epoch
 * @param endMicros time of its last event
 * @param events how many, ≥ 1
 * @param errors how many of them are errors
 * @param retries how often something was tried again
 * @param engines those that took part, by their first event
 * @param user the one of most events, or {@code null} where none is known
 * @param users how many there are
 */
public record SessionSummary(
    SessionId session,
    long startMicros,
    long endMicros,
    long events,
    long errors,
    long retries,
    List<String> engines,
    @Nullable String user,
    long users,
    Outcome outcome) {

  public SessionSummary {
    engines = List.copyOf(engines);
  }
}
