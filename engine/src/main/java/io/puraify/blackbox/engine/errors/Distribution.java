package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Which values the main fields have, and how often. Of each, the first values are told apart, and
 * all others are counted together. Not safe for several threads.
 */
final class Distribution {

  static final List<Field> FIELDS =
      List.of(
          Field.STATUS,
          Field.SEVERITY,
          Field.ENGINE,
          Field.PLATFORM,
          Field.ACTION,
          Field.ERROR_TYPE,
          Field.ENVIRONMENT,
          Field.VERSION,
          Field.HOST);

  /** More are hosts or versions of which one knows enough. */
  static final int MOST_VALUES = 10;

  /** Longer ones are cut: a group's memory has a bound. */
  private static final int MOST_CHARACTERS = 128;

  /** Stands for the values that are not told apart; no label is like it. */
  static final String OTHER = "\0";

  private final Map<Field, Map<String, long[]>> values = new EnumMap<>(Field.class);

  void add(Field field, String value) {
    if (!value.isEmpty()) {
      add(field, value, 1);
    }
  }

  private void add(Field field, String value, long count) {
    Map<String, long[]> counts = values.computeIfAbsent(field, key -> new LinkedHashMap<>());
    String kept = value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
    long[] counter = counts.get(kept);
    if (counter == null) {
      String key = counts.size() < MOST_VALUES ? kept : OTHER;
      counter = counts.computeIfAbsent(key, missing -> new long[1]);
    }
    counter[0] += count;
  }

  void addAll(Distribution other) {
    other.values.forEach(
        (field, counts) -> counts.forEach((value, count) -> add(field, value, count[0])));
  }

  /** The counts of a field's values, {@link #OTHER} among them. */
  Map<String, Long> of(Field field) {
    Map<String, Long> counts = new LinkedHashMap<>();
    values.getOrDefault(field, Map.of()).forEach((value, count) -> counts.put(value, count[0]));
    return counts;
  }

  void write(DataOutput out) throws IOException {
    for (Field field : FIELDS) {
      Map<String, long[]> counts = values.getOrDefault(field, Map.of());
      out.writeByte(counts.size());
      for (Map.Entry<String, long[]> entry : counts.entrySet()) {
        out.writeUTF(entry.getKey());
        out.writeLong(entry.getValue()[0]);
      }
    }
  }

  void read(DataInput in) throws IOException {
    for (Field field : FIELDS) {
      int size = in.readUnsignedByte();
      Map<String, long[]> counts = new LinkedHashMap<>();
      for (int i = 0; i < size; i++) {
        counts.put(in.readUTF(), new long[] {in.readLong()});
      }
      if (size > 0) {
        values.put(field, counts);
      }
    }
  }
}
