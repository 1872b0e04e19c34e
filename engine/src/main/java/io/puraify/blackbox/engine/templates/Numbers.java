package io.puraify.blackbox.engine.templates;

import org.jspecify.annotations.Nullable;

/** Tells numbers, hashes and quantities, each from a whole piece of text. */
final class Numbers {

  private static final int FEWEST_HEX = 6;

  /** Longer pieces are no quantities; each part of one is looked at in turn, as in 1h30m5s. */
  private static final int LONGEST_QUANTITY = 48;

  private Numbers() {}

  /** Whether a word is as long as hashes and addresses are, and may be one without digits. */
  static boolean hexWord(String text, int from, int to) {
    int length = to - from;
    if (length != 8 && length != 16 && length != 32 && length != 40 && length != 64) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Chars.hex(text.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  /** The rule by which a piece is a number of some kind, or {@code null}. */
  static @Nullable Rule number(String text, int from, int to) {
    int at = from;
    char sign = text.charAt(at);
    if (sign == '-' || sign == '+') {
      at++;
    }
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      int end = at + 2;
      while (end < to && Chars.hex(text.charAt(end))) {
        end++;
      }
      return end == to && end > at + 2 ? Rule.HEX : null;
    }
    int digits = 0;
    int hex = 0;
    int others = 0;
    for (int i = at; i < to; i++) {
      char c = text.charAt(i);
      if (Chars.digit(c)) {
        digits++;
      } else if (Chars.hex(c)) {
        hex++;
      } else if (c != '.' && c != ':' && c != '-' && c != '+' && c != '/' && c != '_' && c != '%') {
        others++;
      }
    }
    if (digits + hex < to - at && digits == 0) {
      return null;
    }
    if (others == 0 && hex == 0 && Chars.digit(text.charAt(at))) {
      return Rule.NUM;
    }
    if (digits + hex == to - at && to - at >= FEWEST_HEX) {
      return Rule.HEX;
    }
    return quantity(text, at, to);
  }

  /** A number with a unit, such as {@code 1.5s} or {@code 16K}. */
  private static @Nullable Rule quantity(String text, int from, int to) {
    int at = from;
    while (at < to && (Chars.digit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (at == from || to - from > LONGEST_QUANTITY) {
      return null;
    }
    Rule unit = Quantities.attached(text, at, to);
    if (unit != null) {
      return unit;
    }
    // 1m30s and 80x25
    int second = at;
    while (second < to && Chars.letter(text.charAt(second))) {
      second++;
    }
    if (second == at || second == to) {
      return null;
    }
    if (Quantities.attached(text, at, second) == Rule.DURATION) {
      return number(text, second, to) == Rule.DURATION ? Rule.DURATION : null;
    }
    boolean times = second == at + 1 && text.charAt(at) == 'x';
    return times ? number(text, second, to) : null;
  }
}
