package io.puraify.blackbox.core;

import java.util.List;

/**
 * A number that is computed of a group of events. An event without the field does not take part;
 * where none takes part there is no number, besides those that count.
 *
 * <p>{@link Distinct} and {@link Percentile} may be approximate; a {@link Table} says which are.
 */
public sealed interface Measure {

  /** The name as requests write it: {@code count}, {@code p95:duration_ms}. */
  String name();

  /** Whether it counts something, so that it is 0 of nothing. */
  default boolean counts() {
    return switch (this) {
      case Count _, Present _, Distinct _ -> true;
      case ErrorRate _, Sum _, Min _, Max _, Avg _, Percentile _ -> false;
    };
  }

  /** How many events there are. */
  record Count() implements Measure {
    @Override
    public String name() {
      return "count";
    }
  }

  /** The share of events whose status is one of {@link #STATUSES}, 0 to 1. */
  record ErrorRate() implements Measure {

    /** What counts as gone wrong. */
    public static final List<String> STATUSES = List.of("error", "timeout");

    @Override
    public String name() {
      return "error_rate";
    }
  }

  /** How many events have the field. */
  record Present(FieldRef field) implements Measure {
    @Override
    public String name() {
      return "count:" + field.name();
    }
  }

  /** How many different values the field has; within 5 %, and exact or one off below twenty. */
  record Distinct(FieldRef field) implements Measure {
    @Override
    public String name() {
      return "distinct:" + field.name();
    }
  }

  /** The sum of a field that {@link #isNumeric is numeric}. */
  record Sum(FieldRef field) implements Measure {
    public Sum {
      requireNumeric(field);
    }

    @Override
    public String name() {
      return "sum:" + field.name();
    }
  }

  /** The least value of a field that {@link #isNumeric is numeric}. */
  record Min(FieldRef field) implements Measure {
    public Min {
      requireNumeric(field);
    }

    @Override
    public String name() {
      return "min:" + field.name();
    }
  }

  /** The greatest value of a field that {@link #isNumeric is numeric}. */
  record Max(FieldRef field) implements Measure {
    public Max {
      requireNumeric(field);
    }

    @Override
    public String name() {
      return "max:" + field.name();
    }
  }

  /** The mean of a field that {@link #isNumeric is numeric}. */
  record Avg(FieldRef field) implements Measure {
    public Avg {
      requireNumeric(field);
    }

    @Override
    public String name() {
      return "avg:" + field.name();
    }
  }

  /**
   * The least value that at least so many percent of the values do not exceed (the nearest rank),
   * or one at most 1 % away from it.
   *
   * @param percent 0 to 100
   */
  record Percentile(FieldRef field, double percent) implements Measure {
    public Percentile {
      requireNumeric(field);
      if (!(percent >= 0 && percent <= 100)) {
        throw new IllegalArgumentException("a percentile is 0 to 100, not " + percent);
      }
    }

    /** Which of so many values in their order is meant, from 1. */
    public static double rank(double count, double percent) {
      return Math.max(1, Math.ceil(count * percent / 100));
    }

    @Override
    public String name() {
      return "p" + Numbers.format(percent) + ":" + field.name();
    }
  }

  /**
   * Whether a field has numbers: durations, whole numbers, and times as microseconds since the
   * epoch. Of an attribute those values count whose text is a number.
   */
  static boolean isNumeric(FieldRef field) {
    return switch (field) {
      case FieldRef.Known(Field known) -> !known.kind().isText();
      case FieldRef.Attribute _ -> true;
    };
  }

  private static void requireNumeric(FieldRef field) {
    if (!isNumeric(field)) {
      throw new IllegalArgumentException(field.name() + " is text and has no numbers");
    }
  }
}
