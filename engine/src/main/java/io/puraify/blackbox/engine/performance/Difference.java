package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.FieldRef;
import org.jspecify.annotations.Nullable;

/**
 * A value that is more frequent among some events than among the rest.
 *
 * @param value {@code null} is that events do not have the field
 * @param selected how many of the events have it
 * @param selectedShare the same as a share of them, 0 to 1
 * @param rest how many of the rest have it
 * @param restShare the same as a share of the rest
 * @param score by which values are ranked, above 0
 */
public record Difference(
    FieldRef field,
    @Nullable String value,
    long selected,
    double selectedShare,
    long rest,
    double restShare,
    double score) {

  /**
   * Chance alone exceeds that once in a hundred thousand values: chi-squared of one degree of
   * freedom.
   */
  private static final double CHANCE = 19.5;

  /** Compares the counts of a value. */
  static Difference of(
      FieldRef field,
      @Nullable String value,
      long selected,
      long allSelected,
      long rest,
      long allRest) {
    double here = (double) selected / (double) Math.max(1, allSelected);
    double there = (double) rest / (double) Math.max(1, allRest);
    // As if half an event more of the rest had it: of a value that was never seen there, it does
    // not follow that it cannot be.
    double seldom = ((double) rest + 0.5) / ((double) allRest + 1);
    double score = selected == 0 ? 0 : here * Math.log(here / seldom);
    return new Difference(field, value, selected, here, rest, there, score);
  }

  /**
   * Whether it is over-represented, and by more than chance: the log-likelihood ratio of two shares
   * against one (Dunning, Accurate Methods for the Statistics of Surprise and Coincidence, 1993).
   */
  boolean isNoChance(long allSelected, long allRest) {
    double all = (double) (selected + rest) / (double) (allSelected + allRest);
    double ratio =
        2
            * (likelihood(selected, allSelected, selectedShare)
                + likelihood(rest, allRest, restShare)
                - likelihood(selected, allSelected, all)
                - likelihood(rest, allRest, all));
    return selectedShare > restShare && score > 0 && ratio > CHANCE;
  }

  private static double likelihood(long count, long of, double share) {
    return term((double) count, share) + term((double) (of - count), 1 - share);
  }

  private static double term(double count, double share) {
    return count == 0 ? 0 : count * Math.log(share);
  }
}
