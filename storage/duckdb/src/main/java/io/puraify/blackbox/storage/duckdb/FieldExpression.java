package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;

/** What filters and aggregations read of a field, as expressions of SQL. */
final class FieldExpression {

  private FieldExpression() {}

  /** Something that is equal for equal values only, and {@code NULL} without a value. */
  static String value(FieldRef field, SqlParameters parameters) {
    return switch (field) {
      case FieldRef.Known(Field known) when known == Field.EVENT_ID -> text(field, parameters);
      case FieldRef.Known(Field known) -> EventTable.column(known);
      case FieldRef.Attribute _ -> text(field, parameters);
    };
  }

  /** Something that is {@code NULL} without a value. */
  static String presence(FieldRef field, SqlParameters parameters) {
    return field instanceof FieldRef.Known(Field known) && known == Field.EVENT_ID
        ? "TRUE"
        : value(field, parameters);
  }

  /** The text that filters compare. */
  static String text(FieldRef field, SqlParameters parameters) {
    return switch (field) {
      case FieldRef.Attribute(String path) -> attribute(EventFunctions.ATTRIBUTE, path, parameters);
      case FieldRef.Known(Field known) -> text(known);
    };
  }

  private static String text(Field field) {
    String column = EventTable.column(field);
    return switch (field.kind()) {
      case LABEL, TEXT, JSON -> column;
      case ID ->
          field == Field.EVENT_ID ? "coalesce(%s, %s)".formatted(column, assignedId()) : column;
      case TIME -> "%s(%s)".formatted(EventFunctions.TIME_TEXT, column);
      case INTEGER -> "CAST(%s AS VARCHAR)".formatted(column);
      case DECIMAL -> "%s(%s)".formatted(EventFunctions.NUMBER_TEXT, column);
    };
  }

  /** The id that is assigned to an event whose sender gave none. */
  static String assignedId() {
    return "%s(%s, position)"
        .formatted(EventFunctions.ASSIGNED_ID, EventTable.column(Field.RECEIVED_AT));
  }

  /** The number of a numeric field. */
  static String number(FieldRef field, SqlParameters parameters) {
    return switch (field) {
      case FieldRef.Known(Field known) -> "CAST(%s AS DOUBLE)".formatted(EventTable.column(known));
      case FieldRef.Attribute(String path) ->
          attribute(EventFunctions.ATTRIBUTE_NUMBER, path, parameters);
    };
  }

  /**
   * Looks into the attributes only where they contain the name, which is far cheaper to see. A name
   * may also be there with its characters escaped.
   */
  private static String attribute(String function, String path, SqlParameters parameters) {
    String column = EventTable.column(Field.ATTRIBUTES);
    String last = path.substring(path.lastIndexOf('.') + 1);
    return "CASE WHEN contains(%1$s, %2$s) OR contains(%1$s, '\\') THEN %3$s(%1$s, %4$s) END"
        .formatted(column, parameters.add(last + '"'), function, parameters.add(path));
  }
}
