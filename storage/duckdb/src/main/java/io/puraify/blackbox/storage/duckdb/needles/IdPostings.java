package io.puraify.blackbox.storage.duckdb.needles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * In which vectors of a segment an id may be: three bytes for each id of a vector, sorted by hash.
 *
 * <p>On disk, little-endian: the number of bits that choose a bucket; where each bucket begins, in
 * entries, and where the last one ends; the entries, 16 bits of the hash above 8 of the vector. A
 * bucket has some dozens, so that one id in a thousand that is not there seems to be in one vector.
 */
final class IdPostings {

  private static final int ENTRY_BYTES = 3;
  private static final int VECTOR_BITS = 8;
  private static final long VECTOR_MASK = (1 << VECTOR_BITS) - 1;
  private static final int BUCKET_ENTRIES = 64;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;

  /** Reads what {@link Builder#write} has written. */
  IdPostings(MemorySegment bytes) {
    this.bytes = bytes;
  }

  /** Sets the vectors in which an id with this hash may be. */
  void find(long hash, BitSet vectors) {
    int bits = bytes.get(INT, 0);
    long bucket = hash >>> (IdHash.BITS - bits);
    int from = bytes.get(INT, Integer.BYTES * (1 + bucket));
    int to = bytes.get(INT, Integer.BYTES * (2 + bucket));
    long entries = Integer.BYTES * (2L + (1L << bits));
    int wanted = (int) (hash >>> VECTOR_BITS) & 0xffff;
    for (int i = from; i < to; i++) {
      long at = entries + (long) i * ENTRY_BYTES;
      int rest =
          bytes.get(ValueLayout.JAVA_BYTE, at + 1) & 0xff
              | (bytes.get(ValueLayout.JAVA_BYTE, at + 2) & 0xff) << 8;
      if (rest == wanted) {
        vectors.set(bytes.get(ValueLayout.JAVA_BYTE, at) & 0xff);
      }
    }
  }

  /** Collects the ids of a segment. Not thread-safe. */
  static final class Builder {
    private long[] entries = new long[1 << 16];
    private int count;

    /**
     * Adds an id.
     *
     * @param vector in which it is, 0 to 255
     */
    void add(long hash, int vector) {
      if (count == entries.length) {
        entries = Arrays.copyOf(entries, count + (count >> 1));
      }
      entries[count++] = hash & ~VECTOR_MASK | vector;
    }

    byte[] write() {
      Arrays.sort(entries, 0, count);
      int distinct = distinct();
      int bits = Integer.SIZE - Integer.numberOfLeadingZeros(distinct / BUCKET_ENTRIES);
      ByteBuffer out =
          ByteBuffer.allocate(Integer.BYTES * (2 + (1 << bits)) + distinct * ENTRY_BYTES)
              .order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(bits);
      int entry = 0;
      for (long bucket = 0; bucket <= 1L << bits; bucket++) {
        while (entry < distinct && entries[entry] >>> (IdHash.BITS - bits) < bucket) {
          entry++;
        }
        out.putInt(entry);
      }
      for (int i = 0; i < distinct; i++) {
        long value = entries[i];
        out.put((byte) value).put((byte) (value >>> 8)).put((byte) (value >>> 16));
      }
      return out.array();
    }

    /** Drops what follows an equal one; returns how many are left. */
    private int distinct() {
      int kept = 0;
      for (int i = 0; i < count; i++) {
        if (i == 0 || entries[i] != entries[i - 1]) {
          entries[kept++] = entries[i];
        }
      }
      return kept;
    }
  }
}
