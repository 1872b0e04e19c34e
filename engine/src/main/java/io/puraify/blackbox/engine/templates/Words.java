package io.puraify.blackbox.engine.templates;

import java.util.Set;

/** Tells words that are values, by their looks or by the words before them, from all others. */
final class Words {

  /** Nouns behind which a name comes, where a preposition or such stands before them. */
  private static final Set<String> NOUNS = Set.of("user", "username", "host", "hostname");

  private static final Set<String> BEFORE_NOUNS =
      Set.of("for", "by", "of", "from", "to", "as", "invalid", "illegal", "unknown");

  /** What may follow a name; another noun would make a compound, as in "user account". */
  private static final Set<String> AFTER_NAMES =
      Set.of(
          "by", "from", "on", "at", "in", "to", "with", "via", "for", "is", "has", "was", "using",
          "and", "because", "failed");

  private static final Set<String> LITERALS =
      Set.of(
          "true",
          "false",
          "null",
          "none",
          "nil",
          "nan",
          "undefined",
          "True",
          "False",
          "None",
          "NULL",
          "NaN",
          "TRUE",
          "FALSE");

  private Words() {}

  /** Adds words, perhaps with numbers in them, and the signs between them; returns their end. */
  static int addAll(String text, int from, int to, Tokens tokens) {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && inName(text.charAt(end)) && !text.startsWith("..", end)) {
        end++;
      }
      if (end > start) {
        add(text, start, end, Chars.contents(text, start, end), tokens);
      }
      start = end;
      while (end < to && (!inName(text.charAt(end)) || text.charAt(end) == '.')) {
        end++;
      }
      tokens.signs(start, end);
      start = end;
    }
    return to;
  }

  private static boolean inName(char c) {
    return Chars.alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$';
  }

  /** Adds a word, or the value that it is. */
  static void add(String text, int from, int to, int contents, Tokens tokens) {
    boolean digits = (contents & Chars.DIGITS) != 0;
    Rule number = digits ? Numbers.number(text, from, to) : null;
    if (number != null) {
      tokens.value(number, from, to);
    } else if (digits && Names.madeUp(text, from, to)) {
      tokens.value(Rule.ID, from, to);
    } else if (literal(text, from, to, tokens)) {
      tokens.value(Rule.LITERAL, from, to);
    } else if (follows(text, from, to, tokens)) {
      tokens.value(Rule.NAME, from, to);
    } else {
      Names.add(text, from, to, tokens);
    }
  }

  private static boolean literal(String text, int from, int to, Tokens tokens) {
    int last = tokens.size - 1;
    return to - from <= 9
        && (tokens.is(last, '=') || tokens.is(last, ':'))
        && LITERALS.contains(text.substring(from, to));
  }

  /** Whether a word is the name of a user or host. */
  private static boolean follows(String text, int from, int to, Tokens tokens) {
    int last = tokens.size - 1;
    if (last < 1
        || tokens.kinds[last] != Tokens.WORD
        || tokens.kinds[last - 1] != Tokens.WORD
        || tokens.ends[last] + 1 != from
        || !within(text, tokens, last, NOUNS)
        || !within(text, tokens, last - 1, BEFORE_NOUNS)) {
      return false;
    }
    if (to + 1 >= text.length() || text.charAt(to) != ' ') {
      return true;
    }
    int end = to + 1;
    while (end < text.length() && end < to + 10 && Chars.letter(text.charAt(end))) {
      end++;
    }
    return end == to + 1 || AFTER_NAMES.contains(text.substring(to + 1, end));
  }

  private static boolean within(String text, Tokens tokens, int at, Set<String> words) {
    int length = tokens.ends[at] - tokens.starts[at];
    return length <= 10 && words.contains(text.substring(tokens.starts[at], tokens.ends[at]));
  }
}
