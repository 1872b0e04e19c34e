package io.puraify.blackbox.storage.duckdb.needles;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.BitSet;

/**
 * In which vectors of a segment a word may be.
 *
 * <p>On disk, little-endian: the number of words; the vectors in which any word may be, as 256
 * bits; where each word begins among the letters, and where the last one ends; where each word's
 * vectors begin, and where the last one's end; the letters; the vectors, as 256 bits or a byte
 * each, whichever is shorter.
 */
final class WordPostings {

  /** Shorter ones are in nearly every vector. */
  static final int SHORTEST = 3;

  /** Longer ones are no words, but keys and the like. */
  static final int LONGEST = 40;

  /** More different ones are no words either; their vectors count for every word. */
  private static final int MOST = 1 << 16;

  private static final int BITMAP_BYTES = 32;

  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final MemorySegment bytes;
  private final int words;
  private final long wordOffsets = Integer.BYTES + (long) BITMAP_BYTES;
  private final long vectorOffsets;
  private final long letters;
  private final long vectors;

  /** Reads what {@link Builder#write} has written. */
  WordPostings(MemorySegment bytes) {
    this.bytes = bytes;
    this.words = bytes.get(INT, 0);
    this.vectorOffsets = wordOffsets + Integer.BYTES * (words + 1L);
    this.letters = vectorOffsets + Integer.BYTES * (words + 1L);
    this.vectors = letters + bytes.get(INT, wordOffsets + Integer.BYTES * (long) words);
  }

  /** Sets the vectors in which a word like this may be. */
  void find(WordPattern pattern, BitSet into) {
    addBitmap(Integer.BYTES, into);
    for (int word = 0; word < words; word++) {
      int from = bytes.get(INT, wordOffsets + Integer.BYTES * (long) word);
      int to = bytes.get(INT, wordOffsets + Integer.BYTES * (word + 1L));
      if (pattern.matches(bytes, letters + from, to - from)) {
        addVectors(word, into);
      }
    }
  }

  private void addVectors(int word, BitSet into) {
    int from = bytes.get(INT, vectorOffsets + Integer.BYTES * (long) word);
    int to = bytes.get(INT, vectorOffsets + Integer.BYTES * (word + 1L));
    if (to - from == BITMAP_BYTES) {
      addBitmap(vectors + from, into);
    } else {
      for (int at = from; at < to; at++) {
        into.set(bytes.get(ValueLayout.JAVA_BYTE, vectors + at) & 0xff);
      }
    }
  }

  private void addBitmap(long at, BitSet into) {
    into.or(BitSet.valueOf(bytes.asSlice(at, BITMAP_BYTES).asByteBuffer()));
  }

  /** Collects the words of a segment. Not thread-safe. */
  static final class Builder implements Words.Sink {
    private static final int BITMAP_LONGS = BITMAP_BYTES / Long.BYTES;

    /**
     * One of the primes for which multiplying mixes well: Knuth's, near 2^32 over the golden ratio.
     */
    private static final int MULTIPLIER = 0x9e3779b1;

    private final byte[] word = new byte[LONGEST];
    private int length;
    private int hash;
    private int vector;

    /** The number of a word, plus one, where its hash and the next ones lead; 0 where none is. */
    private final int[] table = new int[MOST * 2];

    private int count;
    private byte[] letters = new byte[1 << 16];
    private int[] begins = new int[1 << 10];
    private long[] bitmaps = new long[BITMAP_LONGS << 10];
    private final long[] any = new long[BITMAP_LONGS];

    /**
     * Adds the words of a text.
     *
     * @param vector in which it is, 0 to 255
     */
    void add(String text, int vector) {
      this.vector = vector;
      Words.of(text, this);
    }

    @Override
    public void letter(byte letter) {
      if (length < LONGEST) {
        word[length] = letter;
        hash = hash * 31 + letter;
      }
      length++;
    }

    @Override
    public void end(boolean start, boolean end) {
      if (length > LONGEST) {
        set(any, 0);
      } else if (length >= SHORTEST) {
        add(word, length, hash);
      }
      length = 0;
      hash = 0;
    }

    /** They come between the letters of a run, and leave that as it is. */
    @Override
    public void gram(byte[] hash) {
      add(hash, hash.length, (hash[0] * 31 + hash[1]) * 31 + hash[2]);
    }

    private void add(byte[] word, int length, int hash) {
      int place =
          hash * MULTIPLIER >>> (Integer.SIZE - Integer.numberOfTrailingZeros(table.length));
      while (table[place] != 0) {
        int known = table[place] - 1;
        if (Arrays.equals(letters, begins[known], begins[known + 1], word, 0, length)) {
          set(bitmaps, known);
          return;
        }
        place = (place + 1) % table.length;
      }
      if (count == MOST) {
        set(any, 0);
      } else {
        table[place] = count + 1;
        append(word, length);
        set(bitmaps, count);
        count++;
      }
    }

    private void append(byte[] word, int length) {
      int begin = begins[count];
      if (begin + length > letters.length) {
        letters = Arrays.copyOf(letters, letters.length * 2);
      }
      if (count + 2 > begins.length) {
        begins = Arrays.copyOf(begins, begins.length * 2);
        bitmaps = Arrays.copyOf(bitmaps, bitmaps.length * 2);
      }
      System.arraycopy(word, 0, letters, begin, length);
      begins[count + 1] = begin + length;
    }

    private void set(long[] longs, int bitmap) {
      longs[bitmap * BITMAP_LONGS + vector / Long.SIZE] |= 1L << vector;
    }

    byte[] write() {
      ByteBuffer vectors = vectors();
      int size = Integer.BYTES * (3 + 2 * count) + BITMAP_BYTES + begins[count] + vectors.limit();
      ByteBuffer out = ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
      out.putInt(count);
      for (long bits : any) {
        out.putLong(bits);
      }
      for (int word = 0; word <= count; word++) {
        out.putInt(begins[word]);
      }
      int end = 0;
      for (int word = 0; word <= count; word++) {
        out.putInt(end);
        end += word < count ? vectorBytes(word) : 0;
      }
      return out.put(letters, 0, begins[count]).put(vectors).array();
    }

    private ByteBuffer vectors() {
      ByteBuffer vectors = ByteBuffer.allocate(count * BITMAP_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      for (int word = 0; word < count; word++) {
        int from = word * BITMAP_LONGS;
        if (vectorBytes(word) == BITMAP_BYTES) {
          for (int i = 0; i < BITMAP_LONGS; i++) {
            vectors.putLong(bitmaps[from + i]);
          }
        } else {
          BitSet.valueOf(Arrays.copyOfRange(bitmaps, from, from + BITMAP_LONGS)).stream()
              .forEach(set -> vectors.put((byte) set));
        }
      }
      return vectors.flip();
    }

    private int vectorBytes(int word) {
      int set = 0;
      for (int i = 0; i < BITMAP_LONGS; i++) {
        set += Long.bitCount(bitmaps[word * BITMAP_LONGS + i]);
      }
      return Math.min(set, BITMAP_BYTES);
    }
  }
}
