package io.puraify.blackbox.core.json;

import java.util.Arrays;

/** A growing byte array that is reused. Not safe for several threads. */
public final class Bytes {

  private byte[] array = new byte[256];
  private int length;

  /** The bytes so far, of which {@link #length} count; replaced when it grows. */
  public byte[] array() {
    return array;
  }

  /** How many bytes there are. */
  public int length() {
    return length;
  }

  /** Forgets the content, not the memory. */
  public void clear() {
    length = 0;
  }

  /** Adds one byte. */
  public void add(byte b) {
    ensure(1);
    array[length++] = b;
  }

  /** Adds {@code source[from, to)}. */
  public void add(byte[] source, int from, int to) {
    ensure(to - from);
    System.arraycopy(source, from, array, length, to - from);
    length += to - from;
  }

  /** Forgets the content, and the memory where it is more than {@code most} bytes. */
  public void shrink(int most) {
    length = 0;
    if (array.length > most) {
      array = new byte[256];
    }
  }

  private void ensure(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, Math.max(length + more, array.length * 2));
    }
  }

  /** The first place of {@code wanted} in {@code bytes[from, to)}, or -1. */
  public static int indexOf(byte[] bytes, int from, int to, byte wanted) {
    for (int i = from; i < to; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** A hash of {@code bytes[from, to)} for tables in memory. */
  public static int hash(byte[] bytes, int from, int to) {
    int hash = to - from;
    for (int i = from; i < to; i++) {
      hash = hash * 31 + bytes[i];
    }
    return hash ^ hash >>> 15;
  }
}
