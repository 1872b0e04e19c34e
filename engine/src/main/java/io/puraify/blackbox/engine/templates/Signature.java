package io.puraify.blackbox.engine.templates;

import java.util.Arrays;

/**
 * What tells one template from others: a hash of its tokens, each at its place. Since it is a sum,
 * the hash of the same template with a value in one place costs no look at the others.
 *
 * @param placed what each token adds
 * @param words the places of words, which may turn out to vary
 * @param weights how much each word says that its place varies, where another word stands there
 */
record Signature(long hash, long[] placed, int[] words, int[] weights) {

  /** Words behind so many are not looked at; two messages that share these differ by them. */
  static final int MOST_WORDS = 32;

  static Signature of(Tokens read, long hash) {
    long[] placed = new long[read.size];
    int[] words = new int[MOST_WORDS];
    int[] weights = new int[MOST_WORDS];
    int count = 0;
    for (int i = 0; i < read.size; i++) {
      placed[i] = Hash.placed(read.hash(i), i);
      boolean word = read.kinds[i] == Tokens.WORD || read.kinds[i] == Tokens.NUMBERED_WORD;
      if (word && count < MOST_WORDS) {
        weights[count] = Evidence.weight(read, i);
        words[count++] = i;
      }
    }
    return new Signature(hash, placed, Arrays.copyOf(words, count), Arrays.copyOf(weights, count));
  }

  /** The hash of a message's tokens. */
  static long hash(Tokens read) {
    long sum = 0;
    for (int i = 0; i < read.size; i++) {
      sum += Hash.placed(read.hash(i), i);
    }
    return sum;
  }

  /** The hash of the template that has a value in place of a word. */
  long hashWithValue(int word) {
    return hash + change(word);
  }

  /** The same with values in place of two words. */
  long hashWithValues(int word, int other) {
    return hash + change(word) + change(other);
  }

  private long change(int word) {
    int place = words[word];
    return Hash.placed(Tokens.VALUE_HASH, place) - placed[place];
  }

  /** The template that has a value in place of a word. */
  Signature withValue(int word) {
    long[] wider = placed.clone();
    wider[words[word]] = Hash.placed(Tokens.VALUE_HASH, words[word]);
    return new Signature(hashWithValue(word), wider, without(words, word), without(weights, word));
  }

  private static int[] without(int[] numbers, int at) {
    int[] others = new int[numbers.length - 1];
    System.arraycopy(numbers, 0, others, 0, at);
    System.arraycopy(numbers, at + 1, others, at, others.length - at);
    return others;
  }
}
