package io.puraify.blackbox.core;

import java.util.Set;

/**
 * Some of the events that match, spread evenly over all of them: each has the same chance, and
 * which ones they are depends on what is stored alone.
 *
 * @param fields of which the events have values; a store may give others as well
 * @param about how many; where no more match, all of them
 */
public record Sample(Filter filter, TimeRange range, Set<Field> fields, int about) {

  /** What is sampled is read one by one. */
  public static final int MOST = 1_000_000;

  public Sample {
    fields = Set.copyOf(fields);
    if (about < 1 || about > MOST) {
      throw new IllegalArgumentException("a sample has 1 to " + MOST + " events, not " + about);
    }
  }
}
