package io.puraify.blackbox.engine.performance;

import java.util.Arrays;

/**
 * The numbers of a project's series by their words, without an object for each: it is asked twice
 * for each event. Open addressing, at most half full. Not for several threads.
 */
final class SeriesNumbers {

  /** Stands for a place that is free; no words have it. */
  private static final long FREE = -1;

  private long[] keys = free(16);
  private int[] numbers = new int[16];
  private int size;

  private static long[] free(int room) {
    long[] keys = new long[room];
    Arrays.fill(keys, FREE);
    return keys;
  }

  /**
   * The number of a series.
   *
   * @param words ≥ 0
   * @return {@code -1} where there is none
   */
  int get(long words) {
    int place = place(words);
    return keys[place] == FREE ? -1 : numbers[place];
  }

  /** Adds a series that is not there. */
  void put(long words, int number) {
    if (2 * ++size > keys.length) {
      grow();
    }
    int place = place(words);
    keys[place] = words;
    numbers[place] = number;
  }

  private int place(long words) {
    // Fibonacci hashing (Knuth, TAOCP 6.4), as in Cells.
    int place = (int) (words * 0x9E3779B97F4A7C15L >>> 32) & keys.length - 1;
    while (keys[place] != FREE && keys[place] != words) {
      place = place + 1 & keys.length - 1;
    }
    return place;
  }

  private void grow() {
    long[] oldKeys = keys;
    int[] oldNumbers = numbers;
    keys = free(2 * oldKeys.length);
    numbers = new int[2 * oldKeys.length];
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != FREE) {
        int place = place(oldKeys[i]);
        keys[place] = oldKeys[i];
        numbers[place] = oldNumbers[i];
      }
    }
  }
}
