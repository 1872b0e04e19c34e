package io.puraify.blackbox.core;

import java.util.Arrays;
import java.util.List;

/**
 * Which rows of a block stores keep as one: each such row is folded into an earlier one, which then
 * stands for both. The journal keeps all of them, so that whoever reads it counts and sees every
 * event; what is stored has the {@link Field#COUNT} instead.
 *
 * <p>It is part of the block, and so of the journal: whoever leaves events out or proves what is
 * stored reads the same, after a crash, under other settings and in later versions too. Filled by
 * one thread.
 *
 * <p>A row has a number: {@link EventBlock#ABSENT} for one that is stored as it is, 0 for one that
 * is folded; else its low 32 bits are how many events it stands for, and the bits from the 32nd on
 * say which of {@link #IDS} are not the same in all of them, and therefore not stored.
 */
public final class Folds {

  /**
   * What tells events of one kind apart. An event that stands for many would blame one user or one
   * session for all of them, so it has an id only where all have the same.
   */
  public static final List<Field> IDS =
      List.of(Field.USER_ID, Field.SESSION_ID, Field.RUN_ID, Field.TRACE_ID, Field.SPAN_ID);

  private static final int COUNT_BITS = 32;

  private final long[] values;
  private boolean empty = true;

  /** Folds nothing yet of a block with so many rows. */
  public Folds(int rows) {
    values = new long[rows];
    Arrays.fill(values, EventBlock.ABSENT);
  }

  /**
   * Folds a row into another.
   *
   * @param into an earlier row that is not folded itself
   */
  public void fold(int row, int into) {
    if (into >= row || count(values[into]) == 0 || count(values[row]) != 1) {
      throw new IllegalArgumentException("row %d cannot be folded into %d".formatted(row, into));
    }
    standFor(into, count(values[into]) + 1);
    values[row] = 0;
  }

  /**
   * Says how many events a row stands for; those that it has folded are then not in the block.
   *
   * @param count ≥ 1
   */
  public void standFor(int row, int count) {
    long differing = values[row] == EventBlock.ABSENT ? 0 : values[row] >>> COUNT_BITS;
    values[row] = differing << COUNT_BITS | count;
    empty = false;
  }

  /** Says that the events of a row differ in one of {@link #IDS}. */
  public void differ(int row, Field id) {
    values[row] |= bit(id);
  }

  /** Whether the events of a row are known to differ in one of {@link #IDS}. */
  public boolean differs(int row, Field id) {
    return differs(values[row], id);
  }

  boolean isEmpty() {
    return empty;
  }

  static int count(long value) {
    return value == EventBlock.ABSENT ? 1 : (int) value;
  }

  static boolean differs(long value, Field field) {
    return value != EventBlock.ABSENT && IDS.contains(field) && (value & bit(field)) != 0;
  }

  private static long bit(Field id) {
    return 1L << COUNT_BITS + IDS.indexOf(id);
  }

  /** A block's bytes with a column more, the last. */
  byte[] addTo(byte[] block) {
    int columns = block[1] & 0xff;
    int directory = EventBlock.HEADER_BYTES + columns * EventBlock.DIRECTORY_BYTES;
    int moved = EventBlock.DIRECTORY_BYTES;
    byte[] out = Arrays.copyOf(block, block.length + moved + Long.BYTES * values.length);
    System.arraycopy(block, directory, out, directory + moved, block.length - directory);
    out[1] = (byte) (columns + 1);
    Arrays.fill(out, directory, directory + moved, (byte) 0);
    out[directory] = (byte) EventBlock.FOLDS;
    out[directory + 1] = (byte) EventBlock.Encoding.LONGS.code;
    EventBlock.INT.set(out, directory + 4, Long.BYTES * values.length);
    for (int row = 0; row < values.length; row++) {
      EventBlock.LONG.set(out, block.length + moved + Long.BYTES * row, values[row]);
    }
    return out;
  }
}
