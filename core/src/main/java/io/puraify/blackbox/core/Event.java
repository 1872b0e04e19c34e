package io.puraify.blackbox.core;

import java.util.Arrays;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * One event as it is stored and found. Immutable, safe for any thread.
 *
 * <p>Made for those who ask for single events; what passes through in bulk stays in {@link
 * EventBlock}s.
 */
public final class Event {

  /** Of a field's name and its punctuation, and of a number. */
  private static final int BYTES_A_FIELD = 20;

  private static final int FIELDS = Field.values().length;

  private final long position;
  // By the fields' ordinals; nobody writes to it any more.
  private final @Nullable Object[] values;

  private Event(long position, @Nullable Object[] values) {
    this.position = position;
    this.values = values;
  }

  /** Starts an event at a position of the journal. */
  public static Builder at(long position) {
    return new Builder(position);
  }

  /** Its place in the journal's order. */
  public long position() {
    return position;
  }

  public String projectId() {
    return require(Field.PROJECT_ID, text(Field.PROJECT_ID));
  }

  /** When it happened, in microseconds since the epoch. */
  public long timestampMicros() {
    return require(Field.TIMESTAMP, integer(Field.TIMESTAMP));
  }

  /** When Blackbox received it, in microseconds since the epoch. */
  public long receivedAtMicros() {
    return require(Field.RECEIVED_AT, integer(Field.RECEIVED_AT));
  }

  /** The sender's id, or the one that was assigned. */
  public String eventId() {
    String given = given(Field.EVENT_ID);
    return given != null ? given : AssignedId.of(receivedAtMicros(), position);
  }

  /** How many events it stands for: itself, and those that are folded into it. */
  public long count() {
    Long count = integer(Field.COUNT);
    return count == null ? 1 : count;
  }

  /** The value of a field as text: numbers in plain decimals, times as RFC 3339. */
  public @Nullable String text(Field field) {
    if (field == Field.EVENT_ID) {
      return eventId();
    }
    Object value = values[field.ordinal()];
    if (value == null) {
      return null;
    }
    return switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> (String) value;
      case TIME -> Micros.format((Long) value);
      case INTEGER -> value.toString();
      case DECIMAL -> Numbers.format((Double) value);
    };
  }

  /** As {@link #text(Field)} of a text, but nothing for an id that was assigned: as it is kept. */
  public @Nullable String given(Field field) {
    return (String) values[field.ordinal()];
  }

  /** The value of a field of kind {@code INTEGER} or {@code TIME}. */
  public @Nullable Long integer(Field field) {
    return (Long) values[field.ordinal()];
  }

  /** The value of a field of kind {@code DECIMAL}. */
  public @Nullable Double decimal(Field field) {
    return (Double) values[field.ordinal()];
  }

  /** The text that a filter compares with, or {@code null} where the event has none. */
  public @Nullable String text(FieldRef ref) {
    return switch (ref) {
      case FieldRef.Known(Field field) -> text(field);
      case FieldRef.Attribute(String path) -> {
        String attributes = text(Field.ATTRIBUTES);
        yield attributes == null ? null : Attributes.lookup(attributes, path);
      }
    };
  }

  /** Roughly what the event takes as JSON, in bytes; good enough to bound the size of an answer. */
  public long approximateBytes() {
    long bytes = 0;
    for (Object value : values) {
      if (value != null) {
        bytes += BYTES_A_FIELD + (value instanceof String text ? text.length() : 0);
      }
    }
    return bytes;
  }

  private static <T> T require(Field field, @Nullable T value) {
    if (value == null) {
      throw new IllegalStateException("an event without " + field.jsonName());
    }
    return value;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Event that
        && position == that.position
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(position);
  }

  @Override
  public String toString() {
    StringJoiner fields = new StringJoiner(", ", position + " {", "}");
    for (Field field : Field.values()) {
      Object value = values[field.ordinal()];
      if (value != null) {
        fields.add(field + "=" + value);
      }
    }
    return fields.toString();
  }

  /** Collects the values of one event; an absent value is simply not set. */
  public static final class Builder {

    private final long position;
    private @Nullable Object[] values = new Object[FIELDS];
    private boolean shared;

    private Builder(long position) {
      this.position = position;
    }

    /** Sets a text field; an empty text counts as absent. */
    public Builder set(Field field, String value) {
      if (!field.kind().isText()) {
        throw new IllegalArgumentException(field.jsonName() + " is not text");
      }
      if (!value.isEmpty()) {
        put(field, value);
      }
      return this;
    }

    /** Sets a field of kind {@code INTEGER} or {@code TIME}. */
    public Builder set(Field field, long value) {
      if (field.kind() != Field.Kind.TIME && field.kind() != Field.Kind.INTEGER) {
        throw new IllegalArgumentException(field.jsonName() + " is not an integer");
      }
      put(field, value);
      return this;
    }

    /** Sets a field of kind {@code DECIMAL}. */
    public Builder set(Field field, double value) {
      if (field.kind() != Field.Kind.DECIMAL) {
        throw new IllegalArgumentException(field.jsonName() + " is not a decimal number");
      }
      put(field, value);
      return this;
    }

    /** What was built keeps its values. */
    private void put(Field field, Object value) {
      if (shared) {
        values = values.clone();
        shared = false;
      }
      values[field.ordinal()] = value;
    }

    /** Makes the event; the builder may go on, for another one. */
    public Event build() {
      shared = true;
      return new Event(position, values);
    }
  }
}
