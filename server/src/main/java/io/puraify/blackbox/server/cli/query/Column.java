package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * What is shown of an event.
 *
 * @param name of a field, or {@code attributes.NAME}
 */
record Column(String name) {

  /** What a table shows where nothing else is asked for. */
  static final List<Column> USUAL =
      Stream.of(
              Field.TIMESTAMP,
              Field.SEVERITY,
              Field.PROJECT_ID,
              Field.ENGINE,
              Field.PLATFORM,
              Field.ACTION,
              Field.STATUS,
              Field.DURATION_MS,
              Field.ERROR_TYPE,
              Field.MESSAGE)
          .map(Column::of)
          .toList();

  /** All fields. */
  static final List<Column> ALL = Arrays.stream(Field.values()).map(Column::of).toList();

  static Column of(Field field) {
    return new Column(field.jsonName());
  }

  /**
   * The column of a name that somebody wrote.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Column named(String name) {
    if (Field.named(name) == null && !name.startsWith(FieldRef.ATTRIBUTE_PREFIX)) {
      List<String> names = Arrays.stream(Field.values()).map(Field::jsonName).toList();
      throw new IllegalArgumentException(
          "there is no field '%s'%s; other names are attributes.%s"
              .formatted(name, ClosestName.hint(name, names), name));
    }
    return new Column(name);
  }

  /** The value in an event as text, empty where it has none. */
  String text(JsonNode event) {
    JsonNode value = value(event);
    return value.isMissingNode() || value.isNull()
        ? ""
        : value.isString() ? value.asString() : value.toString();
  }

  /** As filters find it: a key with dots in it, or else nested objects. */
  private JsonNode value(JsonNode event) {
    if (!name.startsWith(FieldRef.ATTRIBUTE_PREFIX)) {
      return event.path(name);
    }
    String path = name.substring(FieldRef.ATTRIBUTE_PREFIX.length());
    JsonNode attributes = event.path(Field.ATTRIBUTES.jsonName());
    JsonNode whole = attributes.path(path);
    return whole.isMissingNode() ? attributes.at("/" + path.replace('.', '/')) : whole;
  }
}
