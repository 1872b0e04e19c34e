package io.puraify.blackbox.core;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The fields of an event, in the order in which they are written out.
 *
 * <p>A field's {@link #code} is part of the journal's format: it is never changed or given to
 * another field.
 */
public enum Field {
  EVENT_ID(1, Kind.ID),
  PROJECT_ID(2, Kind.LABEL),
  TIMESTAMP(3, Kind.TIME),
  RECEIVED_AT(4, Kind.TIME),
  EVENT_TYPE(5, Kind.LABEL),
  TYPE(6, Kind.LABEL),
  ENGINE(7, Kind.LABEL),
  PLATFORM(8, Kind.LABEL),
  ACTION(9, Kind.LABEL),
  STATUS(10, Kind.LABEL),
  SEVERITY(11, Kind.LABEL),
  ERROR_TYPE(12, Kind.LABEL),
  MESSAGE(13, Kind.TEXT),
  STACK_TRACE(14, Kind.TEXT),
  DURATION_MS(15, Kind.DECIMAL),
  RETRIES(16, Kind.INTEGER),
  FLOW_ID(17, Kind.LABEL),
  RUN_ID(18, Kind.ID),
  STEP_ID(19, Kind.LABEL),
  USER_ID(20, Kind.ID),
  SESSION_ID(21, Kind.ID),
  TRACE_ID(22, Kind.ID),
  SPAN_ID(23, Kind.ID),
  TRIGGERED_BY(24, Kind.LABEL),
  ENVIRONMENT(25, Kind.LABEL),
  VERSION(26, Kind.LABEL),
  HOST(27, Kind.LABEL),
  /** {@code 1} where {@link #MESSAGE} or {@link #STACK_TRACE} was longer and has been cut. */
  TRUNCATED(28, Kind.INTEGER),
  /** A JSON object of everything the sender said that is no field of its own. */
  ATTRIBUTES(29, Kind.JSON),
  /**
   * How many events a stored one stands for, where these are several. Only what a store gives back
   * has it: the journal has every event by itself.
   */
  COUNT(30, Kind.INTEGER);

  /** How the values of a field look and how many different ones to expect. */
  public enum Kind {
    /** Text with few different values: kept once a block and referred to by number. */
    LABEL,
    /** Text with many different values, compared as a whole. */
    ID,
    /** Text that people read and search by its words. */
    TEXT,
    /** Microseconds since 1970-01-01T00:00:00Z. */
    TIME,
    /** A whole number ≥ 0. */
    INTEGER,
    /** A number ≥ 0. */
    DECIMAL,
    /** A JSON object. */
    JSON;

    /** Whether values of this kind are text. */
    public boolean isText() {
      return switch (this) {
        case LABEL, ID, TEXT, JSON -> true;
        case TIME, INTEGER, DECIMAL -> false;
      };
    }
  }

  private static final Map<String, Field> BY_NAME =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Field::jsonName, f -> f));

  private static final Map<Integer, Field> BY_CODE =
      Arrays.stream(values())
          .collect(Collectors.toUnmodifiableMap(Field::code, Function.identity()));

  private final int code;
  private final Kind kind;
  private final String jsonName;

  Field(int code, Kind kind) {
    this.code = code;
    this.kind = kind;
    this.jsonName = name().toLowerCase(Locale.ROOT);
  }

  /** The number that stands for this field on disk, 1 to 255. */
  public int code() {
    return code;
  }

  public Kind kind() {
    return kind;
  }

  /** The name in JSON, in filters and in stores, such as {@code project_id}. */
  public String jsonName() {
    return jsonName;
  }

  /** The field of this JSON name, or {@code null} where there is none. */
  public static @Nullable Field named(String jsonName) {
    return BY_NAME.get(jsonName);
  }

  /** The field of this {@link #code}, or {@code null} where there is none. */
  public static @Nullable Field coded(int code) {
    return BY_CODE.get(code);
  }
}
