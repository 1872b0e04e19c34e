package io.puraify.blackbox.storage.contract;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Makes up events that are hard on a store: few values for each field, so that filters meet; every
 * field absent at times; equal times; letters whose cases are surprising; attributes whose names
 * have dots, quotes and escapes. The same random numbers give the same events. For one thread.
 */
public final class RandomEvents {

  /** The first moment that an event carries. */
  public static final Instant START = Instant.parse("2025-07-24T22:00:00Z");

  /** The names that attributes have, as paths of a filter. */
  static final List<String> PATHS =
      List.of(
          "region",
          "n",
          "a",
          "a.b",
          "a.b.c",
          "b",
          "c",
          "é",
          "quo\"te",
          "back\\slash",
          "a.",
          "İd",
          "list",
          "tab\tname",
          "missing");

  private static final List<String> WORDS =
      List.of(
          "slack",
          "Slack",
          "SLACK",
          "token expired",
          "straße",
          "STRASSE",
          "İstanbul",
          "istanbul",
          "ıstanbul",
          "ΟΔΥΣΣΕΥΣ",
          "οδυσσευς",
          "οδυσσευσ",
          "\u212Aelvin",
          "kelvin",
          "lon\u017F",
          "lons",
          "ǆungla",
          "ǅungla",
          "café",
          "cafe\u0301",
          "😀",
          "a.b",
          "a*b",
          "a\\b",
          "a\"b",
          "%",
          "_",
          "$1",
          "[x]",
          "(",
          "null",
          "true",
          "842",
          "842.0",
          "0.5",
          "-3e5",
          "line\nbreak",
          "tab\t",
          " ",
          "nul\u0000byte",
          "ﬃ",
          "Ａ",
          "\u0130",
          "\u1E9E",
          "2025-07-25T14:01:00Z");

  private static final double[] DECIMALS = {
    0, 0.5, 1, 842, 842.25, 0.1 + 0.2, 1e-7, 1e15, 1e22, 123456789.125, Double.MAX_VALUE
  };

  private static final long[] INTEGERS = {0, 1, 2, 3, 842, (1L << 53) + 1, Long.MAX_VALUE};

  private static final int DEEPEST = 4;

  /** An event in so many has no value of a field that it need not have. */
  private static final int ABSENT = 3;

  /** Blocks share their time of receipt; so many events on average do. */
  private static final int EVENTS_A_RECEIPT = 20;

  /** An event in so many stands for several, where some do. */
  private static final int COLLAPSED = 4;

  private final RandomGenerator random;
  private boolean collapsed;
  private long receivedAtMicros = Micros.of(START.plusSeconds(7_200));

  public RandomEvents(RandomGenerator random) {
    this.random = random;
  }

  /** Lets some of them stand for several, as only stored events do. */
  public RandomEvents collapsed() {
    collapsed = true;
    return this;
  }

  /**
   * The next events, at consecutive positions.
   *
   * @param firstPosition of the first
   * @param count how many
   */
  public List<Event> next(long firstPosition, int count) {
    List<Event> events = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      if (random.nextInt(EVENTS_A_RECEIPT) == 0) {
        receivedAtMicros += 1 + random.nextInt(5_000_000);
      }
      events.add(event(firstPosition + i));
    }
    return events;
  }

  private Event event(long position) {
    Event.Builder event = Event.at(position);
    event.set(Field.PROJECT_ID, "pf_" + random.nextInt(3));
    event.set(Field.RECEIVED_AT, receivedAtMicros);
    event.set(Field.TIMESTAMP, timestamp());
    for (Field field : Field.values()) {
      switch (field) {
        case PROJECT_ID, RECEIVED_AT, TIMESTAMP -> {}
        case COUNT -> {
          if (collapsed && random.nextInt(COLLAPSED) == 0) {
            event.set(field, 2L + random.nextInt(1_000));
          }
        }
        default -> {
          if (random.nextInt(ABSENT) > 0) {
            set(event, field);
          }
        }
      }
    }
    return event.build();
  }

  /** Four hours around midnight; often the very same moment. */
  private long timestamp() {
    long seconds = random.nextInt(4) == 0 ? 7_200 : random.nextInt(4 * 3_600);
    long micros = random.nextBoolean() ? 0 : random.nextInt(1_000_000);
    return Micros.of(START) + seconds * 1_000_000 + micros;
  }

  private void set(Event.Builder event, Field field) {
    switch (field.kind()) {
      case LABEL, ID -> event.set(field, word());
      case TEXT -> event.set(field, text());
      case JSON -> event.set(field, object(0));
      case INTEGER -> event.set(field, INTEGERS[random.nextInt(INTEGERS.length)]);
      case DECIMAL -> event.set(field, DECIMALS[random.nextInt(DECIMALS.length)]);
      case TIME -> event.set(field, timestamp());
    }
  }

  private String word() {
    return WORDS.get(random.nextInt(WORDS.size()));
  }

  private String text() {
    StringBuilder text = new StringBuilder(word());
    for (int i = random.nextInt(4); i > 0; i--) {
      text.append(' ').append(word());
    }
    return text.toString();
  }

  private String object(int depth) {
    StringBuilder json = new StringBuilder("{");
    for (int i = random.nextInt(5); i > 0; i--) {
      String name = PATHS.get(random.nextInt(PATHS.size() - 1));
      json.append(json.length() > 1 ? "," : "").append(string(name));
      json.append(random.nextInt(8) == 0 ? " : " : ":").append(value(depth + 1));
    }
    return json.append('}').toString();
  }

  private String value(int depth) {
    int kind = random.nextInt(depth < DEEPEST ? 8 : 6);
    return switch (kind) {
      case 0 -> "null";
      case 1 -> Boolean.toString(random.nextBoolean());
      case 2 -> List.of("0", "-0", "842", "842.0", "1.50", "-3e5", "1E400").get(random.nextInt(7));
      case 3 -> "[" + string(word()) + ",1]";
      case 4, 5 -> string(word());
      default -> object(depth);
    };
  }

  /** A JSON string in which some characters are escaped that need not be. */
  private String string(String text) {
    StringBuilder json = new StringBuilder("\"");
    text.codePoints().forEach(character -> append(json, character));
    return json.append('"').toString();
  }

  private void append(StringBuilder json, int character) {
    if (character == '"' || character == '\\') {
      json.append('\\').append((char) character);
    } else if (character < ' ' || random.nextInt(16) == 0) {
      for (char half : Character.toChars(character)) {
        json.append("\\u%04x".formatted((int) half));
      }
    } else {
      json.appendCodePoint(character);
    }
  }
}
