package io.puraify.blackbox.engine.query;

import java.util.ArrayList;
import java.util.List;

/**
 * One of the values between the commas of a filter.
 *
 * @param quoted whether it stood in quotes, so that none of its characters has a meaning
 */
record Alternative(String text, boolean quoted) {

  /**
   * Cuts a filter at its commas.
   *
   * @param from where it begins, behind what negates it
   */
  static List<Alternative> split(String text, int from) {
    List<Alternative> alternatives = new ArrayList<>();
    int at = from;
    while (true) {
      at =
          at < text.length() && text.charAt(at) == '"'
              ? quoted(text, at, alternatives)
              : plain(text, at, alternatives);
      if (at == text.length()) {
        return alternatives;
      }
      at++;
    }
  }

  private static int plain(String text, int from, List<Alternative> into) {
    int comma = text.indexOf(',', from);
    int end = comma < 0 ? text.length() : comma;
    String value = text.substring(from, end);
    if (value.isEmpty()) {
      throw new FilterSyntaxException(
          "a value is missing at character %d; * stands for any value and !* for none"
              .formatted(from + 1));
    }
    if (value.startsWith("!")) {
      throw new FilterSyntaxException(
          "'!' at character %d: it stands before the first value and negates all of them"
              .formatted(from + 1));
    }
    into.add(new Alternative(value, false));
    return end;
  }

  private static int quoted(String text, int from, List<Alternative> into) {
    StringBuilder value = new StringBuilder();
    int at = from + 1;
    while (at < text.length() && text.charAt(at) != '"') {
      if (text.charAt(at) == '\\' && at + 1 < text.length()) {
        at++;
      }
      value.append(text.charAt(at));
      at++;
    }
    if (at >= text.length()) {
      throw new FilterSyntaxException(
          "the quote at character %d is not closed".formatted(from + 1));
    }
    at++;
    if (at < text.length() && text.charAt(at) != ',') {
      throw new FilterSyntaxException(
          "'%s' at character %d, where a comma or the end was expected"
              .formatted(text.charAt(at), at + 1));
    }
    if (value.isEmpty()) {
      throw new FilterSyntaxException(
          "the quotes at character %d hold nothing; !* finds events without a value"
              .formatted(from + 1));
    }
    into.add(new Alternative(value.toString(), true));
    return at;
  }
}
