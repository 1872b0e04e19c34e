package io.puraify.blackbox.server.cli.ingest;

import java.io.IOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Slices of a stream with an event a line. */
final class LineSlices implements SliceSource {

  /**
   * A line grows the slice up to this; the server refuses lines from 1 MiB on one by one, and
   * whatever is longer than this is no file of events.
   */
  private static final int MAX_LINE_BYTES = 256 << 20;

  private final InputBytes input;
  private final int sliceBytes;
  private byte[] buffer;
  private int filled;
  private boolean ended;
  private long line = 1;

  /**
   * Prepares the cutting.
   *
   * @param sliceBytes of a slice, at most, unless a single line is longer
   */
  LineSlices(InputBytes input, int sliceBytes) {
    this.input = input;
    this.sliceBytes = sliceBytes;
    this.buffer = new byte[sliceBytes];
  }

  @Override
  public @Nullable Slice next() throws IOException {
    int end = fill();
    if (end == 0) {
      return null;
    }
    byte[] slice = buffer;
    buffer = new byte[Math.max(sliceBytes, 2 * (filled - end))];
    filled -= end;
    System.arraycopy(slice, end, buffer, 0, filled);
    long first = line;
    line += Lines.ends(slice, 0, end);
    return new MemorySlice(
        input.name(), slice, end, index -> first + Lines.ofEvent(slice, end, index));
  }

  /** Reads until the buffer is full of lines, and returns where the last whole one ends. */
  private int fill() throws IOException {
    while (true) {
      while (!ended && filled < buffer.length) {
        int read = input.read(buffer, filled, buffer.length - filled);
        ended = read < 0;
        filled += Math.max(0, read);
      }
      int end = ended ? filled : lastLineEnd();
      if (end > 0 || ended) {
        return end;
      }
      grow();
    }
  }

  private int lastLineEnd() {
    int end = filled;
    while (end > 0 && buffer[end - 1] != '\n') {
      end--;
    }
    return end;
  }

  private void grow() throws IOException {
    if (buffer.length >= MAX_LINE_BYTES) {
      throw new IOException(
          "%s:%d: the line is longer than %,d bytes; is this a file of events?"
              .formatted(input.name(), line, MAX_LINE_BYTES));
    }
    buffer = Arrays.copyOf(buffer, Math.min(MAX_LINE_BYTES, 2 * buffer.length));
  }

  @Override
  public long bytesRead() {
    return input.bytesRead();
  }

  @Override
  public void close() throws IOException {
    input.close();
  }
}
