package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Keeps how many values lie in each of buckets that grow by {@link #GROWTH}, and the greatest value
 * of each, which is the answer where the wanted rank lies in the bucket: an actual value, at most 1
 * % above the exact one. After DDSketch (C. Masson, J. E. Rim, H. K. Lee, 2019).
 */
record QuantileSketch(FieldRef field) implements Sketch {

  private static final double GROWTH = 1.01;

  /** Takes zero for the smallest of numbers, and changes none that is not about as small. */
  private static final double NEARLY_ZERO = 1e-300;

  /** Lifts the keys of all numbers from zero on above zero; far below an {@code INTEGER}. */
  private static final int OFFSET = 100_000;

  @Override
  public String column(SqlParameters parameters) {
    return FieldExpression.number(field, parameters);
  }

  @Override
  public String key(String column) {
    return switch (field) {
      case FieldRef.Known _ -> ofPositive(column);
      case FieldRef.Attribute _ ->
          "CASE WHEN %1$s < 0 THEN -%2$s ELSE %3$s END"
              .formatted(column, ofPositive("-" + column), ofPositive(column));
    };
  }

  /** Fields of events are never negative. */
  private static String ofPositive(String column) {
    return "CAST(ceil(ln(%s + %s::DOUBLE) * %s::DOUBLE) + %d AS INTEGER)"
        .formatted(column, NEARLY_ZERO, 1 / Math.log(GROWTH), OFFSET);
  }

  @Override
  public State state(String column) {
    return new State("highest", "DOUBLE", "max(" + column + ")", "max");
  }

  @Override
  public String select(String from, String by, List<Measure> measures) {
    String values = measures.stream().map(QuantileSketch::value).collect(Collectors.joining(", "));
    return """
    WITH buckets AS (SELECT %1$s, key, sum(events) AS events, max(highest) AS highest \
    FROM %2$s WHERE key IS NOT NULL GROUP BY %1$s, key), \
    running AS (SELECT %1$s, highest, \
    sum(events) OVER (PARTITION BY %1$s ORDER BY key) AS until, \
    CAST(sum(events) OVER (PARTITION BY %1$s ORDER BY key \
        ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS DOUBLE) AS total FROM buckets) \
    SELECT %1$s, %3$s FROM running GROUP BY %1$s\
    """
        .formatted(by, from, values);
  }

  /** As {@link Measure.Percentile#rank}. */
  private static String value(Measure measure) {
    if (measure instanceof Measure.Percentile(FieldRef _, double percent)) {
      return "min(highest) FILTER (until >= greatest(1, ceil(total * %s::DOUBLE / 100)))"
          .formatted(percent);
    }
    throw new IllegalArgumentException(measure.name() + " is no percentile");
  }
}
