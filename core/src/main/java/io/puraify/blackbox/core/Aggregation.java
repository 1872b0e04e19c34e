package io.puraify.blackbox.core;

import java.util.List;

/**
 * A question for numbers about groups of events.
 *
 * <p>Whoever asks sees to it that the range, the step and {@link Top#limit} do not ask for more
 * rows than fit into memory.
 *
 * @param measures what is computed of each group, besides the count that every row has; at most
 *     {@link #MAX_MEASURES}
 * @param top the series that are told apart; all others are taken together
 */
public record Aggregation(
    Filter filter, TimeRange range, Grouping grouping, List<Measure> measures, Top top) {

  /** One for each field of an event, and some. */
  public static final int MAX_MEASURES = 32;

  public Aggregation {
    measures = List.copyOf(measures);
    if (measures.size() > MAX_MEASURES) {
      throw new IllegalArgumentException(
          "at most %d measures, not %d".formatted(MAX_MEASURES, measures.size()));
    }
  }
}
