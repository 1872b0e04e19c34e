package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Cuts a file into slices of whole lines, each handed out once. Safe for many threads. */
final class LineSlices {

  /** Longer than any line that Blackbox takes. */
  private static final int LOOK_BYTES = 64 << 10;

  /** Bytes {@code from} to {@code from + length} of the file. */
  record Slice(long from, long length) {}

  private final FileChannel file;
  private final long end;
  private final int sliceBytes;
  private final ByteBuffer look = ByteBuffer.allocate(LOOK_BYTES);
  private long next;

  /**
   * Prepares the cutting.
   *
   * @param end where to stop, at the end of a line
   * @param sliceBytes of a slice, at least; it goes on to the end of its last line
   */
  LineSlices(FileChannel file, long end, int sliceBytes) {
    this.file = file;
    this.end = end;
    this.sliceBytes = sliceBytes;
  }

  /** The next slice, or {@code null} when all are handed out. */
  synchronized @Nullable Slice next() throws IOException {
    if (next >= end) {
      return null;
    }
    long from = next;
    next = lineEnd(file, from + sliceBytes, end, look);
    return new Slice(from, next - from);
  }

  /** The end of the line that covers {@code at}, but not beyond {@code end}. */
  private static long lineEnd(FileChannel file, long at, long end, ByteBuffer look)
      throws IOException {
    long from = at;
    while (from < end) {
      look.clear();
      int read = file.read(look, from);
      for (int i = 0; i < read; i++) {
        if (look.get(i) == '\n') {
          return Math.min(from + i + 1, end);
        }
      }
      from += Math.max(1, read);
    }
    return end;
  }

  /** Where the line number {@code lines} ends, or the end of the file where it has fewer. */
  static long endOfLine(FileChannel file, long lines) throws IOException {
    ByteBuffer chunk = ByteBuffer.allocate(1 << 20);
    long at = 0;
    long seen = 0;
    while (file.read(chunk.clear(), at) > 0) {
      byte[] bytes = chunk.array();
      for (int i = 0; i < chunk.position(); i++) {
        if (bytes[i] == '\n' && ++seen == lines) {
          return at + i + 1;
        }
      }
      at += chunk.position();
    }
    return at;
  }

  /** The line that ends at {@code end}, without its line break. */
  static String lastLine(FileChannel file, long end) throws IOException {
    return line(file, Math.max(0, end - 1));
  }

  /** The line that covers {@code at}, without its line break. */
  static String line(FileChannel file, long at) throws IOException {
    long start = Math.max(0, at - LOOK_BYTES);
    ByteBuffer bytes = ByteBuffer.allocate(2 * LOOK_BYTES);
    while (bytes.hasRemaining() && file.read(bytes, start + bytes.position()) > 0) {
      // Reads on until the buffer is full or the file has ended.
    }
    bytes.flip();
    int from = (int) (at - start);
    int to = from;
    while (from > 0 && bytes.get(from - 1) != '\n') {
      from--;
    }
    while (to < bytes.limit() && bytes.get(to) != '\n') {
      to++;
    }
    return StandardCharsets.UTF_8.decode(bytes.slice(from, to - from)).toString();
  }
}
