package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What the tables of a day file look like; part of the format on disk. */
final class EventTable {

  /** The format that this version writes and the newest that it reads. */
  static final int FORMAT = 1;

  static final String POSITION = "position";

  /** Creates the tables of a new day file in the schema {@code %s}. */
  static final String CREATE =
      "CREATE TABLE %1$s.events (position BIGINT NOT NULL, "
          + Arrays.stream(Field.values())
              .map(field -> column(field) + " " + type(field))
              .collect(Collectors.joining(", "))
          + "); CREATE TABLE %1$s.meta ("
          + "format INTEGER NOT NULL, "
          + "applied BIGINT NOT NULL, "
          + "first_position BIGINT NOT NULL, "
          + "events BIGINT NOT NULL, "
          + "sorted BIGINT NOT NULL); "
          + "INSERT INTO %1$s.meta VALUES ("
          + FORMAT
          + ", 0, 0, 0, 0)";

  /** Position and every field, in the order in which {@link EventReader} reads them. */
  static final String ALL_COLUMNS =
      POSITION
          + ", "
          + Arrays.stream(Field.values()).map(EventTable::column).collect(Collectors.joining(", "));

  private EventTable() {}

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
