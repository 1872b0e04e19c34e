package io.puraify.blackbox.server.cli.ingest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;

/** The bytes of an input as they are after decompression, which their first bytes tell of. */
final class InputBytes implements Closeable {

  private static final int BUFFER_BYTES = 256 << 10;

  /** RFC 1952. */
  private static final int[] GZIP_MAGIC = {0x1f, 0x8b};

  /** RFC 8878. */
  private static final int[] ZSTD_MAGIC = {0x28, 0xb5, 0x2f, 0xfd};

  private final String name;
  private final boolean compressed;
  private final Counted stored;
  private final BufferedInputStream stream;

  private InputBytes(String name, boolean compressed, Counted stored, InputStream stream) {
    this.name = name;
    this.compressed = compressed;
    this.stored = stored;
    this.stream = new BufferedInputStream(stream, BUFFER_BYTES);
  }

  /** Looks at the first bytes and sets up what decompresses the others. */
  static InputBytes of(String name, InputStream raw) throws IOException {
    Counted stored = new Counted(raw);
    BufferedInputStream ahead = new Endless(stored);
    if (startsWith(ahead, GZIP_MAGIC)) {
      return new InputBytes(name, true, stored, new GZIPInputStream(ahead, BUFFER_BYTES));
    }
    if (startsWith(ahead, ZSTD_MAGIC)) {
      return new InputBytes(name, true, stored, new ZstdInputStream(ahead));
    }
    return new InputBytes(name, false, stored, ahead);
  }

  private static boolean startsWith(BufferedInputStream stream, int[] magic) throws IOException {
    stream.mark(magic.length);
    boolean same = true;
    for (int each : magic) {
      same = same && stream.read() == each;
    }
    stream.reset();
    return same;
  }

  /** The first byte that is no white space, among the first of them, or -1; reads past nothing. */
  int firstByte() throws IOException {
    stream.mark(BUFFER_BYTES);
    int first = stream.read();
    for (int i = 1; i < BUFFER_BYTES && first >= 0 && first <= ' '; i++) {
      first = stream.read();
    }
    stream.reset();
    return first;
  }

  boolean isCompressed() {
    return compressed;
  }

  String name() {
    return name;
  }

  /**
   * Reads as {@link InputStream#read(byte[], int, int)} does.
   *
   * @throws IOException naming the input
   */
  int read(byte[] bytes, int from, int length) throws IOException {
    try {
      return stream.read(bytes, from, length);
    } catch (IOException e) {
      throw new IOException("%s cannot be read: %s".formatted(name, e.getMessage()), e);
    }
  }

  /** Bytes that have been read, as they are stored. */
  long bytesRead() {
    return stored.count;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  private static final class Counted extends FilterInputStream {
    private long count;

    Counted(InputStream in) {
      super(in);
    }

    @Override
    public int read() throws IOException {
      int b = super.read();
      count += b < 0 ? 0 : 1;
      return b;
    }

    @Override
    public int read(byte[] bytes, int from, int length) throws IOException {
      int read = super.read(bytes, from, length);
      count += Math.max(0, read);
      return read;
    }
  }

  /**
   * Never says that nothing is available: to {@link GZIPInputStream} that is the end of the input,
   * even where a pipe is only slow and another member follows.
   */
  private static final class Endless extends BufferedInputStream {

    Endless(InputStream in) {
      super(in, BUFFER_BYTES);
    }

    @Override
    public synchronized int available() throws IOException {
      return Math.max(1, super.available());
    }
  }
}
