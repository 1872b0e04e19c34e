package io.puraify.blackbox.engine.templates;

import org.jspecify.annotations.Nullable;

/**
 * Tells the values in a message from its words. Each rule looks at a piece of text once and at a
 * bounded number of characters behind it, so that the time is linear in the length of the message.
 *
 * <p>Stateless: safe for many threads.
 */
final class Masker {

  /** Quotation marks further apart hold a text and not a value. */
  private static final int LONGEST_QUOTED = 200;

  /** At these a piece is taken apart, in this order, where it is no value as a whole. */
  private static final String TAKEN_APART = "@/:";

  private static final int SEPARATORS = Chars.ATS | Chars.SLASHES | Chars.COLONS;

  private Masker() {}

  /** Reads a message into tokens. */
  static void mask(String text, Tokens tokens, boolean noting) {
    tokens.begin(text, noting);
    int at = 0;
    while (at < text.length() && !tokens.full()) {
      char c = text.charAt(at);
      if (Chars.space(c)) {
        at++;
      } else if (Chars.atom(c)) {
        at = atom(text, at, tokens);
      } else {
        at = sign(text, at, tokens);
      }
    }
  }

  private static int sign(String text, int at, Tokens tokens) {
    char c = text.charAt(at);
    if (c == '"' || c == '\'' || c == '`') {
      int quoted = quoted(text, at, tokens);
      if (quoted > at) {
        return quoted;
      }
    }
    if ((c == '<' || c == '>') && comparesNumber(text, at)) {
      return at + 1;
    }
    boolean free = at == 0 || Chars.space(text.charAt(at - 1));
    if (free
        && at + 1 < text.length()
        && (c == '(' && text.charAt(at + 1) == ')'
            || c == '[' && text.charAt(at + 1) == ']'
            || c == '{' && text.charAt(at + 1) == '}')) {
      if (c == '(' && tokens.size > 0 && tokens.kinds[tokens.size - 1] == Tokens.VALUE) {
        tokens.note(Rule.EMPTY, at, at + 2);
        return at + 2;
      }
      tokens.value(Rule.EMPTY, at, at + 2);
      return at + 2;
    }
    int end = at + 1;
    while (end < text.length() && text.charAt(end) == c) {
      end++;
    }
    tokens.punctuation(c, at, end);
    return end;
  }

  /** Whether a sign says that a number is only a bound, as in "&lt;1 sec". */
  private static boolean comparesNumber(String text, int at) {
    boolean free = at == 0 || Chars.space(text.charAt(at - 1));
    int digits = Moments.digits(text, at + 1, 10);
    return free && digits > at + 1 && (digits == text.length() || text.charAt(digits) != '>');
  }

  /**
   * A word in quotation marks that is no key; returns where it ends, or where it begins if none.
   */
  private static int quoted(String text, int at, Tokens tokens) {
    char quote = text.charAt(at);
    if (at > 0) {
      char before = text.charAt(at - 1);
      if (Chars.alphanumeric(before) || before == '=' || before == ':') {
        return at;
      }
    }
    int most = Math.min(text.length(), at + LONGEST_QUOTED);
    int end = at + 1;
    while (end < most && text.charAt(end) != quote && !Chars.space(text.charAt(end))) {
      end++;
    }
    if (end == most || text.charAt(end) != quote) {
      return at;
    }
    end++;
    boolean key = end < text.length() && (text.charAt(end) == ':' || text.charAt(end) == '=');
    if (key || end < text.length() && Chars.alphanumeric(text.charAt(end))) {
      return at;
    }
    tokens.value(Rule.QUOTED, at, end);
    return end;
  }

  /** Reads a piece without white space, brackets, quotation marks, commas and the like. */
  private static int atom(String text, int from, Tokens tokens) {
    int end = from;
    boolean scheme = false;
    int question = from;
    while (end < text.length() && Chars.atom(text.charAt(end))) {
      scheme |= text.charAt(end) == ':' && text.startsWith("://", end);
      question = text.charAt(end) == '?' ? end : question;
      end++;
    }
    if (scheme) {
      return url(text, from, end, Rule.URL, tokens);
    }
    if (text.charAt(from) == '/' && question > from && question + 1 < end) {
      return url(text, from, end, Rule.PATH, tokens);
    }
    int stop = end;
    while (stop > from && ".:!?-*+~#&@%$".indexOf(text.charAt(stop - 1)) >= 0) {
      stop--;
    }
    int moment = moment(text, from);
    if (moment >= stop && moment > from) {
      boolean time = text.indexOf(':', from, Math.min(moment, from + 3)) >= 0;
      tokens.value(time ? Rule.TIME : Rule.DATE, from, moment);
      return moment;
    }
    int start = from;
    while (start < stop && leading(text, start, stop)) {
      start++;
    }
    tokens.signs(from, start);
    int behind = start < stop ? piece(text, start, stop, TAKEN_APART, tokens) : stop;
    if (behind > stop) {
      return behind;
    }
    tokens.signs(stop, end);
    return end;
  }

  /** Where a moment ends that begins here, perhaps in another atom. */
  private static int moment(String text, int from) {
    int named = Moments.named(text, from);
    return named == Moments.NONE && Chars.digit(text.charAt(from))
        ? Moments.numeric(text, from)
        : named;
  }

