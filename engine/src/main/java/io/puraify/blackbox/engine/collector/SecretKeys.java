package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.json.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells keys whose values are secrets by how they end: {@code password}, {@code db_password},
 * {@code x-api-key}, {@code accessToken}. Remembers keys it has seen; not safe for several threads.
 */
final class SecretKeys {

  /** Endings, lower-case without separators, and the rule that masks the value. */
  private static final Map<String, String> ENDINGS =
      Map.ofEntries(
          Map.entry("password", "password"),
          Map.entry("passwd", "password"),
          Map.entry("passphrase", "password"),
          Map.entry("pwd", "password"),
          Map.entry("authorization", "authorization"),
          Map.entry("cookie", "cookie"),
          Map.entry("apikey", "api_key"),
          Map.entry("accesskey", "api_key"),
          Map.entry("token", "token"),
          Map.entry("secret", "secret"),
          Map.entry("secretkey", "secret"),
          Map.entry("privatekey", "private_key"),
          Map.entry("credentials", "secret"),
          Map.entry("cardnumber", "card_number"),
          Map.entry("cvv", "card_number"),
          Map.entry("cvc", "card_number"));

  /** The rules that go by keys. */
  static final List<String> RULES = ENDINGS.values().stream().distinct().sorted().toList();

  /** Senders use few different keys; when there are more, what was remembered is forgotten. */
  private static final int MAX_REMEMBERED = 4_096;

  /** Longer keys are not looked at beyond their end, nor remembered. */
  private static final int MAX_KEY_BYTES = 128;

  private final Map<String, String> endings = new HashMap<>();
  private @Nullable Entry[] remembered = new @Nullable Entry[MAX_REMEMBERED * 2];
  private int count;

  private record Entry(byte[] key, @Nullable String rule) {}

  SecretKeys(RedactionOptions options) {
    ENDINGS.forEach((ending, rule) -> {
      if (!options.disabled().contains(rule)) {
        endings.put(ending, rule);
      }
    });
    options.keys().forEach(key -> endings.put(plain(key), "secret"));
  }

  /** The rule that masks the value of the key {@code bytes[from, to)}, or {@code null}. */
  @Nullable String rule(byte[] bytes, int from, int to) {
    int start = Math.max(from, to - MAX_KEY_BYTES);
    int slot = Bytes.hash(bytes, start, to) & (remembered.length - 1);
    for (Entry entry = remembered[slot]; entry != null; entry = remembered[slot]) {
      if (Arrays.equals(entry.key, 0, entry.key.length, bytes, start, to)) {
        return entry.rule;
      }
      slot = (slot + 1) & (remembered.length - 1);
    }
    byte[] key = Arrays.copyOfRange(bytes, start, to);
    String rule = find(new String(key, StandardCharsets.UTF_8));
    if (count == MAX_REMEMBERED) {
      remembered = new @Nullable Entry[MAX_REMEMBERED * 2];
      count = 0;
      slot = Bytes.hash(bytes, start, to) & (remembered.length - 1);
    }
    remembered[slot] = new Entry(key, rule);
    count++;
    return rule;
  }

  private @Nullable String find(String key) {
    String plain = plain(key);
    List<String> matches = new ArrayList<>();
    for (String ending : endings.keySet()) {
      if (plain.endsWith(ending)) {
        matches.add(ending);
      }
    }
    return matches.stream()
        .max(Comparator.comparingInt(String::length))
        .map(endings::get)
        .orElse(null);
  }

  private static String plain(String key) {
    return key.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }
}
