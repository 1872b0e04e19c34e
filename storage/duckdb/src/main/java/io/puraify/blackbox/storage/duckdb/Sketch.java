package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a field's values are kept in a bounded number of rows, so that a measure can be read from
 * them that does not follow from the measures of parts: each value has a key, and the values of one
 * key share a row.
 */
sealed interface Sketch permits QuantileSketch, DistinctSketch {

  /** The sketch that a measure is read from, or {@code null} where it needs none. */
  static @Nullable Sketch of(Measure measure) {
    return switch (measure) {
      case Measure.Percentile(FieldRef field, double _) -> new QuantileSketch(field);
      case Measure.Distinct(FieldRef field) -> new DistinctSketch(field);
      case Measure.Count _,
          Measure.ErrorRate _,
          Measure.Present _,
          Measure.Sum _,
          Measure.Avg _,
          Measure.Min _,
          Measure.Max _ ->
          null;
    };
  }

  /** What is read of each event, {@code NULL} without a value. */
  String column(SqlParameters parameters);

  /** The key, an {@code INTEGER}, of what was read; {@code NULL} for {@code NULL}. */
  String key(String column);

  /** What is kept of the values of a key. */
  State state(String column);

  /**
   * A query for measures.
   *
   * @param from the rows kept
   * @param by the columns by which they are grouped; they come first in the result
   * @param measures of this field, read from this sketch
   */
  String select(String from, String by, List<Measure> measures);
}
