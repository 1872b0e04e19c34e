package io.puraify.blackbox.core;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which events are meant. One tree, one meaning: stores compile it, and {@link #test} evaluates it
 * in memory; the storage contract suite holds them to the same answers.
 *
 * <p>A field that an event does not have matches nothing, so {@code Not} of it matches. Immutable,
 * safe for any thread.
 */
public sealed interface Filter {

  /** Every event. */
  Filter ALL = new And(List.of());

  /** Whether an event is meant. */
  boolean test(Event event);

  /** All of them; with none, every event. */
  record And(List<Filter> filters) implements Filter {
    public And {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean test(Event event) {
      return filters.stream().allMatch(filter -> filter.test(event));
    }
  }

  /** At least one of them; with none, no event. */
  record Or(List<Filter> filters) implements Filter {
    public Or {
      filters = List.copyOf(filters);
    }

    @Override
    public boolean test(Event event) {
      return filters.stream().anyMatch(filter -> filter.test(event));
    }
  }

  /** The events that {@code filter} does not mean. */
  record Not(Filter filter) implements Filter {
    @Override
    public boolean test(Event event) {
      return !filter.test(event);
    }
  }

  /** The value is one of these: text to the letter, numbers and times by their value. */
  record In(FieldRef field, Set<String> values) implements Filter {
    public In {
      values = Set.copyOf(values);
    }

    @Override
    public boolean test(Event event) {
      String text = event.text(field);
      return text != null && values.contains(text);
    }
  }

  /** The text contains {@code part}, in upper or lower case. */
  record Contains(FieldRef field, String part) implements Filter {
    @Override
    public boolean test(Event event) {
      String text = event.text(field);
      int flags = Pattern.LITERAL | Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE;
      return text != null && Pattern.compile(part, flags).matcher(text).find();
    }
  }

  /** The text has the pattern somewhere in it. */
  record Regex(FieldRef field, RegexPattern pattern) implements Filter {
    @Override
    public boolean test(Event event) {
      String text = event.text(field);
      return text != null && pattern.isIn(text);
    }
  }

  /** The text starts with {@code prefix}, to the letter. */
  record Prefix(FieldRef field, String prefix) implements Filter {
    @Override
    public boolean test(Event event) {
      String text = event.text(field);
      return text != null && text.startsWith(prefix);
    }
  }

  /** There is a value. */
  record Exists(FieldRef field) implements Filter {
    @Override
    public boolean test(Event event) {
      return event.text(field) != null;
    }
  }

  /**
   * The value is a number between bounds; for times, microseconds since the epoch. An attribute
   * counts where its text is a number.
   *
   * @param low the lower bound; negative infinity where there is none
   * @param high the upper bound; positive infinity where there is none
   */
  record Range(FieldRef field, double low, boolean lowInclusive, double high, boolean highInclusive)
      implements Filter {
    public Range {
      if (Double.isNaN(low) || Double.isNaN(high)) {
        throw new IllegalArgumentException("a bound is a number");
      }
      if (field instanceof FieldRef.Known(Field known) && known.kind().isText()) {
        throw new IllegalArgumentException(known.jsonName() + " is text and has no range");
      }
    }

    @Override
    public boolean test(Event event) {
      Double value = number(event);
      return value != null
          && (lowInclusive ? value >= low : value > low)
          && (highInclusive ? value <= high : value < high);
    }

    private @Nullable Double number(Event event) {
      return switch (field) {
        case FieldRef.Known(Field known) when known.kind() == Field.Kind.DECIMAL ->
            event.decimal(known);
        case FieldRef.Known(Field known) -> {
          Long value = event.integer(known);
          yield value == null ? null : value.doubleValue();
        }
        case FieldRef.Attribute attribute -> {
          String text = event.text(attribute);
          OptionalDouble value = text == null ? OptionalDouble.empty() : Numbers.parse(text);
          yield value.isPresent() ? value.getAsDouble() : null;
        }
      };
    }
  }
}
