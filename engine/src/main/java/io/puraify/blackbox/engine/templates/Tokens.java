package io.puraify.blackbox.engine.templates;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message as the tokens that make its template: words, values and punctuation, in order. Values
 * count as equal whatever they are, and lists of values as one, so that messages which differ in
 * nothing else have the same {@link #hash(int)} at each place.
 *
 * <p>Used again for each message, for one thread.
 */
final class Tokens {

  /** What a token is. */
  static final byte WORD = 1;

  /** A word with a value inside, such as {@code core.<num>}. */
  static final byte NUMBERED_WORD = 2;

  static final byte VALUE = 3;
  static final byte PUNCTUATION = 4;

  /** What comes after so many tokens tells no messages apart; a stack trace needs no more. */
  static final int MOST = 256;

  /** Lists of parts of so many tokens are recognised: a key, its sign, its value and a comma. */
  private static final int LONGEST_PART = 8;

  static final long VALUE_HASH = 0x9e3779b97f4a7c15L;

  final int[] starts = new int[MOST];
  final int[] ends = new int[MOST];
  final byte[] kinds = new byte[MOST];
  final Rule[] rules = new Rule[MOST];
  private final long[] hashes = new long[MOST];
  int size;

  /** Where masked parts are noted, for whoever wants to know; else {@code null}. */
  private @Nullable List<Masked> notes;

  String text = "";

  void begin(String message, boolean noting) {
    text = message;
    size = 0;
    notes = noting ? new ArrayList<>() : null;
  }

  List<Masked> notes() {
    return notes == null ? List.of() : List.copyOf(notes);
  }

  boolean full() {
    return size == MOST;
  }

  long hash(int at) {
    return hashes[at];
  }

  /** Adds a value, or makes the list longer that it belongs to. */
  void value(Rule rule, int from, int to) {
    note(rule, from, to);
    if (size > 0 && kinds[size - 1] == VALUE) {
      join(size - 1, rule, to);
    } else if (size > 1 && kinds[size - 2] == VALUE && joins(size - 1, from)) {
      size--;
      join(size - 1, rule, to);
    } else {
      add(VALUE, rule, VALUE_HASH, from, to);
    }
  }

  /** Adds a word; a hash of its letters tells it from others. */
  void word(long hash, boolean numbered, int from, int to) {
    add(numbered ? NUMBERED_WORD : WORD, null, hash, from, to);
  }

  void punctuation(char c, int from, int to) {
    if (c == ')' && bracketed()) {
      int open = kinds[size - 1] == VALUE ? size - 2 : size - 1;
      size = open;
      ends[size - 1] = to;
      return;
    }
    add(PUNCTUATION, null, Hash.of(c), from, to);
  }

  /** Notes a value that is part of a word. */
  void note(Rule rule, int from, int to) {
    if (notes != null) {
      notes.add(new Masked(rule, from, to));
    }
  }

  /** Whether the character of a punctuation is this one. */
  boolean is(int at, char c) {
    return at >= 0 && kinds[at] == PUNCTUATION && text.charAt(starts[at]) == c;
  }

  private void join(int at, Rule rule, int to) {
    ends[at] = to;
    if (rules[at] != rule) {
      rules[at] = Rule.MIXED;
    }
    dropRepetition();
  }

  /** A comma or a sign between two values makes them one list, or one value of two parts. */
  private boolean joins(int at, int next) {
    if (ends[at] - starts[at] > 2) {
      return false;
    }
    boolean close = ends[at - 1] == starts[at] && ends[at] == next;
    return switch (text.charAt(starts[at])) {
      case ',', '-', '+', '|', '~' -> true;
      case ':', '/', '.', '@', '*', 'x' -> close;
      default -> false;
    };
  }

  /** Whether the last tokens are a value, a bracket and perhaps another value: it is said twice. */
  private boolean bracketed() {
    int open = size > 1 && kinds[size - 1] == VALUE ? size - 2 : size - 1;
    return open > 0 && is(open, '(') && kinds[open - 1] == VALUE;
  }

  private void add(byte kind, @Nullable Rule rule, long hash, int from, int to) {
    if (size == MOST) {
      return;
    }
    starts[size] = from;
    ends[size] = to;
    kinds[size] = kind;
    rules[size] = rule == null ? Rule.VARIES : rule;
    hashes[size] = hash;
    size++;
    dropRepetition();
  }

  /** A part that is there twice in a row and has a value in it is a list, however long. */
  private void dropRepetition() {
    for (int part = 1; part <= LONGEST_PART && 2 * part <= size; part++) {
      if (hashes[size - 1] == hashes[size - 1 - part] && repeats(part)) {
        size -= part;
        return;
      }
    }
  }

  private boolean repeats(int part) {
    boolean varies = false;
    for (int i = size - part; i < size; i++) {
      if (hashes[i] != hashes[i - part]) {
        return false;
      }
      varies |= kinds[i] == VALUE || kinds[i] == NUMBERED_WORD;
    }
    return varies;
  }
}
