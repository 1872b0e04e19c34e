package io.puraify.blackbox.storage.duckdb.needles;

/**
 * The words of a text: the longest runs of the letters a to z in it, in lower case; and of runs
 * with digits, such as ids and numbers, a short hash of every four characters with a digit among
 * them. Two texts that are equal but for upper and lower case have the same, as Java compares; so
 * the four letters that Java takes for an i, an s or a k in another case count as these. Part of
 * the format on disk.
 */
final class Words {

  /** So few hashes that all of them have room beside the words of a segment. */
  private static final int HASH_BITS = 15;

  private static final int BITS_A_BYTE = HASH_BITS / 3;

  /** Knuth's multiplier: a prime near 2^32 over the golden ratio. */
  private static final int MULTIPLIER = 0x9e3779b1;

  private static final char DOTTED_CAPITAL_I = '\u0130';
  private static final char DOTLESS_I = '\u0131';
  private static final char LONG_S = '\u017f';
  private static final char KELVIN = '\u212a';

  private Words() {}

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

    /**
     * Four characters follow each other, letters and at least one digit.
     *
     * @param hash of them, as three bytes that no letter has
     */
    void gram(byte[] hash);
  }

  /** Hands the runs of a text over in order. */
  static void of(String text, Sink sink) {
    byte[] hash = new byte[HASH_BITS / BITS_A_BYTE];
    int begin = 0;
    int last = 0;
    for (int at = 0; at < text.length(); at++) {
      byte folded = folded(text.charAt(at));
      last = last << Byte.SIZE | folded;
      if (isGram(last)) {
        hash(last, hash);
        sink.gram(hash);
      }
      if (folded > '9') {
        sink.letter(folded);
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

  /** Whether each of the four bytes is a letter or a digit, and one at least a digit. */
  private static boolean isGram(int bytes) {
    boolean digit = false;
    for (int shift = 0; shift < Integer.SIZE; shift += Byte.SIZE) {
      int each = bytes >>> shift & 0xff;
      if (each == 0) {
        return false;
      }
      digit |= each <= '9';
    }
    return digit;
  }

  private static void hash(int bytes, byte[] into) {
    int hash = bytes * MULTIPLIER >>> (Integer.SIZE - HASH_BITS);
    for (int i = 0; i < into.length; i++) {
      into[i] = (byte) ('0' + (hash >>> i * BITS_A_BYTE & (1 << BITS_A_BYTE) - 1));
    }
  }

  /** The letter in lower case or the digit, 0 where the character is neither. */
  private static byte folded(char character) {
    if (character >= 'a' && character <= 'z' || character >= '0' && character <= '9') {
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
