package io.puraify.blackbox.server.cli.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.server.cli.output.Column;
import io.puraify.blackbox.server.cli.output.Column.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The columns of events: their fields and attributes. */
final class EventColumn {

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
          .map(EventColumn::of)
          .toList();

  /** Which of them a narrow terminal does without, the first that is missed least. */
  static final List<String> MISSED_LEAST =
      Stream.of(
              Field.DURATION_MS,
              Field.PROJECT_ID,
              Field.ACTION,
              Field.PLATFORM,
              Field.ENGINE,
              Field.ERROR_TYPE,
              Field.STATUS,
              Field.SEVERITY)
          .map(Field::jsonName)
          .toList();

  /** All fields. */
  static final List<Column> ALL = Arrays.stream(Field.values()).map(EventColumn::of).toList();

  private EventColumn() {}

  private static Column of(Field field) {
    return new Column(field.jsonName(), kind(field), event -> Column.text(event, field.jsonName()));
  }

  private static Kind kind(Field field) {
    return switch (field.kind()) {
      case LABEL -> Kind.LABEL;
      case ID -> Kind.ID;
      case TEXT, JSON -> Kind.PROSE;
      case TIME -> Kind.TIME;
      case INTEGER, DECIMAL -> Kind.NUMBER;
    };
  }

  /**
   * The column of a name that somebody wrote: of a field, or {@code attributes.NAME}.
   *
   * @throws IllegalArgumentException where there is none
   */
  static Column named(String name) {
    Field field = Field.named(name);
    if (field != null) {
      return of(field);
    }
    if (!name.startsWith(FieldRef.ATTRIBUTE_PREFIX)) {
      List<String> names = ALL.stream().map(Column::name).toList();
      throw new IllegalArgumentException(
          "there is no field '%s'%s; other names are attributes.%s"
              .formatted(name, ClosestName.hint(name, names), name));
    }
    return new Column(
        name,
        Kind.LABEL,
        event -> attribute(event, name.substring(FieldRef.ATTRIBUTE_PREFIX.length())));
  }

  /** As filters find it: a key with dots in it, or else nested objects. */
  private static String attribute(JsonNode event, String path) {
    JsonNode attributes = event.path(Field.ATTRIBUTES.jsonName());
    JsonNode whole = attributes.path(path);
    return Column.plain(
        whole.isMissingNode() ? attributes.at("/" + path.replace('.', '/')) : whole);
  }
}
