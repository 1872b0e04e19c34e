package io.puraify.blackbox.server.demo;

import java.util.Arrays;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/** Picks numbers from 0 on, some more often than others, by one look into a table. */
final class Weighted {

  /** Enough that the rarest of 400 projects is still picked about as often as its weight says. */
  private static final int SLOTS = 1 << 14;

  private final char[] table = new char[SLOTS];

  /**
   * Prepares the choice between 0 and {@code choices - 1}.
   *
   * @param weight how often each is picked, next to the others
   */
  Weighted(int choices, IntUnaryOperator weight) {
    long[] upTo = IntStream.range(0, choices).mapToLong(weight::applyAsInt).toArray();
    Arrays.parallelPrefix(upTo, Long::sum);
    int choice = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      while (upTo[choice] * SLOTS <= slot * upTo[choices - 1]) {
        choice++;
      }
      table[slot] = (char) choice;
    }
  }

  /** The choice that the lowest bits of {@code bits} stand for. */
  int pick(long bits) {
    return table[(int) bits & SLOTS - 1];
  }
}
