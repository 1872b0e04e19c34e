package io.puraify.blackbox.server.cli.http;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** Reads one answer (RFC 9112). */
final class AnswerReader {

  private static final int MAX_HEAD_BYTES = 64 << 10;

  /** Much more than the largest page of events usually takes. */
  private static final int MAX_BODY_BYTES = 1 << 30;

  private final InputStream input;
  // Of the head, or of what stands around a chunk.
  private int headBytes;
  private boolean keepsAlive = true;

  AnswerReader(InputStream input) {
    this.input = input;
  }

  HttpAnswer read() throws IOException {
    Head head = head();
    return new HttpAnswer(head.status, head.headers, body(head.status, head.headers));
  }

  /**
   * The body of a good answer as it comes, of any length.
   *
   * @throws ServerFailedException where the answer is another than 200
   */
  InputStream stream() throws IOException {
    Head head = head();
    if (head.status != 200) {
      byte[] body = body(head.status, head.headers);
      throw new ServerFailedException(
          new HttpAnswer(head.status, head.headers, body).problem(), null);
    }
    if (isChunked(head.headers)) {
      return new ChunkedInput(this, input);
    }
    String length = head.headers.get("content-length");
    return length == null ? input : new MeasuredInput(input, length(length));
  }

  private record Head(int status, Map<String, String> headers) {}

  private Head head() throws IOException {
    int status = status(line());
    Map<String, String> headers = headers();
    if (status < 200) {
      // An interim answer, such as 100 Continue; the answer follows.
      return head();
    }
    keepsAlive &= !headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    return new Head(status, headers);
  }

  private static boolean isChunked(Map<String, String> headers) {
    return headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
  }

  /** Whether the connection can be used again after this answer. */
  boolean keepsAlive() {
    return keepsAlive;
  }

  private int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-9][0-9]{2}( .*)?")) {
      throw new IOException("this is no HTTP/1.1 server: it answered '%s'".formatted(line));
    }
    keepsAlive &= line.startsWith("HTTP/1.1");
    return Integer.parseInt(line.substring(9, 12));
  }

  private Map<String, String> headers() throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (String line = line(); !line.isEmpty(); line = line()) {
      int colon = line.indexOf(':');
      if (colon > 0) {
        headers.put(
            line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
      }
    }
    return headers;
  }

  private byte[] body(int status, Map<String, String> headers) throws IOException {
    if (status == 204 || status == 304) {
      return new byte[0];
    }
    if (isChunked(headers)) {
      return chunks();
    }
    String length = headers.get("content-length");
    if (length != null) {
      return exactly(size(length, 10));
    }
    keepsAlive = false;
    return input.readNBytes(MAX_BODY_BYTES);
  }

  private byte[] chunks() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int length = beginChunk(); length > 0; length = beginChunk()) {
      if (body.size() > MAX_BODY_BYTES - length) {
        throw tooLong();
      }
      body.writeBytes(exactly(length));
      endChunk();
    }
    return body.toByteArray();
  }

  /** Reads how long the next chunk is, or 0 and what is behind the last. */
  int beginChunk() throws IOException {
    headBytes = 0;
    String line = line();
    int extension = line.indexOf(';');
    int length = size(extension < 0 ? line : line.substring(0, extension), 16);
    if (length == 0) {
      headers();
    }
    return length;
  }

  void endChunk() throws IOException {
    line();
  }

  private static long length(String text) throws IOException {
    if (!text.matches("[0-9]{1,18}")) {
      throw new IOException("the server says that its answer is '%s' long".formatted(text));
    }
    return Long.parseLong(text);
  }

  private static int size(String text, int radix) throws IOException {
    try {
      int size = Integer.parseInt(text.strip(), radix);
      if (size >= 0 && size <= MAX_BODY_BYTES) {
        return size;
      }
    } catch (NumberFormatException e) {
      throw new IOException("the server says that its answer is '%s' long".formatted(text), e);
    }
    throw tooLong();
  }

  private static IOException tooLong() {
    return new IOException("the answer is longer than %,d bytes".formatted(MAX_BODY_BYTES));
  }

  private byte[] exactly(int length) throws IOException {
    byte[] bytes = input.readNBytes(length);
    if (bytes.length < length) {
      throw closed();
    }
    return bytes;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int b = input.read(); b != '\n'; b = input.read()) {
      if (b < 0) {
        throw closed();
      }
      if (++headBytes > MAX_HEAD_BYTES) {
        throw new IOException("the head of the answer is longer than " + MAX_HEAD_BYTES);
      }
      if (b != '\r') {
        line.write(b);
      }
    }
    return line.toString(StandardCharsets.ISO_8859_1);
  }

  static EOFException closed() {
    return new EOFException("the server closed the connection before it had answered");
  }
}
