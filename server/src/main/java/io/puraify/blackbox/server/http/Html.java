package io.puraify.blackbox.server.http;

/** Text of senders within HTML. */
final class Html {

  private Html() {}

  /**
   * A text as HTML shows it, in an element or in a quoted attribute. Signs that cannot be seen but
   * change how others look, such as those that turn the direction of writing, are replaced.
   */
  static String escape(String text) {
    StringBuilder escaped = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(sign -> {
          switch (sign) {
            case '&' -> escaped.append("&amp;");
            case '<' -> escaped.append("&lt;");
            case '>' -> escaped.append("&gt;");
            case '"' -> escaped.append("&quot;");
            case '\'' -> escaped.append("&#39;");
            case '\n', '\t' -> escaped.append((char) sign);
            default -> {
              if (isHidden(sign)) {
                escaped.append('\ufffd');
              } else {
                escaped.appendCodePoint(sign);
              }
            }
          }
        });
    return escaped.toString();
  }

  private static boolean isHidden(int sign) {
    return switch (Character.getType(sign)) {
      case Character.CONTROL, Character.FORMAT, Character.SURROGATE -> true;
      default -> false;
    };
  }

  /**
   * JSON as the body of a script element that is data: no text in it can end the element.
   *
   * @param json in which a less-than sign is in strings only
   */
  static String data(String json) {
    return json.replace("<", "\\u003c");
  }
}
