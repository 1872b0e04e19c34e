package io.puraify.blackbox.engine.query;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Cuts an expression of the query language into its parts. For one thread. */
final class QueryLexer {

  /** The words that join and negate; in lower case they are words like others. */
  static final Set<String> KEYWORDS = Set.of("AND", "OR", "NOT");

  private final String text;
  private int at;

  QueryLexer(String text) {
    this.text = text;
  }

  /** Where the next character is, counted from 0. */
  int at() {
    return at;
  }

  boolean atEnd() {
    return at == text.length();
  }

  /** The next character, or 0 at the end. */
  char peek() {
    return peek(0);
  }

  private char peek(int ahead) {
    return at + ahead < text.length() ? text.charAt(at + ahead) : 0;
  }

  void skipBlanks() {
    while (!atEnd() && isBlank(peek())) {
      at++;
    }
  }

  private static boolean isBlank(char character) {
    return Character.isWhitespace(character) || Character.isSpaceChar(character);
  }

  /** Takes a character if it is the next. */
  boolean take(char expected) {
    if (!atEnd() && peek() == expected) {
      at++;
      return true;
    }
    return false;
  }

  /** Whether a keyword is the next word. */
  boolean isNext(String keyword) {
    return text.startsWith(keyword, at) && endsWord(at + keyword.length());
  }

  /** Takes a keyword if it is the next word. */
  boolean takeKeyword(String keyword) {
    boolean next = isNext(keyword);
    if (next) {
      at += keyword.length();
    }
    return next;
  }

  private boolean endsWord(int end) {
    return end == text.length()
        || isBlank(text.charAt(end))
        || "()\"".indexOf(text.charAt(end)) >= 0;
  }

  /** Takes a minus sign that negates: something follows it at once. */
  boolean takeMinus() {
    return peek() == '-' && !endsWordOrBlank(at + 1) && take('-');
  }

  private boolean endsWordOrBlank(int index) {
    return index >= text.length() || isBlank(text.charAt(index)) || text.charAt(index) == ')';
  }

  /** Takes a field's name with its colon, if that is next; {@code null} otherwise. */
  @Nullable String takeFieldName() {
    StringBuilder name = new StringBuilder();
    int end = at;
    while (end < text.length() && isOfName(text.charAt(end))) {
      if (text.charAt(end) == '\\' && end + 1 < text.length()) {
        end++;
      }
      name.append(text.charAt(end));
      end++;
    }
    if (end == at || end == text.length() || text.charAt(end) != ':') {
      return null;
    }
    at = end + 1;
    return name.toString();
  }

  private static boolean isOfName(char character) {
    return !isBlank(character) && ":()\"/".indexOf(character) < 0;
  }

  /**
   * A word.
   *
   * @param text without the backslashes and without a star at its end
   * @param star whether a star stood at its end
   * @param plain whether no character lost its meaning
   */
  record Word(String text, boolean star, boolean plain) {}

  /** Takes what comes up to a blank, a parenthesis or a quote. */
  Word word() {
    StringBuilder word = new StringBuilder();
    boolean plain = true;
    int star = -1;
    while (!atEnd() && !endsWord(at)) {
      char character = peek();
      if (character == '\\') {
        plain = false;
        at++;
        if (atEnd()) {
          throw new QuerySyntaxException(
              at - 1, "'\\' stands before the character that it escapes");
        }
        word.append(peek());
      } else {
        if (star >= 0) {
          throw new QuerySyntaxException(
              star,
              "'*' stands for what follows only at the end of a value; write a regular expression,"
                  + " as in message:/a.*b/");
        }
        if (character == '*' && !word.isEmpty()) {
          star = at;
        } else {
          word.append(character);
        }
      }
      at++;
    }
    return new Word(word.toString(), star >= 0, plain);
  }

  /** Takes a phrase; the next character is its quote. */
  String phrase() {
    int start = at;
    at++;
    StringBuilder phrase = new StringBuilder();
    while (!atEnd() && peek() != '"') {
      if (peek() == '\\') {
        at++;
      }
      if (!atEnd()) {
        phrase.append(peek());
        at++;
      }
    }
    if (!take('"')) {
      throw new QuerySyntaxException(start, "the quote that opens here is not closed");
    }
    if (phrase.isEmpty()) {
      throw new QuerySyntaxException(
          start, "the quotes hold nothing; NOT _exists_:FIELD finds events without a value");
    }
    return phrase.toString();
  }

  /** What stands between slashes, and whether an {@code i} follows. */
  record Slashed(String text, boolean ignoringCase) {}

  /** Takes a regular expression; the next character is its slash. */
  Slashed regex() {
    int start = at;
    at++;
    StringBuilder regex = new StringBuilder();
    while (!atEnd() && peek() != '/') {
      if (peek() == '\\' && peek(1) == '/') {
        at++;
      } else if (peek() == '\\' && at + 1 < text.length()) {
        regex.append('\\');
        at++;
      }
      regex.append(peek());
      at++;
    }
    if (!take('/')) {
      throw new QuerySyntaxException(
          start, "the slash that opens a regular expression here is not closed");
    }
    boolean ignoringCase = take('i');
    if (!endsWord(at)) {
      throw new QuerySyntaxException(
          at,
          "found '%s' behind a regular expression, where i, a blank or the end was expected"
              .formatted(peek()));
    }
    return new Slashed(regex.toString(), ignoringCase);
  }

  /** Takes one bound of a range: a phrase, or what comes up to a blank or a bracket. */
  String bound() {
    if (peek() == '"') {
      return phrase();
    }
    int start = at;
    while (!atEnd() && !isBlank(peek()) && "]}[{".indexOf(peek()) < 0) {
      at++;
    }
    if (at == start) {
      throw new QuerySyntaxException(at, found() + ", where a bound of the range was expected");
    }
    return text.substring(start, at);
  }

  /** What is next, for messages. */
  String found() {
    return atEnd() ? "the expression ends" : "found '%s'".formatted(peek());
  }
}
