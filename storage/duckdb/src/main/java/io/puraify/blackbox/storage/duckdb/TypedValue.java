package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/** The stored value that a filter's text stands for. */
final class TypedValue {

  private TypedValue() {}

  /**
   * The value of a field that is no text, or nothing where no value is written like {@code text}:
   * only 842 itself is "842", not "842.0" or "0842".
   */
  static Optional<Object> parse(Field field, String text) {
    try {
      return switch (field.kind()) {
        case TIME -> time(text);
        case INTEGER ->
            Optional.of(Long.parseLong(text))
                .filter(value -> value.toString().equals(text))
                .map(value -> value);
        case DECIMAL -> decimal(text);
        case LABEL, ID, TEXT, JSON ->
            throw new IllegalArgumentException(field.jsonName() + " is text");
      };
    } catch (DateTimeException | ArithmeticException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static Optional<Object> time(String text) {
    long micros = Micros.of(Instant.parse(text));
    return Micros.format(micros).equals(text) ? Optional.of(micros) : Optional.empty();
  }

  private static Optional<Object> decimal(String text) {
    double value = Double.parseDouble(text);
    return Double.isFinite(value) && Numbers.format(value).equals(text)
        ? Optional.of(value)
        : Optional.empty();
  }
}
