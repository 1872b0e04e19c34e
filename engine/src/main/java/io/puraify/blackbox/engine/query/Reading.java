package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.ClosestName;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Problem;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Reads an object of a document member by member, and collects what is wrong with their places. For
 * one thread.
 */
public final class Reading {

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");

  private final JsonNode object;
  private final String pointer;
  private final List<Problem.Item> errors;
  private final List<String> known = new ArrayList<>();

  public Reading(JsonNode object, String pointer, List<Problem.Item> errors) {
    this.object = object;
    this.pointer = pointer;
    this.errors = errors;
    if (!object.isObject()) {
      errors.add(new Problem.Item(null, pointer, "a JSON object was expected"));
    }
  }

  /** Takes note of something that is wrong with a member. */
  public void error(String name, String detail) {
    errors.add(new Problem.Item(null, pointer + "/" + name, detail));
  }

  /** Whether a member is there. */
  public boolean has(String name) {
    known.add(name);
    return object.hasNonNull(name);
  }

  private JsonNode member(String name) {
    known.add(name);
    return object.path(name);
  }

  public String text(String name, String otherwise, int mostCharacters) {
    JsonNode value = member(name);
    if (value.isMissingNode() || value.isNull()) {
      return otherwise;
    }
    if (!value.isString() || value.asString().length() > mostCharacters) {
      error(name, "a text of at most %d characters was expected".formatted(mostCharacters));
      return otherwise;
    }
    return value.asString();
  }

  public boolean flag(String name, boolean otherwise) {
    JsonNode value = member(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      error(name, "true or false was expected");
      return otherwise;
    }
    return value.asBoolean();
  }

