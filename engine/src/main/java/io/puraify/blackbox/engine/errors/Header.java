package io.puraify.blackbox.engine.errors;

import java.util.regex.Pattern;

/**
 * What a trace says of an exception before its frames.
 *
 * @param type empty where the line names none
 */
record Header(String type, String message) {

  static final Header NONE = new Header("", "");

  /** A name of parts, at least one letter in front; the parts of .NET may have an arity. */
  private static final Pattern TYPE = Pattern.compile("[\\p{L}_$][\\p{L}\\p{N}_$.`+]*+");

  /** Reads {@code type: message} or {@code type}; a text that begins otherwise has no type. */
  static Header of(String line) {
    String text = line.strip();
    int colon = text.indexOf(": ");
    String type = colon < 0 ? text : text.substring(0, colon);
    if (type.endsWith(":")) {
      type = type.substring(0, type.length() - 1);
    }
    if (!TYPE.matcher(type).matches()) {
      return new Header("", text);
    }
    return new Header(type, colon < 0 ? "" : text.substring(colon + 2));
  }
}
