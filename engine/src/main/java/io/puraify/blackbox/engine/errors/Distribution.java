package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
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

  private static final byte[] NO_FIELDS = {};
  private static final String[] NO_VALUES = {};
  private static final long[] NO_COUNTS = {};

  // Side by side, in the order in which they came: a group has about eight, and there are many
  // groups.
  private byte[] fields = NO_FIELDS;
  private String[] values = NO_VALUES;
  private long[] counts = NO_COUNTS;
  private int size;

  void add(Field field, String value) {
    if (!value.isEmpty()) {
      add(FIELDS.indexOf(field), value, 1);
    }
  }

  private void add(int field, String value, long count) {
    String kept = cut(value);
    int at = find(field, kept);
    if (at < 0 && valuesOf(field) >= MOST_VALUES) {
      kept = OTHER;
      at = find(field, kept);
    }
    if (at < 0) {
      at = append(field, kept);
    }
    counts[at] += count;
  }

  /** A value as it is kept. */
  static String cut(String value) {
    return value.length() > MOST_CHARACTERS ? value.substring(0, MOST_CHARACTERS) : value;
  }

  private int find(int field, String value) {
    for (int i = 0; i < size; i++) {
      if (fields[i] == field && values[i].equals(value)) {
        return i;
      }
    }
    return -1;
  }

  private int valuesOf(int field) {
    int found = 0;
    for (int i = 0; i < size; i++) {
      found += fields[i] == field ? 1 : 0;
    }
    return found;
  }

  private int append(int field, String value) {
    if (size == values.length) {
      int more = size < 8 ? 8 : size + size / 2;
      fields = Arrays.copyOf(fields, more);
      values = Arrays.copyOf(values, more);
      counts = Arrays.copyOf(counts, more);
    }
    fields[size] = (byte) field;
    // Groups have the same few names in common.
    values[size] = value.intern();
    counts[size] = 0;
    return size++;
  }

  void addAll(Distribution other) {
    for (int i = 0; i < other.size; i++) {
      add(other.fields[i], other.values[i], other.counts[i]);
    }
  }

  /** The counts of a field's values, {@link #OTHER} among them. */
  Map<String, Long> of(Field field) {
    int wanted = FIELDS.indexOf(field);
    Map<String, Long> found = new LinkedHashMap<>();
    for (int i = 0; i < size; i++) {
      if (fields[i] == wanted) {
        found.put(values[i], counts[i]);
      }
    }
    return found;
  }

  /** What it takes in memory, about, without the names, which are shared. */
  int bytes() {
    return 64 + 13 * values.length;
  }

  void write(DataOutput out) throws IOException {
    out.writeByte(size);
    for (int i = 0; i < size; i++) {
      out.writeByte(fields[i]);
      out.writeUTF(values[i]);
      out.writeLong(counts[i]);
    }
  }

  void read(DataInput in) throws IOException {
    int stored = in.readUnsignedByte();
    for (int i = 0; i < stored; i++) {
      int at = append(in.readByte(), in.readUTF());
      counts[at] = in.readLong();
    }
  }
}
