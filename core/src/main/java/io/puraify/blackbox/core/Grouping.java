package io.puraify.blackbox.core;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What events of one group have in common.
 *
 * @param fields events with the same values of these are one series; an absent value is a value of
 *     its own. At most {@link #MAX_FIELDS}; with none, all events are one series.
 * @param step cuts each series into buckets of time, or {@code null}
 */
public record Grouping(List<FieldRef> fields, @Nullable Step step) {

  /** More tell people nothing, and nearly every event is a group of its own. */
  public static final int MAX_FIELDS = 4;

  /** All events together. */
  public static final Grouping NONE = new Grouping(List.of(), null);

  public Grouping {
    fields = List.copyOf(fields);
    if (fields.size() > MAX_FIELDS) {
      throw new IllegalArgumentException(
          "events are grouped by at most %d fields, not %d".formatted(MAX_FIELDS, fields.size()));
    }
  }

  public static Grouping by(FieldRef... fields) {
    return new Grouping(List.of(fields), null);
  }
}
