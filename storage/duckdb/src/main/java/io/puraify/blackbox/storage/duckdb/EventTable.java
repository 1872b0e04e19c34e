package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the tables of a day file look like; part of the format on disk. */
final class EventTable {

  /** The format that this version writes; files of the one before are brought to it. */
  static final int FORMAT = 4;

  /** The one before, which has neither events that stand for several nor how many these are. */
  private static final int WITHOUT_COUNT = 3;

  static final String POSITION = "position";

  private static final String CREATE =
      "CREATE TABLE %1$s.events (position BIGINT NOT NULL, "
          + Arrays.stream(Field.values())
              .map(field -> column(field) + " " + type(field))
              .collect(Collectors.joining(", "))
          + "); CREATE TABLE %1$s.meta ("
          + "format INTEGER NOT NULL, "
          + "applied BIGINT NOT NULL, "
          + "first_position BIGINT NOT NULL, "
          + "events BIGINT NOT NULL, "
          + "sorted BIGINT NOT NULL, "
          + "folded BIGINT NOT NULL); "
          + "INSERT INTO %1$s.meta VALUES ("
          + FORMAT
          + ", 0, 0, 0, 0, 0)";

  /** Every column of the table {@code events}, in the order in which {@link EventReader} reads. */
  static final String ALL_COLUMNS =
      POSITION
          + ", "
          + Arrays.stream(Field.values()).map(EventTable::column).collect(Collectors.joining(", "));

  private EventTable() {}

  /**
   * Creates a new day file and attaches it. What an earlier attempt left in its place is removed.
   */
  static void create(Database.Loan loan, Path file, String schema)
      throws SQLException, IOException {
    DayFolder.remove(file);
    loan.execute(DayFiles.attachment(file, schema));
    try {
      loan.execute(CREATE.formatted(schema));
    } catch (SQLException e) {
      loan.execute("DETACH " + schema);
      throw e;
    }
  }

  /**
   * Makes of an attached file of the format before one of this. Only tells of columns: no event is
   * read or written. Each step may be repeated, so a crash between them does no harm.
   */
  static void upgrade(Database.Loan loan, String schema) throws SQLException {
    int format;
    try (var statement = loan.prepare("SELECT format FROM " + schema + ".meta");
        var result = statement.executeQuery()) {
      format = result.next() ? result.getInt(1) : FORMAT;
    }
    if (format == WITHOUT_COUNT) {
      loan.execute(
          "ALTER TABLE %s.events ADD COLUMN IF NOT EXISTS %s BIGINT"
              .formatted(schema, column(Field.COUNT)));
      loan.execute(
          "ALTER TABLE %s.meta ADD COLUMN IF NOT EXISTS folded BIGINT DEFAULT 0".formatted(schema));
      loan.execute("UPDATE %s.meta SET format = %d".formatted(schema, FORMAT));
    }
  }

  /** Writes all of an attached file into the file itself and detaches it. */
  static void finish(Database.Loan loan, String schema) throws SQLException {
    try {
      loan.execute("CHECKPOINT " + schema);
    } finally {
      loan.execute("DETACH " + schema);
    }
  }

  /** The column of a field; quoted, since {@code timestamp} and others are words of SQL. */
  static String column(Field field) {
    return '"' + field.jsonName() + '"';
  }

  /**
   * Times are whole numbers: they cost the same on disk as DuckDB's own, and neither bounds nor
   * buckets need a conversion.
   */
  private static String type(Field field) {
    return switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> "VARCHAR";
      case TIME, INTEGER -> "BIGINT";
      case DECIMAL -> "DOUBLE";
    };
  }
}
