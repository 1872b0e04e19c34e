package io.puraify.blackbox.server.cli.ingest;

import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Slices of JSON: the elements of an array, or values one after the other, each put on a line of
 * its own. Finds where values end by their brackets and quotes alone; whether they are valid is the
 * server's to say.
 */
final class JsonSlices implements SliceSource {

  /** A value that is longer is no event, but a bracket that nobody closes. */
  private static final int MAX_VALUE_BYTES = 256 << 20;

  private static final int CHUNK_BYTES = 64 << 10;
  private static final int END = -1;

  private final InputBytes input;
  private final int sliceBytes;
  private final byte[] chunk = new byte[CHUNK_BYTES];
  private int at;
  private int to;
  private long line = 1;
  private boolean begun;
  private boolean array;
  private boolean ended;

  private byte[] slice = new byte[0];
  private int size;
  private long[] lines = new long[0];
  private int events;

  JsonSlices(InputBytes input, int sliceBytes) {
    this.input = input;
    this.sliceBytes = sliceBytes;
  }

  @Override
  public @Nullable Slice next() throws IOException {
    slice = new byte[sliceBytes];
    size = 0;
    lines = new long[1_024];
    events = 0;
    while (size < sliceBytes && readValue()) {}
    return events == 0 ? null : new MemorySlice(input.name(), slice, size, lineOf(lines));
  }

  private static LongUnaryOperator lineOf(long[] lines) {
    return index -> lines[(int) Math.min(index, lines.length - 1)];
  }

  /** Puts the next value and a line end into the slice; false when there is none. */
  private boolean readValue() throws IOException {
    int first = startOfValue();
    if (first == END) {
      return false;
    }
    if (events == lines.length) {
      lines = Arrays.copyOf(lines, 2 * events);
    }
    lines[events++] = line;
    if (first == '{' || first == '[' || first == '"') {
      copyNested();
    } else {
      copyWord();
    }
    put('\n');
    return true;
  }

  /** Skips what stands between values, and looks at the first character of the next. */
  private int startOfValue() throws IOException {
    if (ended) {
      return END;
    }
    int b = skipBlanks();
    if (!begun) {
      begun = true;
      if (b == '[') {
        array = true;
        at++;
        b = skipBlanks();
        return b == ']' ? endOfArray() : element(b);
      }
    } else if (array) {
      if (b == ']') {
        return endOfArray();
      }
      if (b != ',') {
        throw unexpected(b, "',' or ']'");
      }
      at++;
      return element(skipBlanks());
    }
    return b;
  }

  private int element(int b) throws IOException {
    if (b == END || b == ',' || b == ']') {
      throw unexpected(b, "a value");
    }
    return b;
  }

  private int endOfArray() throws IOException {
    at++;
    int b = skipBlanks();
    if (b != END) {
      throw unexpected(b, "the end of the input behind the array");
    }
    ended = true;
    return END;
  }

  /** A value in brackets or quotes; its line ends become blanks, which mean the same between. */
  private void copyNested() throws IOException {
    long began = line;
    int depth = 0;
    boolean inString = false;
    do {
      int b = peek();
      if (b == END || size > MAX_VALUE_BYTES) {
        throw new IOException(
            "%s:%d: the value that begins here does not end".formatted(input.name(), began));
      }
      copy(b);
      if (inString && b == '\\' && peek() != END) {
        copy(peek());
      } else if (b == '"') {
        inString = !inString;
      } else if (!inString && (b == '{' || b == '[')) {
        depth++;
      } else if (!inString && (b == '}' || b == ']')) {
        depth--;
      }
    } while (depth > 0 || inString);
  }

  /** Something else, up to where it must have ended. */
  private void copyWord() throws IOException {
    int b = peek();
    do {
      copy(b);
      b = peek();
    } while (b != END && !isBlank(b) && b != ',' && b != ']' && b != '{');
  }

  private void copy(int b) {
    at++;
    if (b == '\n') {
      line++;
    }
    put(b == '\n' || b == '\r' ? ' ' : b);
  }

  private void put(int b) {
    if (size == slice.length) {
      slice = Arrays.copyOf(slice, 2 * size);
    }
    slice[size++] = (byte) b;
  }

  private int skipBlanks() throws IOException {
    int b = peek();
    while (b != END && isBlank(b)) {
      line += b == '\n' ? 1 : 0;
      at++;
      b = peek();
    }
    return b;
  }

  private static boolean isBlank(int b) {
    return b == ' ' || b == '\n' || b == '\r' || b == '\t';
  }

  private int peek() throws IOException {
    if (at == to) {
      at = 0;
      to = Math.max(0, input.read(chunk, 0, chunk.length));
      if (to == 0) {
        return END;
      }
    }
    return chunk[at] & 0xff;
  }

  private IOException unexpected(int b, String expected) {
    String found = b == END ? "the end of the input" : "'" + (char) b + "'";
    return new IOException(
        "%s:%d: found %s where %s was expected".formatted(input.name(), line, found, expected));
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
