package io.puraify.blackbox.storage.duckdb.needles;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a needle index knows of some rows that follow each other.
 *
 * <p>On disk, little-endian: a header of {@link #HEADER_BYTES} with what is written by {@link
 * #header}, the {@link IdPostings}, the {@link WordPostings}. Safe for any thread.
 */
final class NeedleSegment {

  private static final Logger log = LoggerFactory.getLogger(NeedleSegment.class);

  static final int HEADER_BYTES = 56;

  /** So many that a byte numbers their vectors, and whole row groups of DuckDB. */
  static final int MOST_ROWS = 240 * RowRanges.VECTOR;

  /** The letters "needles" and the version of the format. */
  private static final long MAGIC = 0x02_73656c6465656eL;

  private final MemorySegment bytes;
  private final Header header;

  /** Found out when it is first asked for. */
  private volatile @Nullable Boolean sound;

  /**
   * What is at the start of each segment.
   *
   * @param first the number of the first row, ≥ 0
   * @param rows how many, 1 to {@link #MOST_ROWS}
   * @param firstPosition the position of the event in the first row
   * @param lastPosition that of the event in the last row
   * @param idBytes how many bytes the ids take
   * @param wordBytes how many the words take
   * @param checksum CRC-32C of both
   */
  record Header(
      long first,
      int rows,
      long firstPosition,
      long lastPosition,
      int idBytes,
      int wordBytes,
      int checksum) {

    /** The row behind the last one. */
    long end() {
      return first + rows;
    }

    private long bytes() {
      return (long) HEADER_BYTES + idBytes + wordBytes;
    }
  }

  private NeedleSegment(MemorySegment bytes, Header header) {
    this.bytes = bytes;
    this.header = header;
  }

  /** The segment that begins at an offset; {@code null} where there is no whole one. */
  static @Nullable NeedleSegment read(MemorySegment file, long at) {
    if (file.byteSize() - at < HEADER_BYTES) {
      return null;
    }
    ByteBuffer in = file.asSlice(at, HEADER_BYTES).asByteBuffer().order(ByteOrder.LITTLE_ENDIAN);
    if (in.getLong() != MAGIC) {
      return null;
    }
    Header header =
        new Header(
            in.getLong(),
            in.getInt(),
            in.getLong(),
            in.getLong(),
            in.getInt(),
            in.getInt(),
            in.getInt());
    int checked = in.position();
    if (in.getInt() != checksum(in.slice(0, checked)) || file.byteSize() - at < header.bytes()) {
      return null;
    }
    return new NeedleSegment(file.asSlice(at, header.bytes()), header);
  }

  /** The bytes of a segment. */
  static ByteBuffer write(
      long first, int rows, long firstPosition, long lastPosition, byte[] ids, byte[] words) {
    ByteBuffer out =
        ByteBuffer.allocate(HEADER_BYTES + ids.length + words.length)
            .order(ByteOrder.LITTLE_ENDIAN);
    out.position(HEADER_BYTES).put(ids).put(words);
    int checksum = checksum(out.slice(HEADER_BYTES, ids.length + words.length));
    out.position(0)
        .putLong(MAGIC)
        .putLong(first)
        .putInt(rows)
        .putLong(firstPosition)
        .putLong(lastPosition)
        .putInt(ids.length)
        .putInt(words.length)
        .putInt(checksum);
    int checked = out.position();
    return out.putInt(checksum(out.slice(0, checked))).position(0);
  }

  private static int checksum(ByteBuffer bytes) {
    CRC32C checksum = new CRC32C();
    checksum.update(bytes);
    return (int) checksum.getValue();
  }

  Header header() {
    return header;
  }

  long bytes() {
    return bytes.byteSize();
  }

  /** How many vectors it has, the last of them maybe not full. */
  int vectors() {
    return Math.ceilDiv(header.rows, RowRanges.VECTOR);
  }

  /** Whether it is as it was written. Reads all of it, once. */
  boolean isSound() {
    Boolean known = sound;
    if (known == null) {
      known = checksum(bytes.asSlice(HEADER_BYTES).asByteBuffer()) == header.checksum;
      if (!known) {
        log.warn(
            "the needle index of the rows {} to {} is damaged; they are searched without it",
            header.first,
            header.end() - 1);
      }
      sound = known;
    }
    return known;
  }

  IdPostings ids() {
    return new IdPostings(bytes.asSlice(HEADER_BYTES, header.idBytes));
  }

  WordPostings words() {
    return new WordPostings(bytes.asSlice(HEADER_BYTES + (long) header.idBytes));
  }
}
