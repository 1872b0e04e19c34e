package io.puraify.blackbox.core;

/** What a filter looks at: a field of the event, or a name inside its attributes. */
public sealed interface FieldRef {

  /** The prefix of an attribute's name in filters: {@code attributes.region}. */
  String ATTRIBUTE_PREFIX = "attributes.";

  /** The name as a filter writes it. */
  String name();

  /** One of the event's own fields. */
  record Known(Field field) implements FieldRef {
    @Override
    public String name() {
      return field.jsonName();
    }
  }

  /**
   * A value inside {@code attributes}.
   *
   * @param path the name there; dots lead into nested objects where no key is spelled with the dots
   */
  record Attribute(String path) implements FieldRef {
    public Attribute {
      if (path.isEmpty()) {
        throw new IllegalArgumentException("an attribute has a name");
      }
    }

    @Override
    public String name() {
      return ATTRIBUTE_PREFIX + path;
    }
  }
}
