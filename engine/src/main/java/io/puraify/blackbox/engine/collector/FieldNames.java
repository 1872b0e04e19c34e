package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the field that a sender's key means, by the key's bytes. Immutable. */
final class FieldNames {

  /**
   * A key that means a field.
   *
   * @param rank 0 for the field's own name, higher for its aliases: where a sender uses several,
   *     the lowest rank counts and the others are kept as attributes
   */
  record Name(byte[] key, Field field, int rank) {}

  /** Objects that other conventions nest their fields in: {@code error: {type: …}}. */
  static final List<String> NESTED = List.of("error", "exception", "service", "user", "session");

  private final @Nullable Name[] table = new @Nullable Name[256];

  FieldNames() {
    for (Field field : Field.values()) {
      // Nobody but the collector says when an event was received or cut, or what it stands for.
      if (field != Field.RECEIVED_AT && field != Field.TRUNCATED && field != Field.COUNT) {
        add(field, field.jsonName());
      }
    }
    add(Field.TIMESTAMP, "@timestamp", "time", "ts");
    add(Field.SEVERITY, "level", "severity_text");
    add(Field.MESSAGE, "msg", "body", "error.message");
    add(Field.ERROR_TYPE, "error.type", "exception.type");
    add(Field.STACK_TRACE, "error.stack_trace", "exception.stacktrace");
    add(Field.ENGINE, "service.name");
    add(Field.VERSION, "service.version");
    add(Field.USER_ID, "user.id");
    add(Field.SESSION_ID, "session.id");
  }

  private void add(Field field, String... keys) {
    boolean own = keys[0].equals(field.jsonName());
    List<Name> names = new ArrayList<>();
    for (int i = 0; i < keys.length; i++) {
      byte[] key = keys[i].getBytes(StandardCharsets.UTF_8);
      names.add(new Name(key, field, own ? 0 : i + 1));
    }
    for (Name name : names) {
      int slot = slot(name.key, 0, name.key.length);
      while (table[slot] != null) {
        slot = (slot + 1) & (table.length - 1);
      }
      table[slot] = name;
    }
  }

  /** What the key {@code bytes[from, to)} means, or {@code null} where it is no field's. */
  @Nullable Name find(byte[] bytes, int from, int to) {
    int slot = slot(bytes, from, to);
    for (Name name = table[slot]; name != null; name = table[slot]) {
      if (Arrays.equals(name.key, 0, name.key.length, bytes, from, to)) {
        return name;
      }
      slot = (slot + 1) & (table.length - 1);
    }
    return null;
  }

  /** Mixes the length with the first, middle and last byte, which tell all our names apart well. */
  private int slot(byte[] bytes, int from, int to) {
    int length = to - from;
    if (length == 0) {
      return 0;
    }
    int hash = length * 31 + bytes[from];
    hash = hash * 31 + bytes[from + length / 2];
    hash = hash * 31 + bytes[to - 1];
    return (hash ^ hash >>> 8) & (table.length - 1);
  }
}
