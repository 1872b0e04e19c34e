package io.puraify.blackbox.engine.deployments;

import java.util.ArrayList;
import java.util.List;

/**
 * A change that may be to blame for an error.
 *
 * @param score 0 to 1: the product of what timing, reach, controls and link say
 * @param explains the share of the failures beyond what is usual that it can explain, 0 to 1
 * @param rates before the change, and from it on to the end of the error, where it applies
 * @param evidence what speaks for and against it, a few words each
 */
public record Suspect(
    Change change,
    Ruling ruling,
    double score,
    double explains,
    Rates rates,
    List<String> evidence) {

  /** Whoever explains so much explains all; the rest is chance. */
  static final double ALL_EXPLAINED = 0.9;

  /** Of two scores that are closer than this, neither is better. */
  static final double TIED = 0.8;

  public Suspect {
    evidence = List.copyOf(evidence);
  }

  /** Whether it fits as well as a better one, as far as can be told. */
  boolean isTied(Suspect better) {
    return ruling == better.ruling && score > TIED * better.score;
  }

  /**
   * The same beside the one that fits best: what one change explains altogether needs no second one
   * that fits clearly worse.
   */
  Suspect beside(Suspect best) {
    boolean explained =
        ruling == Ruling.LIKELY
            && best.ruling == Ruling.LIKELY
            && best.explains >= ALL_EXPLAINED
            && !change.equals(best.change)
            && !isTied(best);
    if (!explained) {
      return this;
    }
    List<String> said = new ArrayList<>(evidence);
    said.add(best.change.words() + " fits better");
    return new Suspect(change, Ruling.POSSIBLE, score, explains, rates, said);
  }
}
