package io.puraify.blackbox.engine.errors;

/**
 * Which keys there are in a table: most errors that were never seen before are told by it, without
 * a query. A key is a hash of 64 bits; two that are equal are one. 16 to 32 bytes of memory a key.
 * Not safe for several threads.
 */
final class KnownKeys {

  private static final int SMALLEST = 1_024;

  // Open addressing with linear probing; zero is an empty place.
  private long[] places = new long[SMALLEST];
  private int size;

  void clear() {
    places = new long[SMALLEST];
    size = 0;
  }

  void add(long key) {
    long kept = kept(key);
    int at = find(kept);
    if (places[at] == 0) {
      places[at] = kept;
      size++;
      if (size > places.length / 2) {
        grow();
      }
    }
  }

  boolean contains(long key) {
    long kept = kept(key);
    return places[find(kept)] == kept;
  }

  private static long kept(long key) {
    return key == 0 ? 1 : key;
  }

  /** Where a key is, or would be. */
  private int find(long key) {
    int mask = places.length - 1;
    int at = (int) key & mask;
    while (places[at] != 0 && places[at] != key) {
      at = (at + 1) & mask;
    }
    return at;
  }

  private void grow() {
    long[] old = places;
    places = new long[2 * old.length];
    for (long key : old) {
      if (key != 0) {
        places[find(key)] = key;
      }
    }
  }
}
