package io.puraify.blackbox.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some of the items found, in order.
 *
 * @param next where the next page starts, or {@code null} where nothing is left
 */
public record Page<T>(List<T> items, @Nullable Cursor next) {

  public Page {
    items = List.copyOf(items);
  }

  /** Whether this page is the last. */
  public boolean complete() {
    return next == null;
  }
}
