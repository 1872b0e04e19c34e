package io.puraify.blackbox.engine.replay;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is thought of a change as the cause of all errors like the one that is explained, whatever
 * their session.
 *
 * @param changeId by which the change is known
 * @param eventId of the event that is the change; {@code null} for a version that was only seen
 * @param deploys whether it brought a version
 * @param micros since when
 * @param happened what it was, such as {@code vault 1.20.0 was deployed}
 * @param score how much speaks for it, 0 to 1
 * @param evidence what speaks for and against it
 */
public record ChangeRuling(
    String changeId,
    @Nullable String eventId,
    boolean deploys,
    long micros,
    String happened,
    Guilt guilt,
    double score,
    List<String> evidence) {

  /** Whether the change is to blame. */
  public enum Guilt {
    /** The errors came with it. */
    LIKELY,
    /** It fits, but not well. */
    POSSIBLE,
    /** There were too few calls before it. */
    OPEN,
    /** The errors do not come from it. */
    CLEARED
  }

  /** Beside what was found guilty, nearness in time says little. */
  private static final double LIKELY_AT_LEAST = 0.6;

  private static final double CLEARED_FACTOR = 0.2;

  public ChangeRuling {
    evidence = List.copyOf(evidence);
  }

  /** Whether it is to be named where only this speaks for it. */
  boolean suspected() {
    return guilt == Guilt.LIKELY || guilt == Guilt.POSSIBLE;
  }

  /**
   * The score of the change as a cause.
   *
   * @param near the score that it has for being near
   */
  double score(double near) {
    return switch (guilt) {
      case LIKELY -> Math.max(near, LIKELY_AT_LEAST + (1 - LIKELY_AT_LEAST) * score);
      case POSSIBLE -> Math.max(near, score);
      case OPEN -> near;
      case CLEARED -> near * CLEARED_FACTOR;
    };
  }

  /** Why, to be said behind what it was. */
  String words() {
    String said = String.join("; ", evidence);
    return switch (guilt) {
      case LIKELY -> "likely to blame for all errors like this one: " + said;
      case POSSIBLE -> "possibly to blame for all errors like this one: " + said;
      case OPEN -> "too few calls before it to say more: " + said;
      case CLEARED -> "not to blame for errors like this one: " + said;
    };
  }
}
