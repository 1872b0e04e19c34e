package io.puraify.blackbox.engine.state;

import java.util.List;

/**
 * The tables of one feature, as the statements that make them, in order. Each is applied once to a
 * database, and what has been released is never changed: whatever comes later is one more statement
 * at the end.
 *
 * <p>Written in what SQLite and PostgreSQL have in common: the types {@code BIGINT}, {@code DOUBLE
 * PRECISION}, {@code TEXT} and {@code BYTEA}, which SQLite takes for any bytes, primary keys that
 * are named in the table, and {@code INSERT … ON CONFLICT (…) DO UPDATE SET x = excluded.x}.
 *
 * @param feature whose tables they are, such as {@code performance}
 * @param statements one statement each, without a semicolon
 */
public record StateSchema(String feature, List<String> statements) {

  public StateSchema {
    statements = statements.stream().map(String::strip).toList();
  }

  public static StateSchema of(String feature, String... statements) {
    return new StateSchema(feature, List.of(statements));
  }
}
