package io.puraify.blackbox.engine.templates;

/** 64-bit hashes; two different templates share one with a chance of about one in 10^11. */
final class Hash {

  static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Hash() {}

  /** Adds a character to a hash that began with {@link #START} (FNV-1a over characters). */
  static long add(long hash, char c) {
    return (hash ^ c) * PRIME;
  }

  static long of(char c) {
    return mix(add(START, c));
  }

  /** Spreads what was added over all bits (the finaliser of MurmurHash3 by Austin Appleby). */
  static long mix(long hash) {
    long mixed = (hash ^ (hash >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }

  /** What a token adds to the sum that is the hash of a template. */
  static long placed(long token, int place) {
    return mix(token + place * 0x9e3779b97f4a7c15L);
  }
}
