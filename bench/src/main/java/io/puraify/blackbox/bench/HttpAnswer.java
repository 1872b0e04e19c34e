package io.puraify.blackbox.bench;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** As much of HTTP/1.1 as a load driver needs: where an answer ends and what it says. */
record HttpAnswer(int status, String body, int retryAfterSeconds) {

  private static final byte[] CONTENT_LENGTH =
      "\r\ncontent-length:".getBytes(StandardCharsets.US_ASCII);
  private static final int STATUS_AT = "HTTP/1.1 ".length();

  /**
   * Where the answer in {@code bytes[0, to)} ends, or -1 while it is not complete.
   *
   * @throws IllegalStateException where the answer says no {@code Content-Length}
   */
  static int end(byte[] bytes, int to) {
    int body = endOfHead(bytes, to);
    if (body < 0) {
      return -1;
    }
    int length = contentLength(bytes, body);
    if (length < 0) {
      throw new IllegalStateException(
          "an answer without Content-Length: "
              + new String(bytes, 0, body, StandardCharsets.UTF_8));
    }
    return body + length <= to ? body + length : -1;
  }

  private static int endOfHead(byte[] bytes, int to) {
    for (int i = STATUS_AT; i + 3 < to; i++) {
      if (bytes[i] == '\r' && bytes[i + 2] == '\r' && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }

  private static int contentLength(byte[] bytes, int head) {
    for (int i = STATUS_AT; i + CONTENT_LENGTH.length < head; i++) {
      int matched = 0;
      while (matched < CONTENT_LENGTH.length
          && lower(bytes[i + matched]) == CONTENT_LENGTH[matched]) {
        matched++;
      }
      if (matched == CONTENT_LENGTH.length) {
        int value = 0;
        for (int at = i + matched; bytes[at] != '\r'; at++) {
          value = bytes[at] == ' ' ? value : value * 10 + bytes[at] - '0';
        }
        return value;
      }
    }
    return -1;
  }

  private static byte lower(byte b) {
    return b >= 'A' && b <= 'Z' ? (byte) (b + 32) : b;
  }

  /** The status code of an answer. */
  static int status(byte[] bytes) {
    return (bytes[STATUS_AT] - '0') * 100
        + (bytes[STATUS_AT + 1] - '0') * 10
        + (bytes[STATUS_AT + 2] - '0');
  }

  /** Reads a complete answer that ends at {@code end}. */
  static HttpAnswer of(byte[] bytes, int end) {
    String text = new String(bytes, 0, end, StandardCharsets.UTF_8);
    int head = text.indexOf("\r\n\r\n");
    String headers = text.substring(0, head).toLowerCase(Locale.ROOT);
    int at = headers.indexOf("\r\nretry-after:");
    int retryAfter =
        at < 0
            ? 1
            : Integer.parseInt(headers.substring(at + 14).lines().findFirst().orElse("1").strip());
    return new HttpAnswer(status(bytes), text.substring(head + 4), retryAfter);
  }

  /** The number behind {@code "name":} in the body, or 0 where there is none. */
  long number(String name) {
    int at = body.indexOf("\"" + name + "\"");
    if (at < 0) {
      return 0;
    }
    long value = 0;
    for (int i = body.indexOf(':', at) + 1; i < body.length(); i++) {
      char c = body.charAt(i);
      if (Character.isDigit(c)) {
        value = value * 10 + c - '0';
      } else if (c != ' ') {
        break;
      }
    }
    return value;
  }
}
