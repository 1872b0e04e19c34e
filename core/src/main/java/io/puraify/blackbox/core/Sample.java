package io.puraify.blackbox.core;

import java.util.Set;

/**
 * Some of the events that match, spread evenly over all of them: each has the same chance, and
 * which ones they are depends on what is stored alone. One that stands for several has the chances
 * of all of them, and {@link #weight} says as how many of the sample it counts.
 *
 * @param fields of which the events have values; a store may give others as well
 * @param about how many
 * @param of how many match, as an {@link Aggregation} has counted them; where these are no more
 *     than {@code about}, the sample has all that match
 */
public record Sample(Filter filter, TimeRange range, Set<Field> fields, int about, long of) {

  public Sample {
    fields = Set.copyOf(fields);
    if (about < 1) {
      throw new IllegalArgumentException("a sample has an event at least, not " + about);
    }
  }

  /** As how many events of the sample one counts, ≥ 1. */
  public long weight(Event event) {
    return whole() ? event.count() : Math.max(1, Math.round(chance() * event.count()));
  }

  /** The chance of each event to be in the sample, at most 1. */
  double chance() {
    return whole() ? 1 : (double) about / of;
  }

  /** Whether it has every event that matches. */
  public boolean whole() {
    return of <= about;
  }
}
