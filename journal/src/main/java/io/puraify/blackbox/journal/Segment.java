package io.puraify.blackbox.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal, named by its first position: a header, then frames.
 *
 * <p>The header is {@code BBXJRNL1} and the first position (8 bytes each, little-endian), then
 * their CRC-32C (4).
 *
 * <p>A segment ends where the next one begins. What lies behind that was written once, but not
 * synced, and was given up. Zeros behind the last frame are room for more.
 */
final class Segment {

  static final String SUFFIX = ".seg";
  static final int HEADER_BYTES = 20;

  private static final long MAGIC = 0x314c4e524a584242L;

  private final Path path;
  private final long first;
  private volatile long size;

  Segment(Path path, long first, long size) {
    this.path = path;
    this.first = first;
    this.size = size;
  }

  static Path path(Path folder, long first) {
    return folder.resolve("%020d".formatted(first) + SUFFIX);
  }

  /** The position that a file's name says, or nothing where it is no segment's name. */
  static OptionalLong firstOf(Path path) {
    String name = path.getFileName().toString();
    if (!name.matches("[0-9]{20}\\" + SUFFIX)) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(Long.parseLong(name.substring(0, 20)));
    } catch (NumberFormatException e) {
      return OptionalLong.empty();
    }
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  /** Its length, with what is written and not synced yet. */
  long size() {
    return size;
  }

  void setSize(long size) {
    this.size = size;
  }

  static ByteBuffer header(long first) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putLong(first);
    return header.putInt(Frame.checksum(header.slice(0, 16))).flip();
  }

  /** What verifying a segment found. */
  sealed interface Verdict {
    /** Where the frames end, in bytes and in events; behind them are at most zeros. */
    record Whole(long bytes, long end) implements Verdict {}

    /** Behind the valid part lies something that was never synced. */
    record Torn(long bytes, long end) implements Verdict {}

    /** Something that was synced once is not what it was. */
    record Damaged(long offset, String fact) implements Verdict {}
  }

  /**
   * Reads a segment from its start to its end and checks every byte.
   *
   * @param first the position that its name says
   * @param limit where the next segment begins; {@link Long#MAX_VALUE} where this is the last
   */
  static Verdict verify(Path path, long first, long limit) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        return new Verdict.Damaged(0, "it is longer than a segment can be");
      }
      ByteBuffer in = ByteBuffer.allocate((int) size);
      readFully(channel, in, 0);
      return verify(in.flip(), first, limit);
    }
  }

  static Verdict verify(ByteBuffer bytes, long first, long limit) {
    ByteBuffer in = bytes.order(ByteOrder.LITTLE_ENDIAN);
    if (in.limit() < HEADER_BYTES || !in.slice(0, HEADER_BYTES).equals(header(first))) {
      // The header is synced before anything follows it.
      return in.limit() > HEADER_BYTES
          ? new Verdict.Damaged(0, "its header is damaged, or the file was renamed")
          : new Verdict.Torn(0, first);
    }
    int at = HEADER_BYTES;
    long position = first;
    while (at < in.limit() && position < limit) {
      Frame frame = validFrame(in, at);
      if (frame == null && zeros(in, at)) {
        return new Verdict.Whole(at, position);
      }
      if (frame == null || frame.first() != position) {
        return broken(in, at, position);
      }
      at = frame.end(at);
      position += frame.events();
    }
    if (position > limit) {
      return new Verdict.Damaged(
          at, "it holds positions up to %d, but the next begins at %d".formatted(position, limit));
    }
    return at == in.limit() ? new Verdict.Whole(at, position) : new Verdict.Torn(at, position);
  }

  private static boolean zeros(ByteBuffer in, int from) {
    int at = from;
    while (at + Long.BYTES <= in.limit() && in.getLong(at) == 0) {
      at += Long.BYTES;
    }
    while (at < in.limit() && in.get(at) == 0) {
      at++;
    }
    return at == in.limit();
  }

  private static Verdict broken(ByteBuffer in, int at, long position) {
    OptionalInt later = recordBehind(in, at, position);
    return later.isPresent()
        ? new Verdict.Damaged(
            at,
            "the record there was whole when the one at %d was written".formatted(later.getAsInt()))
        : new Verdict.Torn(at, position);
  }

  private static @Nullable Frame validFrame(ByteBuffer in, int at) {
    Frame frame = Frame.at(in, at);
    int payload = at + Frame.HEADER_BYTES;
    boolean valid =
        frame != null
            && frame.length() <= in.limit() - payload
            && Frame.checksum(in.slice(payload, frame.length())) == frame.payloadChecksum();
    return valid ? frame : null;
  }

  /** A valid record behind {@code at} that was written when the bytes at {@code at} were synced. */
  private static OptionalInt recordBehind(ByteBuffer in, int at, long position) {
    for (int i = at + 1; i + Frame.HEADER_BYTES <= in.limit(); i++) {
      // Cheap checks first: they hold at next to no place by chance.
      int durable = in.getInt(i + 16);
      if (durable > at
          && durable <= i
          && in.getLong(i + 8) >= position
          && validFrame(in, i) != null) {
        return OptionalInt.of(i);
      }
    }
    return OptionalInt.empty();
  }

  static void readFully(FileChannel channel, ByteBuffer into, long at) throws IOException {
    while (into.hasRemaining()) {
      int count = channel.read(into, at);
      if (count < 0) {
        throw new EOFException("the file ends at " + at);
      }
      at += count;
    }
  }
}
