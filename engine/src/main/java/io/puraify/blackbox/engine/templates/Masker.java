package io.puraify.blackbox.engine.templates;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells the values in a message from its words. Each rule looks at a piece of text once and at a
 * bounded number of characters behind it, so that the time is linear in the length of the message.
 *
 * <p>Stateless: safe for many threads.
 */
final class Masker {

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

  /** Quotation marks further apart hold a text and not a value. */
  private static final int LONGEST_QUOTED = 200;

  private static final int FEWEST_HEX = 6;

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
    while (end < text.length() && Chars.atom(text.charAt(end))) {
      scheme |= text.charAt(end) == ':' && text.startsWith("://", end);
      end++;
    }
    if (scheme) {
      return url(text, from, end, tokens);
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
    signs(text, from, start, tokens);
    int behind = start < stop ? piece(text, start, stop, TAKEN_APART, tokens) : stop;
    if (behind > stop) {
      return behind;
    }
    signs(text, stop, end, tokens);
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

  private static void signs(String text, int from, int to, Tokens tokens) {
    int at = from;
    while (at < to) {
      int end = at + 1;
      while (end < to && text.charAt(end) == text.charAt(at)) {
        end++;
      }
      tokens.punctuation(text.charAt(at), at, end);
      at = end;
    }
  }

  /** Goes on to white space, a quotation mark or a bracket that closes what began before. */
  private static int url(String text, int from, int atomEnd, Tokens tokens) {
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
    tokens.value(Rule.URL, from, stop);
    signs(text, stop, end, tokens);
    return end;
  }

  /**
   * Tells what a piece is, or takes it apart at the first of the separators.
   *
   * @return where it ends; behind {@code to} where a unit belongs to it
   */
  private static int piece(String text, int from, int to, String separators, Tokens tokens) {
    int contents = Chars.contents(text, from, to);
    if (contents == 0 && !hexWord(text, from, to)) {
      word(text, from, to, contents, tokens);
      return to;
    }
    Rule rule = whole(text, from, to, contents);
    if (rule != null) {
      return value(text, from, to, rule, tokens);
    }
    if (separators.isEmpty() || (contents & SEPARATORS) == 0) {
      return name(text, from, to, tokens);
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
    return digits || hexWord(text, from, to) ? number(text, from, to) : null;
  }

  /** Whether a word is as long as hashes and addresses are, and may be one without digits. */
  private static boolean hexWord(String text, int from, int to) {
    int length = to - from;
    if (length != 8 && length != 16 && length != 32 && length != 40 && length != 64) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (!Chars.hex(text.charAt(i))) {
        return false;
      }
    }
    return true;
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

  private static @Nullable Rule number(String text, int from, int to) {
    int at = from;
    char sign = text.charAt(at);
    if (sign == '-' || sign == '+') {
      at++;
    }
    if (text.startsWith("0x", at) || text.startsWith("0X", at)) {
      int end = at + 2;
      while (end < to && Chars.hex(text.charAt(end))) {
        end++;
      }
      return end == to && end > at + 2 ? Rule.HEX : null;
    }
    int digits = 0;
    int hex = 0;
    int others = 0;
    for (int i = at; i < to; i++) {
      char c = text.charAt(i);
      if (Chars.digit(c)) {
        digits++;
      } else if (Chars.hex(c)) {
        hex++;
      } else if (c != '.' && c != ':' && c != '-' && c != '+' && c != '/' && c != '_' && c != '%') {
        others++;
      }
    }
    if (digits + hex < to - at && digits == 0) {
      return null;
    }
    if (others == 0 && hex == 0 && Chars.digit(text.charAt(at))) {
      return Rule.NUM;
    }
    if (digits + hex == to - at && to - at >= FEWEST_HEX) {
      return Rule.HEX;
    }
    return quantity(text, at, to);
  }

  /** A number with a unit, such as {@code 1.5s} or {@code 16K}. */
  private static @Nullable Rule quantity(String text, int from, int to) {
    int at = from;
    while (at < to && (Chars.digit(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    if (at == from) {
      return null;
    }
    Rule unit = Quantities.attached(text, at, to);
    if (unit != null) {
      return unit;
    }
    // 1m30s and 80x25
    int second = at;
    while (second < to && Chars.letter(text.charAt(second))) {
      second++;
    }
    if (second == at || second == to) {
      return null;
    }
    boolean unitFirst = Quantities.attached(text, at, second) != null;
    boolean times = second == at + 1 && text.charAt(at) == 'x';
    if (unitFirst || times) {
      Rule rest = number(text, second, to);
      return rest == null ? null : unitFirst ? Rule.DURATION : rest;
    }
    return null;
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

  /** Words, perhaps with numbers in them, between signs. */
  private static int name(String text, int from, int to, Tokens tokens) {
    int start = from;
    while (start < to) {
      int end = start;
      while (end < to && inName(text.charAt(end)) && !text.startsWith("..", end)) {
        end++;
      }
      if (end > start) {
        word(text, start, end, Chars.contents(text, start, end), tokens);
      }
      start = end;
      while (end < to && (!inName(text.charAt(end)) || text.charAt(end) == '.')) {
        end++;
      }
      signs(text, start, end, tokens);
      start = end;
    }
    return to;
  }

  private static boolean inName(char c) {
    return Chars.alphanumeric(c) || c == '_' || c == '-' || c == '.' || c == '$';
  }

  private static void word(String text, int from, int to, int contents, Tokens tokens) {
    boolean digits = (contents & Chars.DIGITS) != 0;
    Rule number = digits ? number(text, from, to) : null;
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
