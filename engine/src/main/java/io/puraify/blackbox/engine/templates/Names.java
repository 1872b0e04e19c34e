package io.puraify.blackbox.engine.templates;

/**
 * Words and names with numbers in them. Words in a name tell what kind of thing it names, and
 * numbers with what is between them which one: {@code blk_<num>}, {@code core.<num>}, {@code
 * org.example.v<num>.Reader}.
 */
final class Names {

  /** So often letters and digits touch in no name that people give, such as {@code sha256sum}. */
  private static final int MADE_UP_CHANGES = 4;

  /** So many letters behind a number are a word, as in {@code Base64Decoder}. */
  private static final int FEWEST_LETTERS = 4;

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
      if (Chars.digit(text.charAt(at))) {
        int end = behindNumber(text, at, to);
        numbered = true;
        hash = Hash.add(hash, '\0');
        tokens.note(Rule.NUM, at, end);
        at = end;
      } else {
        // Signs before a number do not count, so that blk_-1 is named as blk_1.
        int behind = Math.max(at + 1, behindSigns(text, at, to));
        boolean signs = text.charAt(at) == '-' || text.charAt(at) == '_';
        if (!signs || behind == to || !Chars.digit(text.charAt(behind))) {
          for (int i = at; i < behind; i++) {
            hash = Hash.add(hash, text.charAt(i));
          }
        }
        at = behind;
      }
    }
    tokens.word(Hash.mix(hash), numbered, from, to);
  }

  /** The word as templates show it. */
  static String masked(String word) {
    StringBuilder shown = new StringBuilder();
    int at = 0;
    while (at < word.length()) {
      if (Chars.digit(word.charAt(at))) {
        while (endsWithSigns(shown)) {
          shown.setLength(shown.length() - 1);
        }
        shown.append(Rule.NUM.placeholder());
        at = behindNumber(word, at, word.length());
      } else {
        shown.append(word.charAt(at));
        at++;
      }
    }
    return shown.toString();
  }

  /** Whether there is one sign more than is needed to set off a number. */
  private static boolean endsWithSigns(StringBuilder text) {
    int last = text.length() - 1;
    return last > 0 && behindSigns(text, last - 1, last + 1) == last + 1;
  }

  /** Where a number ends, with what says nothing but which one it is: up to a dot or a word. */
  private static int behindNumber(String text, int from, int to) {
    int at = from;
    while (at < to && text.charAt(at) != '.' && text.charAt(at) != '$') {
      int letters = at;
      while (letters < to && Chars.letter(text.charAt(letters))) {
        letters++;
      }
      if (letters - at >= FEWEST_LETTERS) {
        return at;
      }
      at = Math.max(letters, at + 1);
    }
    return at;
  }

  private static int behindSigns(CharSequence text, int from, int to) {
    int at = from;
    while (at < to && (text.charAt(at) == '-' || text.charAt(at) == '_')) {
      at++;
    }
    return at;
  }
}
