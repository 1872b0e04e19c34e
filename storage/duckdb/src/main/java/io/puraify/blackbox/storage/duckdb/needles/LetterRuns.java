package io.puraify.blackbox.storage.duckdb.needles;

/**
 * The words of a text: the longest runs of the letters a to z in it, in lower case. Two texts that
 * are equal but for upper and lower case have the same, as Java compares; so the four letters that
 * Java takes for an i, an s or a k in another case count as these.
 */
final class LetterRuns {

  private static final char DOTTED_CAPITAL_I = '\u0130';
  private static final char DOTLESS_I = '\u0131';
  private static final char LONG_S = '\u017f';
  private static final char KELVIN = '\u212a';

  private LetterRuns() {}

  /** Takes the letters of each run one after the other. */
  interface Sink {

    /** The next letter of the run, a to z. */
    void letter(byte letter);

    /**
     * The run has ended.
     *
     * @param start whether it begins where the text begins
     * @param end whether it ends where the text ends
     */
    void end(boolean start, boolean end);
  }

  /** Hands the runs of a text over in order. */
  static void of(String text, Sink sink) {
    int begin = 0;
    for (int at = 0; at < text.length(); at++) {
      byte letter = letter(text.charAt(at));
      if (letter != 0) {
        sink.letter(letter);
      } else {
        if (at > begin) {
          sink.end(begin == 0, false);
        }
        begin = at + 1;
      }
    }
    if (text.length() > begin) {
      sink.end(begin == 0, true);
    }
  }

  /** The letter in lower case, 0 where the character is none. */
  private static byte letter(char character) {
    if (character >= 'a' && character <= 'z') {
      return (byte) character;
    }
    if (character >= 'A' && character <= 'Z') {
      return (byte) (character | 0x20);
    }
    return switch (character) {
      case DOTTED_CAPITAL_I, DOTLESS_I -> 'i';
      case LONG_S -> 's';
      case KELVIN -> 'k';
      default -> 0;
    };
  }
}
