package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import java.util.List;

/**
 * Deals the hashes of the values out to registers and keeps the least of each. Taken as fractions,
 * the least ones are the smaller the more values there are; registers without a value count as one.
 * The standard error is at most {@code 1 / sqrt(REGISTERS)}, 0.8 %. After J. Lumbroso, "An optimal
 * cardinality estimation algorithm based on order statistics" (2010).
 */
record DistinctSketch(FieldRef field) implements Sketch {

  private static final int REGISTER_BITS = 14;
  private static final int REGISTERS = 1 << REGISTER_BITS;

  @Override
  public String column(SqlParameters parameters) {
    String value = FieldExpression.value(field, parameters);
    return "CASE WHEN %1$s IS NOT NULL THEN hash(%1$s) END".formatted(value);
  }

  @Override
  public String key(String column) {
    return "CAST(%s & %d AS INTEGER)".formatted(column, REGISTERS - 1);
  }

  @Override
  public State state(String column) {
    return new State("lowest", "UBIGINT", "min(%s >> %d)".formatted(column, REGISTER_BITS), "min");
  }

  @Override
  public String select(String from, String by, List<Measure> measures) {
    return """
    WITH registers AS (SELECT %1$s, key, min(lowest) / %2$s AS lowest \
    FROM %3$s WHERE key IS NOT NULL GROUP BY %1$s, key) \
    SELECT %1$s, round(%4$d * count(*) / (%4$d - count(*) + sum(lowest))) \
    FROM registers GROUP BY %1$s\
    """
        .formatted(by, 0x1p50 + "::DOUBLE", from, REGISTERS);
  }
}
