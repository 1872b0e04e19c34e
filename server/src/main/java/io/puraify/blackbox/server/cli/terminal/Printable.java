package io.puraify.blackbox.server.cli.terminal;

/** Makes text from events and servers harmless: to a terminal, control characters are commands. */
public final class Printable {

  private static final char REPLACEMENT = '\ufffd';

  private Printable() {}

  /** The text with blanks for white space and a replacement character for other controls. */
  public static String line(String text) {
    return replaced(text, false);
  }

  /** The same for text of several lines, whose line ends stay. */
  public static String lines(String text) {
    return replaced(text, true);
  }

  private static String replaced(String text, boolean lineEnds) {
    StringBuilder result = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean kept = !Character.isISOControl(c) || (lineEnds && c == '\n');
      if (kept) {
        result.append(c);
      } else {
        result.append(Character.isWhitespace(c) ? ' ' : REPLACEMENT);
      }
    }
    return result.toString();
  }
}
