package io.puraify.blackbox.journal;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One file of the journal, named by its first position: a header, then frames.
 *
 * <p>The header is {@code BBXJRNL1} and the first position (8 bytes each, little-endian), then
 * their CRC-32C (4).
 */
final class Segment {

  static final String SUFFIX = ".seg";
  static final int HEADER_BYTES = 20;

  private static final long MAGIC = 0x314c4e524a584242L;

  private final Path path;
  private final long first;
  private volatile long bytes;

  Segment(Path path, long first, long bytes) {
    this.path = path;
    this.first = first;
    this.bytes = bytes;
  }

  static Path path(Path folder, long first) {
    return folder.resolve("%020d".formatted(first) + SUFFIX);
  }

  /** The position that a file's name says, or nothing where it is no segment's name. */
  static OptionalLong firstOf(Path path) {
    String name = path.getFileName().toString();
    return name.matches("[0-9]{20}\\" + SUFFIX)
        ? OptionalLong.of(Long.parseLong(name.substring(0, 20)))
        : OptionalLong.empty();
  }

  Path path() {
    return path;
  }

  long first() {
    return first;
  }

  /** Its durable length. */
  long bytes() {
    return bytes;
  }

  void setBytes(long bytes) {
    this.bytes = bytes;
  }

  static ByteBuffer header(long first) {
    ByteBuffer header = ByteBuffer.allocate(HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    header.putLong(MAGIC).putLong(first);
    return header.putInt(Frame.checksum(header.slice(0, 16))).flip();
  }

  /** What verifying a segment found. */
  sealed interface Verdict {
    /** Where the valid part ends, in bytes and in events. */
    record Whole(long bytes, long end) implements Verdict {}

    /** The file ends in something that was being written when it was cut off. */
    record Torn(long bytes, long end) implements Verdict {}

    /** Something that was valid once is not, with valid records behind it. */
    record Damaged(long offset, String fact) implements Verdict {}
  }

  /** Reads a segment from its start to its end and checks every byte. */
  static Verdict verify(Path path, long first) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.READ)) {
      long size = channel.size();
      if (size > Integer.MAX_VALUE) {
        return new Verdict.Damaged(0, "it is longer than a segment can be");
      }
      ByteBuffer in = ByteBuffer.allocate((int) size).order(ByteOrder.LITTLE_ENDIAN);
      readFully(channel, in, 0);
      in.flip();
      return verify(in, first);
    }
  }

  private static Verdict verify(ByteBuffer in, long first) {
    if (in.limit() < HEADER_BYTES || !in.slice(0, HEADER_BYTES).equals(header(first))) {
      Optional<Integer> later = laterFrame(in, 0, first);
      return later.isPresent()
          ? new Verdict.Damaged(0, "its header is damaged")
          : new Verdict.Torn(0, first);
    }
    int at = HEADER_BYTES;
    long position = first;
    while (at < in.limit()) {
      Frame frame = validFrame(in, at);
      if (frame == null || frame.first() != position) {
        Optional<Integer> later = laterFrame(in, at + 1, position);
        return later.isPresent()
            ? new Verdict.Damaged(
                at,
                "the record there is damaged, while the one at %d is not".formatted(later.get()))
            : new Verdict.Torn(at, position);
      }
      at += Frame.HEADER_BYTES + frame.length();
      position += frame.events();
    }
    return new Verdict.Whole(at, position);
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

  /** Where a valid record begins at or behind {@code from} that is not before {@code position}. */
  private static Optional<Integer> laterFrame(ByteBuffer in, int from, long position) {
    for (int at = from; at + Frame.HEADER_BYTES <= in.limit(); at++) {
      // Cheap checks first: they hold at next to no place by chance.
      int length = in.getInt(at);
      long first = in.getLong(at + 8);
      if (length >= 0
          && length <= in.limit() - at - Frame.HEADER_BYTES
          && first >= position
          && first - position < Integer.MAX_VALUE
          && validFrame(in, at) != null) {
        return Optional.of(at);
      }
    }
    return Optional.empty();
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
