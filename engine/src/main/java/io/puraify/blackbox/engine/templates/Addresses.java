package io.puraify.blackbox.engine.templates;

import java.util.Locale;
import java.util.Set;

/** Tells addresses of machines, people and things, each from a whole piece of text. */
final class Addresses {

  /** Top-level domains that are not also endings of class or file names in common use. */
  private static final Set<String> TOP_LEVEL =
      Set.of(
          "com",
          "net",
          "org",
          "edu",
          "gov",
          "mil",
          "arpa",
          "biz",
          "localdomain",
          "internal",
          "intranet",
          "lan",
          "corp",
          "museum",
          "mobi");

  /** Those that end other names as well, such as {@code log.info}: a host has a label more. */
  private static final Set<String> AMBIGUOUS =
      Set.of("info", "name", "home", "local", "int", "cloud", "app", "dev");

  /** How names of packages begin, which are domain names turned round. */
  private static final Set<String> PACKAGES =
      Set.of(
          "com",
          "net",
          "org",
          "edu",
          "gov",
          "io",
          "java",
          "javax",
          "jakarta",
          "sun",
          "scala",
          "android",
          "system",
          "microsoft");

  /** Domains of countries that end names of properties as well, such as {@code task.id}. */
  private static final Set<String> WORDS =
      Set.of("id", "in", "is", "it", "to", "at", "no", "do", "me", "my", "by", "us", "ms", "st");

  /** Endings of files, behind which a number is a line and not a port. */
  private static final Set<String> FILES =
      Set.of(
          "py", "so", "sh", "md", "pl", "rs", "cc", "js", "ts", "cs", "gz", "ps", "mm", "ml", "vb",
          "kt", "hs", "fs", "go", "rb", "db", "java", "scala", "php", "cpp", "hpp", "html", "json",
          "xml", "yaml", "yml", "txt", "log", "conf", "sql", "swift", "jsx", "tsx", "class", "jar",
          "dll", "exe", "vue", "mjs", "cxx", "erl", "ex", "exs", "lua", "clj", "groovy");

  private static final int UUID_LENGTH = 36;
  private static final int LONGEST_HOST = 255;

  private Addresses() {}

  static boolean uuid(String text, int from, int to) {
    if (to - from != UUID_LENGTH) {
      return false;
    }
    for (int i = 0; i < UUID_LENGTH; i++) {
      char c = text.charAt(from + i);
      boolean dash = i == 8 || i == 13 || i == 18 || i == 23;
      if (dash ? c != '-' : !Chars.hex(c)) {
        return false;
      }
    }
    return true;
  }

  /** An IPv4 address, with a slash before it as Java prints it, a port or a mask behind it. */
  static boolean ip4(String text, int from, int to) {
    int at = text.charAt(from) == '/' ? from + 1 : from;
    for (int i = 0; i < 4; i++) {
      int end = Moments.digits(text, at, 3);
      if (end == at || end > to) {
        return false;
      }
      at = end;
      if (i < 3) {
        if (at >= to || text.charAt(at) != '.') {
          return false;
        }
        at++;
      }
    }
    if (at < to && (text.charAt(at) == ':' || text.charAt(at) == '/')) {
      int end = Moments.digits(text, at + 1, 5);
      return end == to && end > at + 1;
    }
    return at == to;
  }

  /** An IPv6 address, or a hardware address: groups of hexadecimal digits with colons. */
  static boolean colonGroups(String text, int from, int to) {
    int colons = 0;
    int group = 0;
    int start = from;
    boolean doubled = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (c == ':') {
        doubled |= i > from && text.charAt(i - 1) == ':';
        colons++;
        group = 0;
        start = i + 1;
      } else if (c == '.') {
        return doubled && ip4(text, start, to);
      } else if (!Chars.hex(c) || ++group > 4) {
        return false;
      }
    }
    return colons >= 4 || doubled && colons >= 2 && to - from > 2;
  }

  static boolean email(String text, int from, int to) {
    int at = text.indexOf('@', from, to);
    if (at <= from || at + 3 >= to || !Chars.letter(text.charAt(to - 1))) {
      return false;
    }
    int dot = text.indexOf('.', at + 1, to);
    if (dot <= at + 1) {
      return false;
    }
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (i != at && !Chars.alphanumeric(c) && "._-+%".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }

  /** A domain name, with or without a port. */
  static boolean host(String text, int from, int to) {
    int end = withoutPort(text, from, to);
    if (end - from > LONGEST_HOST || end - from < 4) {
      return false;
    }
    int labels = 1;
    int start = from;
    int first = end;
    boolean typical = end < to;
    boolean lower = true;
    for (int i = from; i < end; i++) {
      char c = text.charAt(i);
      if (c == '.') {
        if (i == start) {
          return false;
        }
        first = labels == 1 ? i : first;
        labels++;
        start = i + 1;
      } else if (!Chars.alphanumeric(c) && c != '-' && c != '_') {
        return false;
      }
      typical |= c == '-' || Chars.digit(c);
      lower &= c < 'A' || c > 'Z';
    }
    if (labels == 1 || start == end || !Chars.letter(text.charAt(start))) {
      return false;
    }
    String last = text.substring(start, end).toLowerCase(Locale.ROOT);
    boolean port = end < to && lower && !FILES.contains(last);
    return (domain(last, port ? labels + 1 : labels, typical) || port && labels > 2)
        && !PACKAGES.contains(text.substring(from, first).toLowerCase(Locale.ROOT));
  }

  /** Whether a name ends in a domain; where that is unclear, it needs more labels or a number. */
  private static boolean domain(String label, int labels, boolean typical) {
    if (TOP_LEVEL.contains(label)) {
      return true;
    }
    boolean country =
        label.length() == 2 && !FILES.contains(label) && Chars.letter(label.charAt(1));
    return labels > 2
        && (AMBIGUOUS.contains(label) || country && (typical || !WORDS.contains(label)));
  }

  private static int withoutPort(String text, int from, int to) {
    int colon = text.indexOf(':', from, to);
    if (colon <= from) {
      return to;
    }
    int end = Moments.digits(text, colon + 1, 5);
    return end == to && end > colon + 1 ? colon : to;
  }
}
