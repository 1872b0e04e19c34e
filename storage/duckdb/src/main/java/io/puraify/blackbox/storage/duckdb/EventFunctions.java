package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.OptionalDouble;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBScalarFunctionBuilder;
import org.jspecify.annotations.Nullable;

/**
 * What filters mean and SQL cannot say exactly, as functions that call back into Java: the very
 * code that evaluates a filter in memory. {@code null} in, {@code null} out.
 */
final class EventFunctions {

  /** Attributes and a path; the text there. */
  static final String ATTRIBUTE = "event_attribute";

  /** Attributes and a path; the number there. */
  static final String ATTRIBUTE_NUMBER = "event_attribute_number";

  /** Time of receipt and position; the assigned id. */
  static final String ASSIGNED_ID = "event_assigned_id";

  /** Microseconds since the epoch; the time as text. */
  static final String TIME_TEXT = "event_time_text";

  /** A decimal number; its text. */
  static final String NUMBER_TEXT = "event_number_text";

  private EventFunctions() {}

  /** Makes the functions known to a database. */
  static void register(Connection connection) throws SQLException {
    register(
        connection,
        ATTRIBUTE,
        function ->
            function
                .withParameters(String.class, String.class)
                .withReturnType(String.class)
                .withFunction(EventFunctions::attribute));
    register(
        connection,
        ATTRIBUTE_NUMBER,
        function ->
            function
                .withParameters(String.class, String.class)
                .withReturnType(Double.class)
                .withFunction(EventFunctions::number));
    register(
        connection,
        ASSIGNED_ID,
        function ->
            function
                .withParameters(Long.class, Long.class)
                .withReturnType(String.class)
                .withFunction(EventFunctions::assignedId));
    register(
        connection,
        TIME_TEXT,
        function ->
            function
                .withParameter(Long.class)
                .withReturnType(String.class)
                .withFunction(EventFunctions::timeText));
    register(
        connection,
        NUMBER_TEXT,
        function ->
            function
                .withParameter(Double.class)
                .withReturnType(String.class)
                .withFunction(EventFunctions::numberText));
  }

  private static @Nullable String attribute(@Nullable String attributes, @Nullable String path) {
    return attributes == null || path == null ? null : Attributes.lookup(attributes, path);
  }

  private static @Nullable Double number(@Nullable String attributes, @Nullable String path) {
    String text = attribute(attributes, path);
    OptionalDouble number = text == null ? OptionalDouble.empty() : Numbers.parse(text);
    return number.isPresent() ? number.getAsDouble() : null;
  }

  private static @Nullable String assignedId(@Nullable Long receivedAt, @Nullable Long position) {
    return receivedAt == null || position == null ? null : AssignedId.of(receivedAt, position);
  }

  private static @Nullable String timeText(@Nullable Long micros) {
    return micros == null ? null : Micros.format(micros);
  }

  private static @Nullable String numberText(@Nullable Double number) {
    return number == null ? null : Numbers.format(number);
  }

  /** Says what a function takes, gives and does. */
  @FunctionalInterface
  private interface Definition {
    DuckDBScalarFunctionBuilder apply(DuckDBScalarFunctionBuilder function) throws SQLException;
  }

  private static void register(Connection connection, String name, Definition definition)
      throws SQLException {
    try (var function = DuckDBFunctions.scalarFunction()) {
      // Not withNullInNullOut(): the driver was seen to call such a function with null.
      definition.apply(function.withName(name)).register(connection);
    }
  }
}
