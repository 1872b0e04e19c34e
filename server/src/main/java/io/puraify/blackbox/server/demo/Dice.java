package io.puraify.blackbox.server.demo;

/**
 * Random numbers that are the same for the same seed on every machine and JDK: SplitMix64 (Steele,
 * Lea and Flood, "Fast splittable pseudorandom number generators", 2014). Not for several threads.
 */
final class Dice {

  private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

  private long state;

  Dice(long seed) {
    state = seed;
  }

  /** 64 random bits. */
  long next() {
    state += GOLDEN_GAMMA;
    return mix(state);
  }

  /** A number from 0 to {@code bound - 1}. */
  int below(int bound) {
    return below(next(), bound);
  }

  /** True this many times in 65,536. */
  boolean chance(int in65536) {
    return (next() >>> 48) < in65536;
  }

  /** From the standard normal distribution. */
  double gaussian() {
    double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - unit()));
    return radius * StrictMath.cos(2 * Math.PI * unit());
  }

  /** From 0, inclusive, to 1, exclusive. */
  double unit() {
    return (next() >>> 11) * 0x1p-53;
  }

  /** Spreads {@code bits} evenly over 0 to {@code bound - 1}, by its upper half. */
  static int below(long bits, int bound) {
    return (int) ((bits >>> 32) * bound >>> 32);
  }

  /** Scatters neighbouring numbers; different ones stay different. */
  static long mix(long value) {
    value = (value ^ value >>> 30) * 0xbf58476d1ce4e5b9L;
    value = (value ^ value >>> 27) * 0x94d049bb133111ebL;
    return value ^ value >>> 31;
  }
}
