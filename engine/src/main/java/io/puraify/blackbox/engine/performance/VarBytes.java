package io.puraify.blackbox.engine.performance;

import java.util.Arrays;

/** Numbers of variable length in bytes: written one after the other, or read. */
final class VarBytes {

  /** A long has at most so many groups of seven bits. */
  private static final int LONGEST = 10;

  private byte[] bytes;
  private int at;

  /** To be written, with room for so many bytes to begin with. */
  VarBytes(int room) {
    this.bytes = new byte[room];
  }

  /** To be read; not copied. */
  VarBytes(byte[] bytes) {
    this.bytes = bytes;
  }

  void put(long value) {
    if (at + LONGEST > bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length + LONGEST);
    }
    long rest = value;
    while ((rest & ~0x7fL) != 0) {
      bytes[at++] = (byte) (rest | 0x80);
      rest >>>= 7;
    }
    bytes[at++] = (byte) rest;
  }

  /** What was written. */
  byte[] toArray() {
    return Arrays.copyOf(bytes, at);
  }

  boolean hasMore() {
    return at < bytes.length;
  }

  long get() {
    byte first = bytes[at++];
    if (first >= 0) {
      return first;
    }
    long value = first & 0x7f;
    int shift = 7;
    while (true) {
      byte next = bytes[at++];
      value |= (next & 0x7fL) << shift;
      if (next >= 0) {
        return value;
      }
      shift += 7;
    }
  }

  /** Passes over so many numbers. */
  void skip(int numbers) {
    for (int i = 0; i < numbers; i++) {
      while (bytes[at++] < 0) {}
    }
  }
}