  public double number(String name, double otherwise, double least, double most) {
    JsonNode value = member(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    if (!value.isNumber() || value.asDouble() < least || value.asDouble() > most) {
      error(name, "a number from %s to %s was expected".formatted(plain(least), plain(most)));
      return otherwise;
    }
    return value.asDouble();
  }

  private static String plain(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }

  /** A span of time such as {@code 5m}. */
  public Duration span(String name, Duration otherwise, Duration least, Duration most) {
    JsonNode value = member(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    var span = SPAN.matcher(value.isString() ? value.asString() : "");
    Duration read = span.matches() ? unit(span.group(2)).multipliedBy(count(span)) : null;
    if (read == null || read.compareTo(least) < 0 || read.compareTo(most) > 0) {
      error(
          name,
          "a span of time from %s to %s such as 90s, 5m or 4h was expected"
              .formatted(spell(least), spell(most)));
      return otherwise;
    }
    return read;
  }

  private static long count(java.util.regex.Matcher span) {
    return Long.parseLong(span.group(1));
  }

  private static Duration unit(String unit) {
    return switch (unit) {
      case "ms" -> Duration.ofMillis(1);
      case "s" -> Duration.ofSeconds(1);
      case "m" -> Duration.ofMinutes(1);
      case "h" -> Duration.ofHours(1);
      default -> Duration.ofDays(1);
    };
  }

  /** A span as it is read. */
  public static String spell(Duration span) {
    long millis = span.toMillis();
    Map<String, Long> units = new java.util.LinkedHashMap<>();
    units.put("d", 86_400_000L);
    units.put("h", 3_600_000L);
    units.put("m", 60_000L);
    units.put("s", 1_000L);
    for (Map.Entry<String, Long> unit : units.entrySet()) {
      if (millis > 0 && millis % unit.getValue() == 0) {
        return millis / unit.getValue() + unit.getKey();
      }
    }
    return millis == 0 ? "0s" : millis + "ms";
  }

  /**
   * A moment such as {@code 2026-03-01T12:00:00Z}, or the beginning of a day such as {@code
   * 2026-03-01} (UTC), in microseconds since the epoch.
   */
  public long time(String name) {
    String text = text(name, "", 64);
    boolean day = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    try {
      return Micros.of(Instant.parse(day ? text + "T00:00:00Z" : text));
    } catch (DateTimeException e) {
      error(name, "a time such as 2026-03-01T12:00:00Z or 2026-03-01 was expected");
      return 0;
    }
  }

  public List<String> texts(String name, List<String> otherwise, int most) {
    JsonNode value = member(name);
    if (value.isMissingNode()) {
      return otherwise;
    }
    List<String> texts = new ArrayList<>();
    boolean good = value.isArray() && value.size() <= most;
    for (JsonNode each : good ? value : JsonNodeFactory.instance.arrayNode()) {
      good &= each.isString() && !each.asString().isBlank() && each.asString().length() <= 256;
      texts.add(each.asString(""));
    }
    if (!good) {
      error(name, "an array of at most %d texts was expected".formatted(most));
      return otherwise;
    }
    return texts;
  }

  /** An object whose values are texts. */
  public Map<String, String> map(String name, int most) {
    Map<String, String> texts = new TreeMap<>();
    JsonNode value = member(name);
    boolean good = value.isMissingNode() || value.isObject() && value.size() <= most;
    if (good && value.isObject()) {
      for (Map.Entry<String, JsonNode> each : value.properties()) {
        good &= each.getValue().isString() && each.getValue().asString().length() <= 1_024;
        texts.put(each.getKey(), each.getValue().asString(""));
      }
    }
    if (!good) {
      error(name, "an object of at most %d texts was expected".formatted(most));
    }
    return texts;
  }

  public <E extends Enum<E>> E oneOf(String name, Class<E> type, E otherwise) {
    String text = text(name, "", 100);
    if (text.isEmpty()) {
      return otherwise;
    }
    for (E each : type.getEnumConstants()) {
      if (each.name().toLowerCase(Locale.ROOT).equals(text)) {
        return each;
      }
    }
    error(
        name,
        "one of %s was expected"
            .formatted(
                Arrays.stream(type.getEnumConstants())
                    .map(each -> each.name().toLowerCase(Locale.ROOT))
                    .toList()));
    return otherwise;
  }

  /** The objects of an array, each read with its place. */
  public <T> List<T> objects(String name, int most, BiFunction<Reading, Integer, T> reader) {
    JsonNode value = member(name);
    List<T> read = new ArrayList<>();
    if (value.isMissingNode()) {
      return read;
    }
    if (!value.isArray() || value.size() > most) {
      error(name, "an array of at most %d objects was expected".formatted(most));
      return read;
    }
    for (int i = 0; i < value.size(); i++) {
      Reading each = new Reading(value.get(i), pointer + "/" + name + "/" + i, errors);
      read.add(reader.apply(each, i));
      each.refuseUnknown();
    }
    return read;
  }

  /** The field of a name that a member gives; another one where there is none, which is wrong. */
  public FieldRef field(String member, String name) {
    Optional<FieldRef> found = FieldName.find(name);
    boolean whole =
        found.isPresent()
            && found.get() instanceof FieldRef.Known(Field known)
            && known.kind() == Field.Kind.JSON;
    if (found.isPresent() && !whole) {
      return found.get();
    }
    error(member, "there is no field '%s'; other names are attributes.%s".formatted(name, name));
    return new FieldRef.Known(Field.PROJECT_ID);
  }

  /** An object inside of this one; an empty one where there is none. */
  public Reading object(String name) {
    JsonNode value = member(name);
    return new Reading(
        value.isMissingNode() ? JsonNodeFactory.instance.objectNode() : value,
        pointer + "/" + name,
        errors);
  }

  /** Says which members nobody knows. */
  public void refuseUnknown() {
    for (String name : object.isObject() ? object.propertyNames() : List.<String>of()) {
      if (!known.contains(name)) {
        error(name, "there is no such member%s".formatted(ClosestName.hint(name, known)));
      }
    }
  }
}
