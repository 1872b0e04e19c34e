package io.puraify.blackbox.engine.replay;

import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Compares sessions by what was done in them, one thing after the other. */
final class Steps {

  private Steps() {}

  /** The last steps before an event, the oldest first. */
  static List<ActionKey> before(List<ReplayEvent> events, int index, int most) {
    return keys(events.subList(Math.max(0, index - most), index));
  }

  static List<ActionKey> keys(List<ReplayEvent> events) {
    return events.stream().map(ReplayEvent::actionKey).toList();
  }

  /** Whether a session took steps one directly after the other; nobody took none. */
  static boolean taken(List<ReplayEvent> session, List<ActionKey> steps) {
    return !steps.isEmpty() && Collections.indexOfSubList(keys(session), steps) >= 0;
  }

  /** How many steps two sessions have in common, from their beginnings, with how they ended. */
  static int common(List<ReplayEvent> one, List<ReplayEvent> other) {
    int most = Math.min(one.size(), other.size());
    int common = 0;
    while (common < most && alike(one.get(common), other.get(common))) {
      common++;
    }
    return common;
  }

  private static boolean alike(ReplayEvent one, ReplayEvent other) {
    return one.actionKey().equals(other.actionKey())
        && Objects.equals(one.status(), other.status())
        && one.error() == other.error();
  }

  /** Where a session parts from one that went well, in words. */
  static RelatedSessions.Parting parting(
      List<ReplayEvent> here, String goodId, List<ReplayEvent> good) {
    int common = common(here, good);
    ReplayEvent one = common < here.size() ? here.get(common) : null;
    ReplayEvent other = common < good.size() ? good.get(common) : null;
    String after =
        switch (common) {
          case 0 -> "From the first step on";
          case 1 -> "After one step in common";
          default -> "After %d steps in common".formatted(common);
        };
    return new RelatedSessions.Parting(
        goodId, common, one, other, after + ", " + difference(one, other));
  }

  private static String difference(@Nullable ReplayEvent here, @Nullable ReplayEvent there) {
    if (here == null || there == null) {
      return here == null
          ? "this session ends, and the other goes on with " + words(there)
          : "the other session ends, and this one goes on with " + words(here);
    }
    return here.actionKey().equals(there.actionKey())
        ? "%s ended here with %s, there with %s"
            .formatted(here.actionKey().words(), status(here), status(there))
        : "here came %s, there %s".formatted(words(here), words(there));
  }

  private static String words(@Nullable ReplayEvent event) {
    return event == null ? "nothing" : event.actionKey().words() + " (" + status(event) + ")";
  }

  private static String status(ReplayEvent event) {
    String status = event.status() != null ? event.status() : event.error() ? "error" : "no status";
    return event.errorType() == null ? status : status + " " + event.errorType();
  }
}
