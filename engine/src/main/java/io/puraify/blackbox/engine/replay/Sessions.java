package io.puraify.blackbox.engine.replay;

import java.util.List;

/**
 * Sessions that were found, the newest first.
 *
 * @param total how many there are, listed or not
 */
public record Sessions(SessionKind kind, List<SessionSummary> listed, long total) {

  public Sessions {
    listed = List.copyOf(listed);
  }
}
