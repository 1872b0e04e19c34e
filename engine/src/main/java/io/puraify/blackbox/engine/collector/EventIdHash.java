package io.puraify.blackbox.engine.collector;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A 128-bit hash of a project and an event id in it. Part of a file format: the same for ever.
 *
 * <p>Two independent chains of multiply-and-fold steps, the step of wyhash (Wang Yi, public
 * domain).
 */
public record EventIdHash(long high, long low) {

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private static final long K1 = 0xa0761d6478bd642fL;
  private static final long K2 = 0xe7037ed1a0b428dbL;
  private static final long K3 = 0x8ebc6af09c88c6e3L;
  private static final long K4 = 0x589965cc75374cc3L;

  /** Hashes the project and the id {@code bytes[from, to)}. */
  public static EventIdHash of(byte[] project, byte[] bytes, int from, int to) {
    EventIdHash seeded = mix(K1, K2, project, 0, project.length);
    EventIdHash hash = mix(seeded.high, seeded.low, bytes, from, to);
    // A ring of ids has zeros where there is none.
    return (hash.high | hash.low) == 0 ? new EventIdHash(1, 0) : hash;
  }

  private static EventIdHash mix(long high, long low, byte[] bytes, int from, int to) {
    int at = from;
    for (; at + Long.BYTES <= to; at += Long.BYTES) {
      long word = (long) LONGS.get(bytes, at);
      high = fold(high ^ word, K3);
      low = fold(low ^ word, K4);
    }
    long rest = (long) to - from;
    for (; at < to; at++) {
      rest = rest << 8 | (bytes[at] & 0xff);
    }
    return new EventIdHash(fold(high ^ rest, K1 ^ low), fold(low ^ rest, K2 ^ high));
  }

  private static long fold(long a, long b) {
    return a * b ^ Math.unsignedMultiplyHigh(a, b);
  }
}
