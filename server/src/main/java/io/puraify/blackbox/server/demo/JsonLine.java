package io.puraify.blackbox.server.demo;

import java.nio.charset.StandardCharsets;

/** Writes pieces of JSON into a byte array. Not for several threads. */
final class JsonLine {

  private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
  private static final int LONGEST_NUMBER = 19;

  private final byte[] digits = new byte[LONGEST_NUMBER];
  private byte[] bytes = new byte[0];
  private int at;

  /** Goes on writing at {@code bytes[at]}. */
  void reset(byte[] bytes, int at) {
    this.bytes = bytes;
    this.at = at;
  }

  /** Where the next byte goes. */
  int at() {
    return at;
  }

  void put(byte[] piece) {
    System.arraycopy(piece, 0, bytes, at, piece.length);
    at += piece.length;
  }

  void put(char ascii) {
    bytes[at++] = (byte) ascii;
  }

  /** Repeats what was written from {@code from} to {@code to}. */
  void repeat(int from, int to) {
    System.arraycopy(bytes, from, bytes, at, to - from);
    at += to - from;
  }

  /** Writes a number ≥ 0. */
  void number(long value) {
    int start = digits.length;
    do {
      digits[--start] = (byte) ('0' + value % 10);
      value /= 10;
    } while (value > 0);
    while (start < digits.length) {
      bytes[at++] = digits[start++];
    }
  }

  /** Writes the last {@code width} digits of a number, zeros included. */
  void padded(int value, int width) {
    for (int i = at + width - 1; i >= at; i--) {
      bytes[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    at += width;
  }

  /** Writes the last {@code width} hexadecimal digits of a number. */
  void hex(long value, int width) {
    for (int i = at + width - 1; i >= at; i--) {
      bytes[i] = HEX[(int) value & 15];
      value >>>= 4;
    }
    at += width;
  }

  /** The bytes of a piece of JSON that is written again and again. */
  static byte[] piece(String json) {
    return json.getBytes(StandardCharsets.UTF_8);
  }

  /** {@code ,"name":"value"}, or nothing where the value is empty. */
  static String member(String name, String value) {
    return value.isEmpty() ? "" : ",\"" + name + "\":\"" + escaped(value) + '"';
  }

  /** The text as it stands between the quotes of a JSON string. */
  static String escaped(String text) {
    return text.replace("\\", "\\\\")
        .replace("\"", "\\\"")
        .replace("\n", "\\n")
        .replace("\t", "\\t");
  }
}
