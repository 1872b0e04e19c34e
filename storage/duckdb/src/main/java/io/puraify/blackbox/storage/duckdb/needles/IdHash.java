package io.puraify.blackbox.storage.duckdb.needles;

/** A number for an id of a field, by which rows are found. Part of the format on disk. */
final class IdHash {

  // The odd constants of SplittableRandom: Steele, Lea, Flood, "Fast splittable pseudorandom
  // number generators", 2014.
  private static final long STEP = 0x9e3779b97f4a7c15L;
  private static final long MIX = 0xbf58476d1ce4e5b9L;

  /** How many bits a hash has. */
  static final int BITS = Long.SIZE - 1;

  private static final int CHARS_A_STEP = Long.SIZE / Character.SIZE;

  private IdHash() {}

  /**
   * The hash of an id, 0 to 2^{@link #BITS} - 1.
   *
   * @param field tells the ids of one field from those of another
   */
  static long of(int field, String id) {
    long hash = mixed(field);
    long chars = 0;
    for (int at = 0; at < id.length(); at++) {
      chars = chars << Character.SIZE | id.charAt(at);
      if (at % CHARS_A_STEP == CHARS_A_STEP - 1) {
        hash = mixed(hash ^ chars);
        chars = 0;
      }
    }
    return mixed(hash ^ chars ^ (long) id.length() << (Long.SIZE - Character.SIZE)) >>> 1;
  }

  private static long mixed(long value) {
    long mixed = (value + STEP) * MIX;
    return (mixed ^ mixed >>> 32) * STEP;
  }
}
