package io.puraify.blackbox.engine.templates;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The templates that differ in one place, or in two, and how much they say that the place varies.
 * One word more says more, and how the word looks as well: a name with a number is one of many, a
 * constant in capitals one of few.
 */
final class Evidence {

  /** What an ordinary word says. */
  static final int WORD = 2;

  /** A constant such as {@code FAILED}: programs know all of them. */
  private static final int CONSTANT = 1;

  /** A name with a number that something sets off, as in {@code rdd_2_0}: two kinds are enough. */
  private static final int IDENTIFIER = 6;

  /** A name with a number directly behind its letters, as in {@code SOCKS5}. */
  private static final int NUMBERED = 4;

  /** So much says that a place varies: six different words, or two different identifiers. */
  static final int ENOUGH = 6 * WORD;

  /** Messages that have fewer words in common may say quite different things. */
  static final int FIXED_WORDS = 3;

  /** A message's first word often says what the message is about. */
  private static final int FIRST = 4;

  final List<Template> templates = new ArrayList<>();
  private final Set<Long> firstWords = new HashSet<>();
  private final Set<Long> secondWords = new HashSet<>();
  private int first;
  private int second;

  /**
   * How much has to be said.
   *
   * @param fixedWords that messages have in common, ≥ 1
   * @param first whether the place is that of the first word
   */
  static int enough(int fixedWords, boolean first) {
    int few = fixedWords < FIXED_WORDS ? 1 << (FIXED_WORDS - fixedWords) : 1;
    return ENOUGH * few * (first ? FIRST : 1);
  }

  static int weight(Tokens read, int at) {
    int from = read.starts[at];
    int to = read.ends[at];
    if (read.kinds[at] == Tokens.NUMBERED_WORD) {
      int digit = from;
      while (!Chars.digit(read.text.charAt(digit))) {
        digit++;
      }
      return digit > from && !Chars.alphanumeric(read.text.charAt(digit - 1))
          ? IDENTIFIER
          : NUMBERED;
    }
    for (int i = from; i < to; i++) {
      char c = read.text.charAt(i);
      if (c >= 'a' && c <= 'z' || c >= 128) {
        return WORD;
      }
    }
    return to > from + 1 ? CONSTANT : WORD;
  }

  /** Adds a template that differs in one place. */
  int add(Template template, int weight) {
    templates.add(template);
    first += weight;
    return first;
  }

  /** Adds a template that differs in two places; what the lesser of them says counts. */
  int add(Template template, long word, int weight, long otherWord, int otherWeight) {
    templates.add(template);
    first += firstWords.add(word) ? weight : 0;
    second += secondWords.add(otherWord) ? otherWeight : 0;
    return Math.min(first, second);
  }
}
