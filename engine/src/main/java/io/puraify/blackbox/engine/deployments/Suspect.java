package io.puraify.blackbox.engine.deployments;

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

  public Suspect {
    evidence = List.copyOf(evidence);
  }
}
