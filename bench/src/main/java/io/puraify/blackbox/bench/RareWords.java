package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Chooses words of the messages that few events have, such as the ids of charges. The same events
 * give the same words.
 */
final class RareWords {

  /** A word is what stands between characters that are neither letters nor digits. */
  private static final Pattern WORD = Pattern.compile("[A-Za-z0-9]+");

  /** Without a letter it would not matter in which case it is written. */
  private static final Pattern LETTER = Pattern.compile("[A-Za-z]");

  /** Every peer is given at least so many events, unless it is told otherwise. */
  private static final long LOOKED_AT = 1_000_000;

  /** A word of at most one in so many events is rare. */
  private static final long RARE = 10_000;

  private RareWords() {}

  /**
   * The most frequent of the rare words of a file, as they stand in it.
   *
   * @param events of the file that are looked at, the first, and at most a million
   * @param words how many words at most; there are fewer where no more are rare
   */
  static List<String> of(Path file, long events, int words) throws IOException {
    long lookedAt = Math.min(events, LOOKED_AT);
    Map<String, Integer> counts = counts(file, lookedAt);
    long most = Math.max(1, lookedAt / RARE);
    return counts.entrySet().stream()
        .filter(word -> word.getValue() <= most)
        .filter(word -> LETTER.matcher(word.getKey()).find())
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .limit(words)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** How many events have each word in their message. */
  private static Map<String, Integer> counts(Path file, long events) throws IOException {
    Map<String, Integer> counts = new HashMap<>();
    Set<String> ofMessage = new HashSet<>();
    EventLines.read(
        file,
        events,
        event -> {
          ofMessage.clear();
          Matcher word = WORD.matcher(event.message());
          while (word.find()) {
            ofMessage.add(word.group());
          }
          ofMessage.forEach(it -> counts.merge(it, 1, Integer::sum));
        });
    return counts;
  }

  /** The same word with every letter in the other case. */
  static String inOtherCase(String word) {
    return word.chars()
        .map(c -> Character.isUpperCase(c) ? Character.toLowerCase(c) : Character.toUpperCase(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
