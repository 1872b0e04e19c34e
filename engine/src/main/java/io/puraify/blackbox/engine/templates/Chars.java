package io.puraify.blackbox.engine.templates;

/** Classes of characters. Those outside ASCII count as letters, unless they are white space. */
final class Chars {

  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte HEX = 4;
  private static final byte ATOM = 8;

  private static final byte[] CLASSES = classes();

  /** What {@link #contents} says is in a text. */
  static final int DIGITS = 1;

  static final int DOTS = 2;
  static final int COLONS = 4;
  static final int SLASHES = 8;
  static final int BACKSLASHES = 16;
  static final int ATS = 32;

  /** Signs of other kinds. */
  static final int SIGNS = 64;

  private static final byte[] CONTENTS = contents();

  private Chars() {}

  private static byte[] classes() {
    byte[] classes = new byte[128];
    for (char c = 'a'; c <= 'z'; c++) {
      byte hex = c <= 'f' ? HEX : 0;
      classes[c] = (byte) (LETTER | ATOM | hex);
      classes[c - 'a' + 'A'] = classes[c];
    }
    for (char c = '0'; c <= '9'; c++) {
      classes[c] = DIGIT | HEX | ATOM;
    }
    for (char c : "_-.:/\\@+%~#$&*!?".toCharArray()) {
      classes[c] = ATOM;
    }
    return classes;
  }

  private static byte[] contents() {
    byte[] contents = new byte[128];
    for (char c = 0; c < contents.length; c++) {
      contents[c] = (byte) content(c);
    }
    return contents;
  }

  private static int content(char c) {
    return switch (c) {
      case '.' -> DOTS;
      case ':' -> COLONS;
      case '/' -> SLASHES;
      case '\\' -> BACKSLASHES;
      case '@' -> ATS;
      default -> letter(c) ? 0 : digit(c) ? DIGITS : SIGNS;
    };
  }

  /** Which kinds of characters a piece of text has, letters apart. */
  static int contents(String text, int from, int to) {
    int found = 0;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      found |= c < 128 ? CONTENTS[c] : 0;
    }
    return found;
  }

  static boolean letter(char c) {
    return c < 128 ? (CLASSES[c] & LETTER) != 0 : !space(c);
  }

  static boolean digit(char c) {
    return c < 128 && (CLASSES[c] & DIGIT) != 0;
  }

  static boolean hex(char c) {
    return c < 128 && (CLASSES[c] & HEX) != 0;
  }

  static boolean alphanumeric(char c) {
    return c < 128 ? (CLASSES[c] & (LETTER | DIGIT)) != 0 : !space(c);
  }

  /** Whether a character can be inside what is read as one piece, such as a path or an address. */
  static boolean atom(char c) {
    return c < 128 ? (CLASSES[c] & ATOM) != 0 : !space(c);
  }

  static boolean space(char c) {
    return c <= ' ' || c == '\u00a0' || c == '\u2028' || c == '\u2029' || c == '\u3000';
  }

  /** Whether a text ends at a place, or goes on with what belongs to no word or number. */
  static boolean wordEnds(String text, int at) {
    return at >= text.length() || !alphanumeric(text.charAt(at)) && text.charAt(at) != '_';
  }
}
