package io.puraify.blackbox.core;

import org.jspecify.annotations.Nullable;

/**
 * One page of a search.
 *
 * @param after the last event of the page before, or {@code null} for the first page
 * @param limit events a page, 1 to {@link #MAX_LIMIT}
 */
public record Search(
    Filter filter, TimeRange range, Order order, @Nullable Cursor after, int limit) {

  /** A page is held in memory whole, so its size has a bound. */
  public static final int MAX_LIMIT = 5_000;

  public Search {
    if (limit < 1 || limit > MAX_LIMIT) {
      throw new IllegalArgumentException("limit is 1 to " + MAX_LIMIT + ", not " + limit);
    }
  }
}
