package io.puraify.blackbox.storage.duckdb.needles;

import io.puraify.blackbox.core.Field;
import java.nio.ByteBuffer;

/**
 * Collects what is to be known of rows that follow each other, in any order. Takes some fifty
 * megabytes. Not thread-safe.
 */
public final class SegmentBuilder {

  private final long first;
  private final int size;
  private final IdPostings.Builder ids = new IdPostings.Builder();
  private final WordPostings.Builder words = new WordPostings.Builder();
  private int rows;
  private long firstPosition;
  private long lastPosition;

  /**
   * @param first the number of the first row, the one behind the last that the index knows
   * @param size how many rows there are, 1 to {@link #MOST_ROWS}
   */
  public SegmentBuilder(long first, int size) {
    if (size < 1 || size > MOST_ROWS) {
      throw new IllegalArgumentException(
          "a segment has 1 to %d rows, not %d".formatted(MOST_ROWS, size));
    }
    this.first = first;
    this.size = size;
  }

  /** How many rows a segment has at most. */
  public static final int MOST_ROWS = NeedleSegment.MOST_ROWS;

  /** Takes note of a row and of the position of the event in it. */
  public void row(long row, long position) {
    rows++;
    if (row == first) {
      firstPosition = position;
    }
    if (row == first + size - 1) {
      lastPosition = position;
    }
  }

  /** Takes note of the value that a row has of one of the {@link NeedleIndex#IDS}. */
  public void id(long row, Field field, String value) {
    ids.add(IdHash.of(NeedleIndex.IDS.indexOf(field), value), vector(row));
  }

  /** Takes note of the value that a row has of one of the {@link NeedleIndex#TEXTS}. */
  public void text(long row, String value) {
    words.add(value, vector(row));
  }

  private int vector(long row) {
    return (int) (row - first) / RowRanges.VECTOR;
  }

  /** Whether every row was noted. */
  public boolean isComplete() {
    return rows == size;
  }

  ByteBuffer write() {
    return NeedleSegment.write(
        first, size, firstPosition, lastPosition, ids.write(), words.write());
  }
}
