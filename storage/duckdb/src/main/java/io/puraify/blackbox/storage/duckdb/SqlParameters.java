package io.puraify.blackbox.storage.duckdb;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** The values of one statement, which never become part of its text. Not thread-safe. */
final class SqlParameters {

  private final List<Object> values = new ArrayList<>();

  /** Adds a value and gives the placeholder for it, which may be used more than once. */
  String add(Object value) {
    values.add(value);
    return "$" + values.size();
  }

  /** Gives the values to a statement. */
  void bind(PreparedStatement statement) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(i + 1, values.get(i));
    }
  }
}
