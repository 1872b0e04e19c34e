package io.puraify.blackbox.engine.templates;

/** Classes of characters. Those outside ASCII count as letters, unless they are white space. */
final class Chars {

  private static final byte LETTER = 1;
  private static final byte DIGIT = 2;
  private static final byte HEX = 4;
  private static final byte ATOM = 8;

  private static final byte[] CLASSES = classes();

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
