package io.puraify.blackbox.engine.templates;

/**
 * Words and names with numbers in them. Of each part of a name between dots, what comes before its
 * first digit tells what kind of thing it names, and the rest which one: {@code blk_<num>}, {@code
 * core.<num>}, {@code org.example.v<num>.Reader}.
 */
final class Names {

  /** So often letters and digits touch in no name that people give, such as {@code sha256sum}. */
  private static final int MADE_UP_CHANGES = 4;

  private Names() {}

  /** Whether nothing of a word tells its kind: it begins with a digit, or nobody thought of it. */
  static boolean madeUp(String text, int from, int to) {
    int changes = 0;
    boolean dots = false;
    for (int i = from + 1; i < to; i++) {
      char c = text.charAt(i);
      char before = text.charAt(i - 1);
      dots |= c == '.';
      if (Chars.digit(c) ? Chars.letter(before) : Chars.letter(c) && Chars.digit(before)) {
        changes++;
      }
    }
    return !dots && (Chars.digit(text.charAt(from)) || changes >= MADE_UP_CHANGES);
  }

  /** Adds a word with its numbers masked. */
  static void add(String text, int from, int to, Tokens tokens) {
    long hash = Hash.START;
    boolean numbered = false;
    int at = from;
    while (at < to) {
      int end = at;
      int digit = -1;
      while (end < to && text.charAt(end) != '.' && text.charAt(end) != '$') {
        if (digit < 0 && Chars.digit(text.charAt(end))) {
          digit = end;
        }
        end++;
      }
      int kept = digit < 0 ? end : kept(text, at, digit);
      for (int i = at; i < kept; i++) {
        hash = Hash.add(hash, text.charAt(i));
      }
      if (digit >= 0) {
        numbered = true;
        hash = Hash.add(hash, '\0');
        tokens.note(Rule.NUM, digit, end);
      }
      if (end < to) {
        hash = Hash.add(hash, text.charAt(end));
        end++;
      }
      at = end;
    }
    tokens.word(Hash.mix(hash), numbered, from, to);
  }

  /** The word as templates show it. */
  static String masked(String word) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < word.length()) {
      char c = word.charAt(at);
      if (!Chars.digit(c)) {
        shown.append(c);
        at++;
        continue;
      }
      while (shown.length() > 1 && shown.charAt(shown.length() - 1) == '-') {
        shown.setLength(shown.length() - 1);
      }
      shown.append(Rule.NUM.placeholder());
      while (at < word.length() && word.charAt(at) != '.' && word.charAt(at) != '$') {
        at++;
      }
    }
    return shown.toString();
  }

  /** Signs before a number do not count, so that {@code blk_-1} is named as {@code blk_1}. */
  private static int kept(String text, int from, int digit) {
    int end = digit;
    while (end > from && (text.charAt(end - 1) == '-' || text.charAt(end - 1) == '_')) {
      end--;
    }
    return end;
  }
}
