package io.puraify.blackbox.storage.contract;

import com.google.re2j.Pattern;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.RegexPattern;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.random.RandomGenerator;

/**
 * Makes up filters of every kind about given events: the values are taken from them, changed in
 * case and cut at times, so that a filter means some events and not all. The same random numbers
 * give the same filters. For one thread.
 */
public final class RandomFilters {

  private static final int DEEPEST = 5;

  private static final List<Field> NUMERIC =
      List.of(Field.TIMESTAMP, Field.RECEIVED_AT, Field.DURATION_MS, Field.RETRIES);

  private final RandomGenerator random;
  private final List<Event> events;

  /**
   * @param events at least one
   */
  public RandomFilters(RandomGenerator random, List<Event> events) {
    this.random = random;
    this.events = List.copyOf(events);
  }

  /** The next filter. */
  public Filter next() {
    return next(0);
  }

  private Filter next(int depth) {
    int kind = random.nextInt(depth < DEEPEST ? 10 : 7);
    return switch (kind) {
      case 0, 1 -> in(field());
      case 2 -> contains(field());
      case 3 -> prefix(field());
      case 4 -> new Filter.Exists(field());
      case 5 -> range();
      case 6 -> regex(field());
      case 7 -> new Filter.And(several(depth));
      case 8 -> new Filter.Or(several(depth));
      default -> new Filter.Not(next(depth + 1));
    };
  }

  private List<Filter> several(int depth) {
    List<Filter> filters = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      filters.add(next(depth + 1));
    }
    return filters;
  }

  private FieldRef field() {
    if (random.nextInt(4) == 0) {
      return attribute();
    }
    Field[] fields = Field.values();
    return new FieldRef.Known(fields[random.nextInt(fields.length)]);
  }

  private FieldRef attribute() {
    List<String> paths = RandomEvents.PATHS;
    return new FieldRef.Attribute(paths.get(random.nextInt(paths.size())));
  }

  private Filter in(FieldRef field) {
    Set<String> values = new LinkedHashSet<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      values.add(text(field));
    }
    return new Filter.In(field, values);
  }

  private Filter contains(FieldRef field) {
    String text = text(field);
    int[] characters = text.codePoints().toArray();
    int from = random.nextInt(characters.length + 1);
    int to = from + random.nextInt(characters.length - from + 1);
    StringBuilder part = new StringBuilder();
    for (int i = from; i < to; i++) {
      part.appendCodePoint(inSomeCase(characters[i]));
    }
    return new Filter.Contains(field, part.toString());
  }

  /** The characters of a text that some event has, some of them as patterns. */
  private Filter regex(FieldRef field) {
    int[] characters = text(field).codePoints().limit(20).toArray();
    StringBuilder pattern = new StringBuilder();
    for (int character : characters) {
      String self = Pattern.quote(Character.toString(inSomeCase(character)));
      pattern.append(
          switch (random.nextInt(8)) {
            case 0 -> ".";
            case 1 -> "(" + self + "|x)?";
            case 2 -> "\\w*";
            case 3 -> self + "+";
            default -> self;
          });
    }
    String anchored =
        switch (random.nextInt(4)) {
          case 0 -> "^" + pattern;
          case 1 -> pattern + "$";
          default -> pattern.toString();
        };
    return new Filter.Regex(field, RegexPattern.of(anchored, random.nextBoolean()));
  }

  private int inSomeCase(int character) {
    return switch (random.nextInt(4)) {
      case 0 -> Character.toUpperCase(character);
      case 1 -> Character.toLowerCase(character);
      case 2 -> Character.toTitleCase(character);
      default -> character;
    };
  }

  private Filter prefix(FieldRef field) {
    String text = text(field);
    int length = random.nextInt(text.codePointCount(0, text.length()) + 1);
    return new Filter.Prefix(field, text.substring(0, text.offsetByCodePoints(0, length)));
  }

  private Filter range() {
    FieldRef field =
        random.nextInt(3) == 0
            ? attribute()
            : new FieldRef.Known(NUMERIC.get(random.nextInt(NUMERIC.size())));
    double low = random.nextInt(4) == 0 ? Double.NEGATIVE_INFINITY : number(field);
    double high = random.nextInt(4) == 0 ? Double.POSITIVE_INFINITY : number(field);
    return new Filter.Range(field, low, random.nextBoolean(), high, random.nextBoolean());
  }

  private double number(FieldRef field) {
    Event event = events.get(random.nextInt(events.size()));
    if (field instanceof FieldRef.Known(Field known)) {
      Double decimal = known.kind() == Field.Kind.DECIMAL ? event.decimal(known) : null;
      Long integer = known.kind() == Field.Kind.DECIMAL ? null : event.integer(known);
      return decimal != null ? decimal : integer != null ? integer : random.nextInt(1_000);
    }
    OptionalDouble number = Numbers.parse(text(field));
    return number.isPresent() ? number.getAsDouble() : random.nextInt(1_000);
  }

  /** A text that some event has there, or else some text. */
  private String text(FieldRef field) {
    for (int i = 0; i < 8; i++) {
      String text = events.get(random.nextInt(events.size())).text(field);
      if (text != null) {
        return text;
      }
    }
    return "nothing";
  }
}
