package io.puraify.blackbox.engine.collector;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets inside text, before anything reaches the disk: {@code Authorization: Bearer abc}
 * becomes {@code Authorization: [redacted:bearer_token]}.
 *
 * <p>Text is scanned once, byte by byte, and looked at closely only where a byte may begin a
 * secret. Not safe for several threads.
 */
final class Redaction {

  private static final String BEARER_TOKEN = "bearer_token";
  private static final String PRIVATE_KEY = "private_key";
  private static final String CLOUD_KEY = "cloud_key";
  private static final String SERVICE_TOKEN = "service_token";
  private static final String JWT = "jwt";
  private static final String CARD_NUMBER = "card_number";
  private static final String URL_PASSWORD = "url_password";

  private static final List<String> TEXT_RULES =
      List.of(BEARER_TOKEN, PRIVATE_KEY, CLOUD_KEY, SERVICE_TOKEN, JWT, CARD_NUMBER, URL_PASSWORD);

  /** Prefixes that vendors give their credentials, with the least length of what follows. */
  private static final List<Prefix> PREFIXES =
      List.of(
          new Prefix("AKIA", CLOUD_KEY, 16),
          new Prefix("ASIA", CLOUD_KEY, 16),
          new Prefix("AIza", CLOUD_KEY, 30),
          new Prefix("ghp_", SERVICE_TOKEN, 30),
          new Prefix("gho_", SERVICE_TOKEN, 30),
          new Prefix("ghs_", SERVICE_TOKEN, 30),
          new Prefix("github_pat_", SERVICE_TOKEN, 30),
          new Prefix("glpat-", SERVICE_TOKEN, 18),
          new Prefix("xoxb-", SERVICE_TOKEN, 10),
          new Prefix("xoxp-", SERVICE_TOKEN, 10),
          new Prefix("xoxa-", SERVICE_TOKEN, 10),
          new Prefix("sk_live_", SERVICE_TOKEN, 16),
          new Prefix("rk_live_", SERVICE_TOKEN, 16),
          new Prefix("sk-", SERVICE_TOKEN, 32),
          new Prefix("eyJ", JWT, 20));

  private static final byte[] BEGIN = ascii("-----BEGIN ");
  private static final byte[] END = ascii("-----END ");
  private static final byte[] PRIVATE = ascii("PRIVATE KEY-----");
  private static final byte[] DASHES = ascii("-----");

  /** Names of secrets are no longer; what is in front of that is not looked at. */
  private static final int MAX_NAME_BYTES = 40;

  private record Prefix(byte[] bytes, String rule, int least) {
    Prefix(String text, String rule, int least) {
      this(ascii(text), rule, least);
    }
  }

  /** A secret at {@code [from, to)} of the text. */
  private record Secret(int from, int to, String rule) {}

  private final RedactionOptions options;
  private final SecretKeys keys;
  private final boolean[] begins = new boolean[128];
  private final Map<String, Long> masked = new TreeMap<>();

  Redaction(RedactionOptions options) {
    this.options = options;
    this.keys = new SecretKeys(options);
    for (Prefix prefix : PREFIXES) {
      begins[prefix.bytes[0]] = true;
    }
    for (char c : "Bb-:=0123456789".toCharArray()) {
      begins[c] = true;
    }
  }

  /** The names of all rules that can be switched off. */
  static List<String> ruleNames() {
    List<String> names = new ArrayList<>(TEXT_RULES);
    SecretKeys.RULES.stream().filter(rule -> !names.contains(rule)).forEach(names::add);
    return names;
  }

  /** The mask in the place of a secret that a key names, or {@code null} where it names none. */
  @Nullable String maskForKey(byte[] bytes, int from, int to) {
    String rule = keys.rule(bytes, from, to);
    if (rule == null) {
      return null;
    }
    count(rule);
    return mask(rule);
  }

  /** How many secrets were masked since the last call, by rule. */
  Map<String, Long> drainCounts() {
    if (masked.isEmpty()) {
      return Map.of();
    }
    Map<String, Long> counts = Map.copyOf(masked);
    masked.clear();
    return counts;
  }

  /** The text {@code b[from, to)} with its secrets masked, or {@code null} where it has none. */
  byte @Nullable [] redact(byte[] b, int from, int to) {
    List<Secret> secrets = List.of();
    int at = from;
    while (at < to) {
      byte c = b[at];
      if (c >= 0 && begins[c]) {
        Secret secret = secretAt(b, from, at, to);
        if (secret != null && !options.disabled().contains(secret.rule)) {
          if (secrets.isEmpty()) {
            secrets = new ArrayList<>();
          }
          secrets.add(secret);
          at = secret.to;
          continue;
        }
        if (c >= '0' && c <= '9') {
          // A number is looked at once, not again from each of its digits.
          while (at + 1 < to && b[at + 1] >= '0' && b[at + 1] <= '9') {
            at++;
          }
        }
      }
      at++;
    }
    byte[] result = secrets.isEmpty() ? null : replaced(b, from, to, secrets);
    return options.patterns().isEmpty() ? result : redactPatterns(b, from, to, result);
  }

