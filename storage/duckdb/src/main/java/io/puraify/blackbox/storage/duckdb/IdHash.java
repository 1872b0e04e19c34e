package io.puraify.blackbox.storage.duckdb;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * A short number that is kept beside an id, so that looking for one id among millions compares
 * numbers and decompresses next to no text. Part of the format on disk.
 */
final class IdHash {

  /**
   * Leaves one wrong candidate in three files of five million events, for three bytes an event.
   * With 16 bits there would be dozens of them in each, and a candidate costs half a millisecond.
   */
  static final int BITS = 24;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  // The odd constants of SplittableRandom: Steele, Lea, Flood, "Fast splittable pseudorandom
  // number generators", 2014.
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final long MIX = 0xbf58476d1ce4e5b9L;

  private IdHash() {}

  /** The hash of an id in UTF-8, 0 to 2^{@link #BITS} - 1. */
  static int of(byte[] utf8) {
    long hash = utf8.length;
    int at = 0;
    for (; at + Long.BYTES <= utf8.length; at += Long.BYTES) {
      hash = mixed(hash ^ (long) LONGS.get(utf8, at));
    }
    long rest = 0;
    for (; at < utf8.length; at++) {
      rest = rest << 8 | utf8[at] & 0xff;
    }
    return (int) (mixed(hash ^ rest) >>> (Long.SIZE - BITS));
  }

  static int of(String id) {
    return of(id.getBytes(StandardCharsets.UTF_8));
  }

  private static long mixed(long value) {
    long mixed = (value + STEP) * MIX;
    return (mixed ^ mixed >>> 32) * STEP;
  }
}
