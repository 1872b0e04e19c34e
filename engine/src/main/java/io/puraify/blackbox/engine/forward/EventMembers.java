package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.util.RawValue;

/** What destinations have in common: an event's fields as members of a JSON object. */
final class EventMembers {

  private EventMembers() {}

  /** Adds the fields that the event has, as the API shows them, but for some. */
  static void put(ObjectNode into, Event event, Set<Field> without) {
    for (Field field : Field.values()) {
      String text = without.contains(field) ? null : event.text(field);
      if (text != null) {
        switch (field.kind()) {
          case LABEL, ID, TEXT, TIME -> into.put(field.jsonName(), text);
          case DECIMAL, JSON -> into.putRawValue(field.jsonName(), new RawValue(text));
          case INTEGER -> {
            if (field == Field.TRUNCATED) {
              into.put(field.jsonName(), true);
            } else {
              into.putRawValue(field.jsonName(), new RawValue(text));
            }
          }
        }
      }
    }
  }

  /** Adds a member where there is a value. */
  static void put(ObjectNode into, String name, @Nullable String value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  /** What the event is about, in a few words. */
  static String message(Event event) {
    for (Field field : new Field[] {Field.MESSAGE, Field.ERROR_TYPE, Field.TYPE, Field.ACTION}) {
      String text = event.text(field);
      if (text != null) {
        return text;
      }
    }
    return "event of " + event.projectId();
  }

  /**
   * An item as JSON: with the event's attributes where these leave it small enough. What else an
   * event has takes less than half a megabyte.
   *
   * @param form makes the item, given the fields that are to be left out
   * @param most bytes
   */
  static byte[] bytes(Function<Set<Field>, ObjectNode> form, long most) {
    byte[] whole = JsonMapper.shared().writeValueAsBytes(form.apply(Set.of()));
    return whole.length <= most
        ? whole
        : JsonMapper.shared().writeValueAsBytes(form.apply(Set.of(Field.ATTRIBUTES)));
  }

  static byte[] gzip(byte[] bytes) {
    ByteArrayOutputStream zipped = new ByteArrayOutputStream(bytes.length / 4 + 64);
    try (GZIPOutputStream out = new GZIPOutputStream(zipped)) {
      out.write(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot fail to be written", e);
    }
    return zipped.toByteArray();
  }

  static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
