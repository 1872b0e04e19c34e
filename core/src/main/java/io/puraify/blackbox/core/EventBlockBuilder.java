package io.puraify.blackbox.core;

import static io.puraify.blackbox.core.EventBlock.ABSENT;
import static io.puraify.blackbox.core.EventBlock.DIRECTORY_BYTES;
import static io.puraify.blackbox.core.EventBlock.DOUBLE;
import static io.puraify.blackbox.core.EventBlock.HEADER_BYTES;
import static io.puraify.blackbox.core.EventBlock.INT;
import static io.puraify.blackbox.core.EventBlock.LONG;
import static io.puraify.blackbox.core.EventBlock.MAX_ROWS;
import static io.puraify.blackbox.core.EventBlock.SHORT;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * Fills the columns of an {@link EventBlock} event by event, copying bytes and making no objects.
 *
 * <p>Values are set for the event at hand, again if need be (the last one counts), until {@link
 * #endRow} keeps it or {@link #dropRow} forgets it. Reused from block to block; not safe for
 * several threads.
 */
public final class EventBlockBuilder {

  private final Column[] columns = new Column[Field.values().length];
  private int rows;

  // The fields that were set for the event at hand, a bit each by their ordinals.
  private long touched;

  /** Builds blocks whose labels are taken as they are given. */
  public EventBlockBuilder() {
    this((field, label) -> label);
  }

  /**
   * Builds blocks whose labels are normalised.
   *
   * @param normalise what becomes of a label, given the field and the bytes that were set; asked
   *     once for each different label of a block
   */
  public EventBlockBuilder(BiFunction<Field, byte[], byte[]> normalise) {
    for (Field field : Field.values()) {
      columns[field.ordinal()] =
          switch (EventBlock.Encoding.of(field)) {
            case PLAIN -> new Plain();
            case LABELS -> new Labels(label -> normalise.apply(field, label));
            case LONGS -> new Longs();
            case DOUBLES -> new Doubles();
          };
    }
  }

  /** Events kept so far. */
  public int rows() {
    return rows;
  }

  /** Roughly the size of the block if it were sealed now. */
  public int bytes() {
    int bytes = HEADER_BYTES;
    for (Column column : columns) {
      bytes += column.bytes(rows);
    }
    return bytes;
  }

  /** Sets a text of any kind but {@code LABEL}, as UTF-8. */
  public void text(Field field, byte[] source, int from, int to) {
    ((Plain) touch(field)).set(source, from, to);
  }

  /**
   * Sets a label, as UTF-8.
   *
   * @return the label's number in this block, from 1; the same for the same bytes
   */
  public int label(Field field, byte[] source, int from, int to) {
    return ((Labels) touch(field)).set(source, from, to);
  }

  /** What the label of this number became after normalising. Must not be changed. */
  public byte[] labelValue(Field field, int number) {
    return ((Labels) columns[field.ordinal()]).value(number);
  }

  /** Sets a time or a whole number. */
  public void integer(Field field, long value) {
    ((Longs) touch(field)).value = value;
  }

  /** Sets a decimal number. */
  public void decimal(Field field, double value) {
    ((Doubles) touch(field)).value = value;
  }

  private Column touch(Field field) {
    touched |= 1L << field.ordinal();
    return columns[field.ordinal()];
  }

  /**
   * Sets a field as an event has it; nothing where it has none, nor for an id that was assigned and
   * the time of receipt, which are no values of a row.
   */
  public void set(Field field, Event event) {
    switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> {
        String text = event.given(field);
        if (text != null) {
          set(field, text.getBytes(StandardCharsets.UTF_8));
        }
      }
      case TIME, INTEGER -> {
        Long value = field == Field.RECEIVED_AT ? null : event.integer(field);
        if (value != null) {
          integer(field, value);
        }
      }
      case DECIMAL -> {
        Double value = event.decimal(field);
        if (value != null) {
          decimal(field, value);
        }
      }
    }
  }

  private void set(Field field, byte[] utf8) {
    if (field.kind() == Field.Kind.LABEL) {
      var _ = label(field, utf8, 0, utf8.length);
    } else {
      text(field, utf8, 0, utf8.length);
    }
  }

  /** Takes back the value of the event at hand. */
  public void unset(Field field) {
    columns[field.ordinal()].dropRow();
  }

  /** Whether the event at hand has a value of the field. */
  public boolean isSet(Field field) {
    return columns[field.ordinal()].isSet();
  }

  /** Keeps the event at hand. */
  public void endRow() {
    if (rows == MAX_ROWS) {
      throw new IllegalStateException("a block has at most " + MAX_ROWS + " rows");
    }
    for (long left = touched; left != 0; left &= left - 1) {
      columns[Long.numberOfTrailingZeros(left)].endRow(rows);
    }
    touched = 0;
    rows++;
  }

  /** Forgets the event at hand. */
  public void dropRow() {
    for (long left = touched; left != 0; left &= left - 1) {
      columns[Long.numberOfTrailingZeros(left)].dropRow();
    }
    touched = 0;
  }

  /** Makes the block of all events kept, and starts over with none. */
  public byte[] seal(long receivedAtMicros) {
    int used = 0;
    int size = HEADER_BYTES;
    for (Column column : columns) {
      if (column.used()) {
        used++;
        size += DIRECTORY_BYTES + column.bytes(rows);
      }
    }
    byte[] out = new byte[size];
    out[0] = EventBlock.FORMAT;
    out[1] = (byte) used;
    INT.set(out, 4, rows);
    LONG.set(out, 8, receivedAtMicros);
    int entry = HEADER_BYTES;
    int at = HEADER_BYTES + used * DIRECTORY_BYTES;
    for (Field field : Field.values()) {
      Column column = columns[field.ordinal()];
      if (column.used()) {
        int length = column.bytes(rows);
        out[entry] = (byte) field.code();
        out[entry + 1] = (byte) EventBlock.Encoding.of(field).code;
        INT.set(out, entry + 4, length);
        column.write(out, at, rows);
        entry += DIRECTORY_BYTES;
        at += length;
      }
      column.clear();
    }
    rows = 0;
    return out;
  }

  /** One column of the block at hand. */
  private abstract static sealed class Column {
    abstract boolean isSet();

    /** Whether any kept row has a value. */
    abstract boolean used();

    abstract void endRow(int row);

    abstract void dropRow();

    /** Encoded length with {@code rows} rows. */
    abstract int bytes(int rows);

    abstract void write(byte[] out, int at, int rows);

    abstract void clear();
  }

  private static final class Plain extends Column {
    private byte[] texts = new byte[256];
    private int[] ends = new int[64];
    private int begin;
    private int length;
    private int filled;

    void set(byte[] source, int from, int to) {
      int size = to - from;
      if (begin + size > texts.length) {
        texts = Arrays.copyOf(texts, Math.max(begin + size, texts.length * 2));
      }
      System.arraycopy(source, from, texts, begin, size);
      length = begin + size;
    }

    @Override
    boolean isSet() {
      return length > begin;
    }

    @Override
    boolean used() {
      return begin > 0;
    }

    @Override
    void endRow(int row) {
      if (length > begin) {
        fill(row);
        begin = length;
      }
    }

    /** Rows before {@code row} that had no value end where the last value ended. */
    private void fill(int row) {
      if (row > ends.length) {
        ends = Arrays.copyOf(ends, Math.max(row, ends.length * 2));
      }
      Arrays.fill(ends, filled, row, begin);
      filled = row;
    }

    @Override
    void dropRow() {
      length = begin;
    }

    @Override
    int bytes(int rows) {
      return used() ? 4 * rows + begin : 0;
    }

    @Override
    void write(byte[] out, int at, int rows) {
      fill(rows);
      for (int row = 0; row < rows; row++) {
        INT.set(out, at + 4 * row, ends[row]);
      }
      System.arraycopy(texts, 0, out, at + 4 * rows, begin);
    }

    @Override
    void clear() {
      begin = 0;
      length = 0;
      filled = 0;
    }
  }

  private static final class Labels extends Column {
    private final UnaryOperator<byte[]> normalise;
    private byte[][] given = new byte[16][];
    private byte[][] values = new byte[16][];
    private int count;
    private int textBytes;
    private int[] table = new int[32];
    private short[] numbers = new short[64];
    private int filled;
    private int current;
    private int last;
    private boolean added;

    Labels(UnaryOperator<byte[]> normalise) {
      this.normalise = normalise;
    }

    int set(byte[] source, int from, int to) {
      retract();
      // Senders repeat themselves: the label of the row before is the best guess.
      if (last != 0 && equal(given[last - 1], source, from, to)) {
        current = last;
        return current;
      }
      int slot = slot(source, from, to);
      while (table[slot] != 0) {
        if (equal(given[table[slot] - 1], source, from, to)) {
          current = table[slot];
          return current;
        }
        slot = (slot + 1) & (table.length - 1);
      }
      current = add(Arrays.copyOfRange(source, from, to));
      table[slot] = current;
      added = true;
      if (count * 2 > table.length) {
        grow();
      }
      return current;
    }

    /**
     * Takes back a label that only the event at hand has used, so that there are never more labels
     * than rows. It is the one added last, so no other's search leads past its slot.
     */
    private void retract() {
      if (added) {
        byte[] label = given[count - 1];
        int slot = slot(label, 0, label.length);
        while (table[slot] != count) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = 0;
        count--;
        textBytes -= values[count].length;
        added = false;
      }
      current = 0;
    }

    byte[] value(int number) {
      return values[number - 1];
    }

    private int add(byte[] label) {
      if (count == given.length) {
        given = Arrays.copyOf(given, count * 2);
        values = Arrays.copyOf(values, count * 2);
      }
      given[count] = label;
      values[count] = normalise.apply(label);
      textBytes += values[count].length;
      count++;
      return count;
    }

    private void grow() {
      table = new int[table.length * 2];
      for (int number = 1; number <= count; number++) {
        byte[] label = given[number - 1];
        int slot = slot(label, 0, label.length);
        while (table[slot] != 0) {
          slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = number;
      }
    }

    private int slot(byte[] source, int from, int to) {
      long hash = (long) to - from;
      int at = from;
      for (; at + Long.BYTES <= to; at += Long.BYTES) {
        hash = (hash ^ (long) LONG.get(source, at)) * 0x9e3779b97f4a7c15L;
        hash ^= hash >>> 32;
      }
      for (; at < to; at++) {
        hash = (hash ^ source[at]) * 0x9e3779b97f4a7c15L;
      }
      return (int) (hash >>> 40) & (table.length - 1);
    }

    private static boolean equal(byte[] label, byte[] source, int from, int to) {
      return Arrays.equals(label, 0, label.length, source, from, to);
    }

    @Override
    boolean isSet() {
      return current != 0;
    }

    @Override
    boolean used() {
      return filled > 0;
    }

    @Override
    void endRow(int row) {
      if (current != 0) {
        fill(row);
        numbers[row] = (short) current;
        filled = row + 1;
        last = current;
        current = 0;
        added = false;
      }
    }

    private void fill(int row) {
      if (row >= numbers.length) {
        numbers = Arrays.copyOf(numbers, Math.max(row + 1, numbers.length * 2));
      }
      Arrays.fill(numbers, filled, row, (short) 0);
    }

    @Override
    void dropRow() {
      retract();
    }

    @Override
    int bytes(int rows) {
      return used() ? 4 + 4 * count + textBytes + 2 * rows : 0;
    }

    @Override
    void write(byte[] out, int at, int rows) {
      fill(rows);
      INT.set(out, at, count);
      int text = at + 4 + 4 * count;
      int end = 0;
      for (int i = 0; i < count; i++) {
        System.arraycopy(values[i], 0, out, text + end, values[i].length);
        end += values[i].length;
        INT.set(out, at + 4 + 4 * i, end);
      }
      for (int row = 0; row < rows; row++) {
        SHORT.set(out, text + end + 2 * row, numbers[row]);
      }
    }

    @Override
    void clear() {
      if (count > 0) {
        Arrays.fill(given, 0, count, null);
        Arrays.fill(values, 0, count, null);
        Arrays.fill(table, 0);
      }
      count = 0;
      textBytes = 0;
      filled = 0;
      current = 0;
      last = 0;
      added = false;
    }
  }

  private static final class Longs extends Column {
    private long[] values = new long[64];
    private long value = ABSENT;
    private int filled;

    @Override
    boolean isSet() {
      return value != ABSENT;
    }

    @Override
    boolean used() {
      return filled > 0;
    }

    @Override
    void endRow(int row) {
      if (value != ABSENT) {
        fill(row);
        values[row] = value;
        filled = row + 1;
        value = ABSENT;
      }
    }

    private void fill(int row) {
      if (row >= values.length) {
        values = Arrays.copyOf(values, Math.max(row + 1, values.length * 2));
      }
      Arrays.fill(values, filled, row, ABSENT);
    }

    @Override
    void dropRow() {
      value = ABSENT;
    }

    @Override
    int bytes(int rows) {
      return used() ? 8 * rows : 0;
    }

    @Override
    void write(byte[] out, int at, int rows) {
      fill(rows);
      for (int row = 0; row < rows; row++) {
        LONG.set(out, at + 8 * row, values[row]);
      }
    }

    @Override
    void clear() {
      filled = 0;
      value = ABSENT;
    }
  }

  private static final class Doubles extends Column {
    private double[] values = new double[64];
    private double value = Double.NaN;
    private int filled;

    @Override
    boolean isSet() {
      return !Double.isNaN(value);
    }

    @Override
    boolean used() {
      return filled > 0;
    }

    @Override
    void endRow(int row) {
      if (isSet()) {
        fill(row);
        values[row] = value;
        filled = row + 1;
        value = Double.NaN;
      }
    }

    private void fill(int row) {
      if (row >= values.length) {
        values = Arrays.copyOf(values, Math.max(row + 1, values.length * 2));
      }
      Arrays.fill(values, filled, row, Double.NaN);
    }

    @Override
    void dropRow() {
      value = Double.NaN;
    }

    @Override
    int bytes(int rows) {
      return used() ? 8 * rows : 0;
    }

    @Override
    void write(byte[] out, int at, int rows) {
      fill(rows);
      for (int row = 0; row < rows; row++) {
        DOUBLE.set(out, at + 8 * row, values[row]);
      }
    }

    @Override
    void clear() {
      filled = 0;
      value = Double.NaN;
    }
  }
}
