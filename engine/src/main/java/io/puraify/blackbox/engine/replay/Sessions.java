package io.puraify.blackbox.engine.replay;

import java.util.List;
import java.util.Optional;

/**
 * Sessions that were found, the newest first.
 *
 * @param total how many there are, listed or not
 * @param nextCursor asks for the page behind this one, if there is one
 * @param complete whether these are the last
 */
public record Sessions(
    SessionKind kind,
    List<SessionSummary> listed,
    long total,
    Optional<String> nextCursor,
    boolean complete) {

  public Sessions {
    listed = List.copyOf(listed);
  }
}
