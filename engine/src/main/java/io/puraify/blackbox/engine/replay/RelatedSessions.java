package io.puraify.blackbox.engine.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which other sessions have to do with an error.
 *
 * @param fromMicros where the window begins in which they were looked for
 * @param toMicros where it ends
 * @param sameError those that had the same error, the ones that also took the same steps first,
 *     then by their first one
 * @param sameErrorSessions how many there are, listed or not
 * @param sameErrorUsers how many users had it, besides those of the session itself
 * @param examined whether all errors that could be the same were compared, or some of them
 * @param steps the session's own last steps before the error, at most {@link RelatedSearch#STEPS}
 * @param sameSteps how many other sessions took the same steps one after the other
 * @param sameStepsFailed how many of them had the same error
 * @param compared how many sessions were compared by their steps
 * @param parting where the session first parts from one that went well, or {@code null} where none
 *     on the same flow did
 */
public record RelatedSessions(
    ReplayEvent error,
    long fromMicros,
    long toMicros,
    List<SameError> sameError,
    long sameErrorSessions,
    long sameErrorUsers,
    boolean examined,
    List<ActionKey> steps,
    long sameSteps,
    long sameStepsFailed,
    long compared,
    @Nullable Parting parting) {

  public RelatedSessions {
    sameError = List.copyOf(sameError);
    steps = List.copyOf(steps);
  }

  /**
   * A session that had the same error.
   *
   * @param events how often
   * @param eventId of the first of them
   * @param sameSteps whether it took the same steps before
   */
  public record SameError(
      String id,
      @Nullable String userId,
      long events,
      String eventId,
      long firstMicros,
      long lastMicros,
      boolean sameSteps) {}

  /**
   * Where a session parts from one that went well.
   *
   * @param id the session that went well
   * @param common how many steps they have in common
   * @param here the session's event there, or {@code null} where it has ended
   * @param there the other session's event, likewise
   * @param reason in plain words
   */
  public record Parting(
      String id,
      int common,
      @Nullable ReplayEvent here,
      @Nullable ReplayEvent there,
      String reason) {}
}