  private byte[] replaced(byte[] b, int from, int to, List<Secret> secrets) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(to - from);
    int at = from;
    for (Secret secret : secrets) {
      out.write(b, at, secret.from - at);
      out.writeBytes(ascii(mask(secret.rule)));
      count(secret.rule);
      at = secret.to;
    }
    out.write(b, at, to - at);
    return out.toByteArray();
  }

  private byte @Nullable [] redactPatterns(byte[] b, int from, int to, byte @Nullable [] before) {
    String text =
        before == null
            ? new String(b, from, to - from, StandardCharsets.UTF_8)
            : new String(before, StandardCharsets.UTF_8);
    String result = text;
    for (Map.Entry<String, Pattern> pattern : options.patterns().entrySet()) {
      Matcher matcher = pattern.getValue().matcher(result);
      if (matcher.find()) {
        result = matcher.replaceAll(Matcher.quoteReplacement(mask(pattern.getKey())));
        count(pattern.getKey());
      }
    }
    return result.equals(text) ? before : result.getBytes(StandardCharsets.UTF_8);
  }

  private @Nullable Secret secretAt(byte[] b, int from, int at, int to) {
    return switch (b[at]) {
      case 'B', 'b' -> bearer(b, at, to);
      case '-' -> privateKey(b, at, to);
      case ':' ->
          at + 1 < to && b[at + 1] == '/' ? urlPassword(b, at, to) : member(b, from, at, to);
      case '=' -> assignment(b, from, at, to);
      case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> card(b, from, at, to);
      default -> prefixed(b, from, at, to);
    };
  }

  private static @Nullable Secret bearer(byte[] b, int at, int to) {
    int value = at + 7;
    if (value >= to || !equalsIgnoringCase(b, at, "bearer ")) {
      return null;
    }
    int end = tokenEnd(b, value, to);
    return end - value >= 8 ? new Secret(at, end, BEARER_TOKEN) : null;
  }

  /** A PEM block of a private key, to its end line or, where that is cut off, to the text's end. */
  private static @Nullable Secret privateKey(byte[] b, int at, int to) {
    if (!startsWith(b, at, to, BEGIN)) {
      return null;
    }
    int label = indexOf(b, at + BEGIN.length, Math.min(to, at + 64), PRIVATE);
    if (label < 0) {
      return null;
    }
    int end = indexOf(b, label, to, END);
    int close = end < 0 ? -1 : indexOf(b, end + END.length, to, DASHES);
    return new Secret(at, close < 0 ? to : close + DASHES.length, PRIVATE_KEY);
  }

  /** The password of {@code scheme://user:password@host}. */
  private static @Nullable Secret urlPassword(byte[] b, int at, int to) {
    if (at + 3 >= to || b[at + 1] != '/' || b[at + 2] != '/') {
      return null;
    }
    int colon = -1;
    for (int i = at + 3; i < to && b[i] > ' ' && b[i] != '/' && b[i] != '"'; i++) {
      if (b[i] == ':' && colon < 0) {
        colon = i;
      } else if (b[i] == '@') {
        return colon > 0 && i > colon + 1 ? new Secret(colon + 1, i, URL_PASSWORD) : null;
      }
    }
    return null;
  }

  /** The value of {@code password=value}, as the keys of attributes are told. */
  private @Nullable Secret assignment(byte[] b, int from, int at, int to) {
    int value = at + 1;
    String rule = value < to ? ruleOfName(b, from, at) : null;
    if (rule == null) {
      return null;
    }
    int end = value;
    while (end < to && b[end] > ' ' && ",;&\"'()[]{}<>\\".indexOf(b[end]) < 0) {
      end++;
    }
    return end == value ? quoted(b, value, to, rule) : new Secret(value, end, rule);
  }

  /** The value of {@code "password": "value"}, as where JSON is part of a message. */
  private @Nullable Secret member(byte[] b, int from, int at, int to) {
    int name = at - 1;
    if (name < from || b[name] != '"') {
      return null;
    }
    String rule = ruleOfName(b, from, name > from && b[name - 1] == '\\' ? name - 1 : name);
    int value = at + 1;
    while (value < to && b[value] == ' ') {
      value++;
    }
    return rule == null ? null : quoted(b, value, to, rule);
  }

  /** The rule for the name that ends at {@code end}. */
  private @Nullable String ruleOfName(byte[] b, int from, int end) {
    int start = end;
    while (start > from && end - start < MAX_NAME_BYTES && isNameByte(b[start - 1])) {
      start--;
    }
    return start == end ? null : keys.rule(b, start, end);
  }

  /** A secret in quotes, which may be escaped, to the closing one or, without it, to the end. */
  private static @Nullable Secret quoted(byte[] b, int at, int to, String rule) {
    boolean escaped = at < to && b[at] == '\\';
    int open = escaped ? at + 1 : at;
    if (open >= to || (b[open] != '"' && b[open] != '\'')) {
      return null;
    }
    int end = open + 1;
    while (end < to && b[end] != b[open]) {
      end += !escaped && b[end] == '\\' ? 2 : 1;
    }
    end = Math.min(end, to);
    return end == open + 1 ? null : new Secret(open + 1, end, rule);
  }

  private static @Nullable Secret prefixed(byte[] b, int from, int at, int to) {
    if (at > from && isTokenByte(b[at - 1])) {
      return null;
    }
    for (Prefix prefix : PREFIXES) {
      if (prefix.bytes[0] == b[at] && startsWith(b, at, to, prefix.bytes)) {
        int end = tokenEnd(b, at, to);
        if (end - at - prefix.bytes.length >= prefix.least) {
          return new Secret(at, end, prefix.rule);
        }
      }
    }
    return null;
  }

  /**
   * A payment card's number: 13 to 19 digits in one piece or in groups, with an issuer's first
   * digits (ISO/IEC 7812) and a valid check digit (Luhn). A number that is part of a longer word,
   * such as a block's id, is none.
   */
  private static @Nullable Secret card(byte[] b, int from, int at, int to) {
    if (at > from && (isTokenByte(b[at - 1]) || b[at - 1] == '.')) {
      return null;
    }
    int digits = 0;
    int sum = 0;
    int other = 0;
    int end = at;
    int lead = 0;
    int i = at;
    for (; i < to && digits < 20; i++) {
      int digit = b[i] - '0';
      boolean grouped =
          (b[i] == ' ' || b[i] == '-')
              && digits % 4 == 0
              && digits > 0
              && i + 1 < to
              && b[i + 1] >= '0'
              && b[i + 1] <= '9';
      if (grouped) {
        continue;
      }
      if (digit < 0 || digit > 9) {
        break;
      }
      // Both sums run along, since only the last digit tells which positions are doubled.
      int doubled = digit > 4 ? digit * 2 - 9 : digit * 2;
      int before = sum;
      sum = other + digit;
      other = before + doubled;
      lead = digits < 4 ? lead * 10 + digit : lead;
      digits++;
      end = i + 1;
    }
    boolean word = end < to && isTokenByte(b[end]);
    return !word && isIssuer(lead, digits) && sum % 10 == 0
        ? new Secret(at, end, CARD_NUMBER)
        : null;
  }

  private static boolean isIssuer(int lead, int digits) {
    return switch (lead / 1_000) {
      case 4 -> digits == 13 || digits == 16 || digits == 19;
      case 5 -> digits == 16 && lead >= 5_100 && lead <= 5_599;
      case 2 -> digits == 16 && lead >= 2_221 && lead <= 2_720;
      case 3 ->
          digits == 15 && (lead / 100 == 34 || lead / 100 == 37)
              || digits == 16 && lead >= 3_528 && lead <= 3_589
              || digits == 14 && (lead / 100 == 36 || lead / 100 == 38);
      case 6 -> digits == 16 && (lead == 6_011 || lead / 100 == 65);
      default -> false;
    };
  }

  private static int tokenEnd(byte[] b, int from, int to) {
    int end = from;
    while (end < to && (isTokenByte(b[end]) || ".+/=~".indexOf(b[end]) >= 0)) {
      end++;
    }
    return end;
  }

  private static boolean isTokenByte(byte c) {
    return isNameByte(c) && c != '.';
  }

  private static boolean isNameByte(byte c) {
    return c >= 'a' && c <= 'z'
        || c >= 'A' && c <= 'Z'
        || c >= '0' && c <= '9'
        || c == '_'
        || c == '-'
        || c == '.';
  }

  private static boolean equalsIgnoringCase(byte[] b, int at, String lowerCase) {
    for (int i = 0; i < lowerCase.length(); i++) {
      int c = b[at + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lowerCase.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private static boolean startsWith(byte[] b, int at, int to, byte[] prefix) {
    return at + prefix.length <= to
        && Arrays.equals(b, at, at + prefix.length, prefix, 0, prefix.length);
  }

  private static int indexOf(byte[] b, int from, int to, byte[] part) {
    for (int i = from; i + part.length <= to; i++) {
      if (startsWith(b, i, to, part)) {
        return i;
      }
    }
    return -1;
  }

  private void count(String rule) {
    masked.merge(rule, 1L, Long::sum);
  }

  private static String mask(String rule) {
    return "[redacted:" + rule + "]";
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
