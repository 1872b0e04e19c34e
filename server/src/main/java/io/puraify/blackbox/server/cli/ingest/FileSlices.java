package io.puraify.blackbox.server.cli.ingest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Slices of a file with an event a line. Nothing is read but the bytes around each slice's end; the
 * kernel takes the others from the file to the socket.
 */
final class FileSlices implements SliceSource {

  private static final int LOOK_BYTES = 64 << 10;

  private final Path path;
  private final FileChannel file;
  private final int sliceBytes;
  private final LineNumbers numbers;
  private final ByteBuffer look = ByteBuffer.allocate(LOOK_BYTES);
  private final long end;
  private long next;

  /**
   * Opens the file. What is appended to it later is not sent.
   *
   * @param sliceBytes of a slice, at least; it goes on to the end of its last line
   */
  FileSlices(Path path, int sliceBytes) throws IOException {
    this.path = path;
    this.file = FileChannel.open(path);
    this.sliceBytes = sliceBytes;
    this.numbers = new LineNumbers(path);
    this.end = file.size();
  }

  @Override
  public @Nullable Slice next() throws IOException {
    if (next >= end) {
      return null;
    }
    long from = next;
    next = lineEnd(from + sliceBytes - 1);
    return new Part(path, from, next - from, numbers);
  }

  /** The end of the line that covers a position. */
  private long lineEnd(long at) throws IOException {
    long from = at;
    while (from < end) {
      int read = file.read(look.clear(), from);
      for (int i = 0; i < read; i++) {
        if (look.get(i) == '\n') {
          return Math.min(from + i + 1, end);
        }
      }
      from += Math.max(1, read);
    }
    return end;
  }

  private static FileSystemException shorter(Path path) {
    return new FileSystemException(
        path.toString(), null, "it has become shorter while it was sent");
  }

  @Override
  public long bytesRead() {
    return next;
  }

  @Override
  public void close() throws IOException {
    file.close();
  }

  /** Bytes {@code from} to {@code from + length} of a file, which is opened when it is needed. */
  private record Part(Path path, long from, long length, LineNumbers numbers) implements Slice {

    @Override
    public String input() {
      return path.toString();
    }

    @Override
    public void writeTo(WritableByteChannel channel) throws IOException {
      try (FileChannel file = FileChannel.open(path)) {
        long sent = 0;
        while (sent < length) {
          long count = file.transferTo(from + sent, length - sent, channel);
          if (count == 0 && file.size() < from + length) {
            throw shorter(path);
          }
          sent += count;
        }
      }
    }

    @Override
    public long line(long index) throws IOException {
      byte[] bytes = read();
      return 1 + numbers.linesBefore(from) + Lines.ofEvent(bytes, bytes.length, index);
    }

    @Override
    public long events() throws IOException {
      byte[] bytes = read();
      return Lines.events(bytes, bytes.length);
    }

    private byte[] read() throws IOException {
      ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(length));
      try (FileChannel file = FileChannel.open(path)) {
        while (bytes.hasRemaining() && file.read(bytes, from + bytes.position()) >= 0) {}
      }
      return bytes.array();
    }
  }

  /** Line ends before places of a file. Remembers what it has counted. Safe for many threads. */
  private static final class LineNumbers {

    private static final int CHUNK_BYTES = 1 << 20;

    private final Path path;
    private final TreeMap<Long, Long> counted = new TreeMap<>(Map.of(0L, 0L));

    LineNumbers(Path path) {
      this.path = path;
    }

    synchronized long linesBefore(long position) throws IOException {
      Map.Entry<Long, Long> known = counted.floorEntry(position);
      long at = known.getKey();
      long lines = known.getValue();
      try (FileChannel file = FileChannel.open(path)) {
        ByteBuffer chunk = ByteBuffer.allocate(CHUNK_BYTES);
        while (at < position) {
          chunk.clear().limit((int) Math.min(CHUNK_BYTES, position - at));
          int read = file.read(chunk, at);
          if (read < 0) {
            throw shorter(path);
          }
          lines += Lines.ends(chunk.array(), 0, read);
          at += read;
        }
      }
      counted.put(position, lines);
      return lines;
    }
  }
}
