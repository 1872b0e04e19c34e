package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The names that requests give to fields: {@code status}, {@code attributes.region}. */
final class FieldName {

  static final List<String> ALL = Arrays.stream(Field.values()).map(Field::jsonName).toList();

  private FieldName() {}

  /** The field of a name, or nothing where there is none. */
  static Optional<FieldRef> find(String name) {
    Field known = Field.named(name);
    if (known != null) {
      return Optional.of(new FieldRef.Known(known));
    }
    String prefix = FieldRef.ATTRIBUTE_PREFIX;
    return name.startsWith(prefix) && name.length() > prefix.length()
        ? Optional.of(new FieldRef.Attribute(name.substring(prefix.length())))
        : Optional.empty();
  }

  /**
   * A field that has values of its own, as all attributes together have not.
   *
   * @throws FilterSyntaxException where there is none of this name
   */
  static FieldRef parse(String name) {
    FieldRef field =
        find(name)
            .orElseThrow(() ->
                new FilterSyntaxException(
                    "there is no field '%s'%s; other names are attributes.%s"
                        .formatted(name, ClosestName.hint(name, ALL), name)));
    if (field instanceof FieldRef.Known(Field known) && known.kind() == Field.Kind.JSON) {
      throw new FilterSyntaxException("name one of the attributes, as in attributes.region");
    }
    return field;
  }
}
