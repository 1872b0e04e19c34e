package io.puraify.blackbox.core;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Some events, column by column, in the form in which the journal keeps them and consumers read
 * them: nothing is decoded that nobody asks for.
 *
 * <p>Layout, little-endian: format version (1 byte), number of columns (1), zero (2), rows (4),
 * time of receipt in microseconds (8); a directory with, for each column, the field's code (1), its
 * encoding (1), zero (2) and its length in bytes (4); then the columns.
 *
 * <p>Encodings:
 *
 * <ul>
 *   <li>{@code PLAIN}: the end of each row's text (4 each), then the texts
 *   <li>{@code LABELS}: number of entries (4), the end of each entry's text (4 each), the texts,
 *       then a number for each row (2 each): 0 for absent, else 1 + the entry
 *   <li>{@code LONGS}: 8 bytes each, {@link #ABSENT} for absent
 *   <li>{@code DOUBLES}: 8 bytes each, NaN for absent
 * </ul>
 *
 * <p>An absent text is one of length 0. A column of code {@link #FOLDS}, in {@code LONGS}, says
 * what stores keep as one: see {@link Folds}. Immutable; safe for any thread.
 */
public final class EventBlock {

  /** Stands for no value in a column of whole numbers. */
  public static final long ABSENT = Long.MIN_VALUE;

  /** Bounds the memory of one block; labels, at most one a row, are numbered with two bytes. */
  public static final int MAX_ROWS = 8_192;

  /** The code of the column that belongs to no field. */
  static final int FOLDS = 255;

  static final int FORMAT = 1;
  static final int HEADER_BYTES = 16;
  static final int DIRECTORY_BYTES = 8;

  static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle DOUBLE =
      MethodHandles.byteArrayViewVarHandle(double[].class, ByteOrder.LITTLE_ENDIAN);

  /** How a column is laid out; the code is part of the format. */
  enum Encoding {
    PLAIN(1),
    LABELS(2),
    LONGS(3),
    DOUBLES(4);

    final int code;

    Encoding(int code) {
      this.code = code;
    }

    static Encoding of(Field field) {
      return switch (field.kind()) {
        case LABEL -> LABELS;
        case ID, TEXT, JSON -> PLAIN;
        case TIME, INTEGER -> LONGS;
        case DECIMAL -> DOUBLES;
      };
    }
  }

  private final Position first;
  private final byte[] bytes;
  private final int rows;
  private final int[] starts = new int[Field.values().length];

  /** Where the column of folds starts, 0 without one. */
  private int folds;

  // Written at most once an element with equal content, so a race only repeats work.
  private final byte[][][] labels = new byte[Field.values().length][][];

  /**
   * Reads the form that {@link EventBlockBuilder#seal} made.
   *
   * @param first the position of the first row
   * @param bytes not copied: must not change from now on
   * @throws IllegalArgumentException where the bytes are no block
   */
  public EventBlock(Position first, byte[] bytes) {
    this.first = first;
    this.bytes = bytes;
    if (bytes.length < HEADER_BYTES || bytes[0] != FORMAT) {
      throw new IllegalArgumentException(
          "not an event block of format %d: %d bytes".formatted(FORMAT, bytes.length));
    }
    this.rows = (int) INT.get(bytes, 4);
    int columns = bytes[1] & 0xff;
    long start = HEADER_BYTES + (long) columns * DIRECTORY_BYTES;
    if (rows < 0 || rows > MAX_ROWS || start > bytes.length) {
      throw new IllegalArgumentException("a damaged event block: %d rows".formatted(rows));
    }
    for (int i = 0; i < columns; i++) {
      int entry = HEADER_BYTES + i * DIRECTORY_BYTES;
      int length = (int) INT.get(bytes, entry + 4);
      int code = bytes[entry] & 0xff;
      if (code == FOLDS) {
        folds = folds(start, length);
        start += length;
        continue;
      }
      Field field = Field.coded(code);
      if (field == null || Encoding.of(field).code != bytes[entry + 1]) {
        throw new IllegalArgumentException(
            "column %d of an event block is written by a newer version".formatted(i));
      }
      check(field, start, length);
      starts[field.ordinal()] = (int) start;
      start += length;
    }
  }

  private int folds(long start, int length) {
    if (length != 8L * rows || start + length > bytes.length) {
      throw new IllegalArgumentException("a damaged event block: its folds");
    }
    return (int) start;
  }

  /** The same block, in which some rows are folded into others. */
  public EventBlock with(Folds some) {
    return some.isEmpty() ? this : new EventBlock(first, some.addTo(bytes));
  }

  /** Whether stores keep some of the rows as one. */
  public boolean hasFolds() {
    return folds != 0;
  }

  /**
   * How many events a row stands for when it is stored: 1, or more where others are folded into it;
   * 0 where it is folded itself, and not stored.
   */
  public int storedCount(int row) {
    return folds == 0 ? 1 : Folds.count((long) LONG.get(bytes, folds + 8 * row));
  }

  /** Whether the row's value of a field is stored: not where those folded into it have others. */
  public boolean isStored(Field field, int row) {
    return folds == 0 || !Folds.differs((long) LONG.get(bytes, folds + 8 * row), field);
  }

  /** Makes sure that every later access stays inside its column. */
  private void check(Field field, long start, int length) {
    boolean valid = length >= 0 && start + length <= bytes.length;
    if (valid) {
      int at = (int) start;
      valid =
          switch (Encoding.of(field)) {
            case PLAIN -> ends(at, rows, length - 4L * rows);
            case LABELS -> labelled(at, length);
            case LONGS, DOUBLES -> length == 8L * rows;
          };
    }
    if (!valid) {
      throw new IllegalArgumentException("a damaged event block: column " + field.jsonName());
    }
  }

  private boolean labelled(int at, int length) {
    int count = length < 4 ? -1 : (int) INT.get(bytes, at);
    if (count < 0 || count > MAX_ROWS) {
      return false;
    }
    long texts = length - 4L - 4L * count - 2L * rows;
    if (!ends(at + 4, count, texts)) {
      return false;
    }
    int codes = at + length - 2 * rows;
    for (int row = 0; row < rows; row++) {
      if (((short) SHORT.get(bytes, codes + 2 * row) & 0xffff) > count) {
        return false;
      }
    }
    return true;
  }

  private boolean ends(int at, int count, long textBytes) {
    int before = 0;
    for (int i = 0; textBytes >= 0 && i < count; i++) {
      int end = (int) INT.get(bytes, at + 4 * i);
      if (end < before) {
        return false;
      }
      before = end;
    }
    return textBytes == before;
  }

  /** The position of the first row. */
  public Position first() {
    return first;
  }

  /** The position behind the last row. */
  public Position end() {
    return first.plus(rows);
  }

  public int rows() {
    return rows;
  }

  /** The block as the journal keeps it. Not a copy: must not be changed. */
  public byte[] encoded() {
    return bytes;
  }

  /** When Blackbox received the events, in microseconds since the epoch. */
  public long receivedAtMicros() {
    return (long) LONG.get(bytes, 8);
  }

  /** Whether any row may have a value of the field. */
  public boolean has(Field field) {
    return field == Field.RECEIVED_AT || starts[field.ordinal()] != 0;
  }

  /** The value of a field of kind {@code TIME} or {@code INTEGER}, or {@link #ABSENT}. */
  public long integer(Field field, int row) {
    if (field == Field.RECEIVED_AT) {
      return receivedAtMicros();
    }
    int start = starts[field.ordinal()];
    return start == 0 ? ABSENT : (long) LONG.get(bytes, start + 8 * row);
  }

  /** The value of a field of kind {@code DECIMAL}, or NaN for absent. */
  public double decimal(Field field, int row) {
    int start = starts[field.ordinal()];
    return start == 0 ? Double.NaN : (double) DOUBLE.get(bytes, start + 8 * row);
  }

  /**
   * Writes the texts of rows {@code from} to {@code from + count} to {@code into[at…]}, as UTF-8,
   * {@code null} for absent. The arrays may be shared between rows and must not be changed.
   */
  public void texts(Field field, int from, int count, byte[] @Nullable [] into, int at) {
    int start = starts[field.ordinal()];
    if (start == 0) {
      Arrays.fill(into, at, at + count, null);
    } else if (field.kind() == Field.Kind.LABEL) {
      byte[][] entries = labels(field, start);
      int codes = codes(start);
      for (int row = from; row < from + count; row++) {
        int code = (short) SHORT.get(bytes, codes + 2 * row) & 0xffff;
        into[at + row - from] = code == 0 ? null : entries[code - 1];
      }
    } else {
      int texts = start + 4 * rows;
      int begin = from == 0 ? 0 : (int) INT.get(bytes, start + 4 * (from - 1));
      for (int row = from; row < from + count; row++) {
        int end = (int) INT.get(bytes, start + 4 * row);
        into[at + row - from] =
            begin == end ? null : Arrays.copyOfRange(bytes, texts + begin, texts + end);
        begin = end;
      }
    }
  }

  /** One row's text as UTF-8, or {@code null} for absent. */
  public byte @Nullable [] text(Field field, int row) {
    byte[] @Nullable [] one = new byte[1][];
    texts(field, row, 1, one, 0);
    return one[0];
  }

  /** The length of one row's text in bytes, 0 for absent; of any kind of text but a label. */
  public int textLength(Field field, int row) {
    int start = starts[field.ordinal()];
    return start == 0 ? 0 : textEnd(start, row) - textEnd(start, row - 1);
  }

  /** Copies one row's text, of {@link #textLength} bytes, to {@code into[at…]}. */
  public void copyText(Field field, int row, byte[] into, int at) {
    int start = starts[field.ordinal()];
    int begin = textEnd(start, row - 1);
    System.arraycopy(bytes, start + 4 * rows + begin, into, at, textEnd(start, row) - begin);
  }

  private int textEnd(int start, int row) {
    return row < 0 ? 0 : (int) INT.get(bytes, start + 4 * row);
  }

  /** How many different labels a field of kind {@code LABEL} has in this block. */
  public int labelCount(Field field) {
    int start = starts[field.ordinal()];
    return start == 0 ? 0 : (int) INT.get(bytes, start);
  }

  /**
   * A label as UTF-8; must not be changed. Labels may be equal where normalising made them so.
   *
   * @param number 1 to {@link #labelCount}
   */
  public byte[] label(Field field, int number) {
    return labels(field, starts[field.ordinal()])[number - 1];
  }

  /** The numbers of all rows' labels, 0 for absent: for who looks at each label only once. */
  public void labelNumbers(Field field, int[] into) {
    int start = starts[field.ordinal()];
    if (start == 0) {
      Arrays.fill(into, 0, rows, 0);
      return;
    }
    int codes = codes(start);
    for (int row = 0; row < rows; row++) {
      into[row] = (short) SHORT.get(bytes, codes + 2 * row) & 0xffff;
    }
  }

  /** One row as an event, as it came. */
  public Event event(int row) {
    return build(row, Set.of()).build();
  }

  /** One row as it is stored, or nothing where it is folded into another. */
  public Optional<Event> stored(int row) {
    int count = storedCount(row);
    if (count == 0) {
      return Optional.empty();
    }
    Set<Field> left = EnumSet.noneOf(Field.class);
    Folds.IDS.stream().filter(id -> !isStored(id, row)).forEach(left::add);
    Event.Builder event = build(row, left);
    return Optional.of(count == 1 ? event.build() : event.set(Field.COUNT, count).build());
  }

  private Event.Builder build(int row, Set<Field> without) {
    Event.Builder event = Event.at(first.value() + row);
    for (Field field : Field.values()) {
      if (without.contains(field)) {
        continue;
      }
      switch (field.kind()) {
        case LABEL, ID, TEXT, JSON -> {
          byte[] text = text(field, row);
          if (text != null) {
            event.set(field, new String(text, StandardCharsets.UTF_8));
          }
        }
        case TIME, INTEGER -> {
          long value = integer(field, row);
          if (value != ABSENT) {
            event.set(field, value);
          }
        }
        case DECIMAL -> {
          double value = decimal(field, row);
          if (!Double.isNaN(value)) {
            event.set(field, value);
          }
        }
      }
    }
    return event;
  }

  private byte[][] labels(Field field, int start) {
    byte[][] entries = labels[field.ordinal()];
    if (entries == null) {
      int count = (int) INT.get(bytes, start);
      int texts = start + 4 + 4 * count;
      entries = new byte[count][];
      int begin = 0;
      for (int i = 0; i < count; i++) {
        int end = (int) INT.get(bytes, start + 4 + 4 * i);
        entries[i] = Arrays.copyOfRange(bytes, texts + begin, texts + end);
        begin = end;
      }
      labels[field.ordinal()] = entries;
    }
    return entries;
  }

  private int codes(int start) {
    int count = (int) INT.get(bytes, start);
    int textBytes = count == 0 ? 0 : (int) INT.get(bytes, start + 4 * count);
    return start + 4 + 4 * count + textBytes;
  }
}