  /** Whether an atom begins with a sign that is no part of a number or a path. */
  private static boolean leading(String text, int at, int end) {
    char c = text.charAt(at);
    char next = at + 1 < end ? text.charAt(at + 1) : ' ';
    return switch (c) {
      case '-', '+' -> !Chars.digit(next);
      case ':' -> next != ':';
      case '.' -> next != '/' && !(next == '.' && at + 2 < end && text.charAt(at + 2) == '/');
      case '~' -> next != '/';
      case '@', '%', '#', '$', '&', '*', '!', '?', '_' -> true;
      default -> false;
    };
  }

  /** Goes on to white space, a quotation mark or a bracket that closes what began before. */
  private static int url(String text, int from, int atomEnd, Rule rule, Tokens tokens) {
    int end = atomEnd;
    while (end < text.length()
        && !Chars.space(text.charAt(end))
        && "\"'<>)]}`|".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    int stop = end;
    while (stop > from && ".,:;!?".indexOf(text.charAt(stop - 1)) >= 0) {
      stop--;
    }
    tokens.value(rule, from, stop);
    tokens.signs(stop, end);
    return end;
  }

  /**
   * Tells what a piece is, or takes it apart at the first of the separators.
   *
   * @return where it ends; behind {@code to} where a unit belongs to it
   */
  private static int piece(String text, int from, int to, String separators, Tokens tokens) {
    int contents = Chars.contents(text, from, to);
    if (contents == 0 && !Numbers.hexWord(text, from, to)) {
      Words.add(text, from, to, contents, tokens);
      return to;
    }
    Rule rule = whole(text, from, to, contents);
    if (rule != null) {
      return value(text, from, to, rule, tokens);
    }
    if (separators.isEmpty() || (contents & SEPARATORS) == 0) {
      return Words.addAll(text, from, to, tokens);
    }
    char separator = separators.charAt(0);
    String others = separators.substring(1);
    int start = from;
    int behind = to;
    while (start < to) {
      int end = text.indexOf(separator, start, to);
      end = end < 0 ? to : end;
      if (end > start) {
        behind = piece(text, start, end, others, tokens);
      }
      start = end;
      while (start < to && text.charAt(start) == separator) {
        start++;
      }
      if (start > end) {
        tokens.punctuation(separator, end, start);
        behind = start;
      }
    }
    return behind;
  }

  /** The rule by which a whole piece is a value, or {@code null}. */
  private static @Nullable Rule whole(String text, int from, int to, int contents) {
    boolean digits = (contents & Chars.DIGITS) != 0;
    boolean dots = (contents & Chars.DOTS) != 0;
    if (digits && dots && Addresses.ip4(text, from, to)) {
      return Rule.IP;
    }
    if (digits && (contents & SEPARATORS) != 0 && Moments.numeric(text, from) == to) {
      return Rule.DATE;
    }
    if (Addresses.uuid(text, from, to)) {
      return Rule.UUID;
    }
    if ((contents & Chars.COLONS) != 0 && Addresses.colonGroups(text, from, to)) {
      return Rule.IP;
    }
    if ((contents & Chars.ATS) != 0 && Addresses.email(text, from, to)) {
      return Rule.EMAIL;
    }
    if ((contents & (Chars.SLASHES | Chars.BACKSLASHES)) != 0
        && path(text, from, to, (contents & Chars.ATS) == 0)) {
      return Rule.PATH;
    }
    if (dots && Addresses.host(text, from, to)) {
      return Rule.HOST;
    }
    return digits || Numbers.hexWord(text, from, to) ? Numbers.number(text, from, to) : null;
  }

  /**
   * Whether a piece is a path.
   *
   * @param relative whether it may be one that begins with a name
   */
  private static boolean path(String text, int from, int to, boolean relative) {
    char c = text.charAt(from);
    char next = from + 1 < to ? text.charAt(from + 1) : ' ';
    if (c == '/' || c == '.' || c == '~') {
      int slash = text.indexOf('/', from, Math.min(to, from + 3));
      return slash >= 0 && to > slash + 1;
    }
    if (c == '\\' && next == '\\' || next == ':' && text.startsWith("\\", from + 2)) {
      return to > from + 3;
    }
    int slashes = 0;
    for (int i = from; i < to && relative && slashes < 2; i++) {
      slashes += text.charAt(i) == '/' || text.charAt(i) == '\\' ? 1 : 0;
    }
    return slashes == 2;
  }

  private static int value(String text, int from, int to, Rule rule, Tokens tokens) {
    if (rule == Rule.NUM && to + 1 < text.length() && text.charAt(to) == ' ') {
      int end = to + 1;
      int most = Math.min(text.length(), to + 14);
      while (end < most && Chars.letter(text.charAt(end))) {
        end++;
      }
      Rule unit = Chars.wordEnds(text, end) ? Quantities.spaced(text, to + 1, end) : null;
      if (unit != null) {
        tokens.value(unit, from, end);
        return end;
      }
    }
    tokens.value(rule, from, to);
    return to;
  }
}
