package io.puraify.blackbox.engine.state;

import java.nio.file.Path;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.UnableToExecuteStatementException;

/** Brings a database's tables up to date, or refuses one that this version does not understand. */
final class SchemaStatements {

  private static final String TABLE =
      "CREATE TABLE IF NOT EXISTS schema_statements (feature TEXT NOT NULL, number BIGINT NOT NULL,"
          + " statement TEXT NOT NULL, PRIMARY KEY (feature, number))";

  private final Path file;
  private final List<StateSchema> schemas;

  SchemaStatements(Path file, List<StateSchema> schemas) {
    this.file = file;
    this.schemas = schemas;
  }

  /** Applies what is missing, in the transaction of the handle. */
  void apply(Handle handle) {
    handle.execute(TABLE);
    Map<String, List<String>> applied = applied(handle);
    for (StateSchema schema : schemas) {
      List<String> before = applied.getOrDefault(schema.feature(), List.of());
      applied.remove(schema.feature());
      check(schema, before);
      for (int i = before.size(); i < schema.statements().size(); i++) {
        String statement = schema.statements().get(i);
        execute(handle, statement);
        handle.execute(
            "INSERT INTO schema_statements (feature, number, statement) VALUES (?, ?, ?)",
            schema.feature(),
            i,
            statement);
      }
    }
    if (!applied.isEmpty()) {
      throw newer("it has tables of %s".formatted(String.join(", ", applied.keySet())));
    }
  }

  /**
   * Not through Jdbi: that it looks for names of parameters is a tenth of a server's first start.
   */
  private static void execute(Handle handle, String statement) {
    try (Statement jdbc = handle.getConnection().createStatement()) {
      jdbc.execute(statement);
    } catch (SQLException e) {
      throw new UnableToExecuteStatementException(e, null);
    }
  }

  private static Map<String, List<String>> applied(Handle handle) {
    Map<String, List<String>> applied = new HashMap<>();
    handle
        .select("SELECT feature, statement FROM schema_statements ORDER BY feature, number")
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(each ->
            applied.computeIfAbsent(each.getKey(), name -> new ArrayList<>()).add(each.getValue()));
    return applied;
  }

  private void check(StateSchema schema, List<String> before) {
    int known = schema.statements().size();
    if (before.size() > known) {
      throw newer(
          "its tables of %s are made by %d statements, of which this version knows %d"
              .formatted(schema.feature(), before.size(), known));
    }
    if (!before.equals(schema.statements().subList(0, before.size()))) {
      throw newer("its tables of %s are made by other statements".formatted(schema.feature()));
    }
  }

  private StateException newer(String fact) {
    return new StateException(
        "%s was written by another version of Blackbox: %s. Start that version or a newer one, or restore a backup of the data folder"
            .formatted(file, fact));
  }
}
