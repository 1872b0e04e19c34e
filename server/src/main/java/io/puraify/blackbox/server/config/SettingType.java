package io.puraify.blackbox.server.config;

import io.puraify.blackbox.engine.collector.RedactionOptions;
import java.net.URI;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * How the text of a setting is read.
 *
 * @param label a word for the type, such as {@code PORT}
 * @param expected what a good value is, as it continues "expected …"
 * @param reader throws an {@link IllegalArgumentException} where the text is no good value
 */
record SettingType<T>(String label, String expected, Function<String, T> reader) {

  /** More of anything is a slip of the keyboard. */
  private static final int MOST = 100_000;

  static final SettingType<String> HOST =
      new SettingType<>("HOST", "a host name or an address", SettingType::word);

  static final SettingType<Integer> PORT =
      new SettingType<>("PORT", "a port from 0 to 65535", text -> number(text, 0, 65_535));

  static final SettingType<Boolean> SWITCH =
      new SettingType<>("true|false", "true or false", SettingType::onOrOff);

  static final SettingType<Path> FOLDER =
      new SettingType<>("DIR", "the path of a folder", SettingType::path);

  /** A file that need not be there; none where the text is empty. */
  static final SettingType<Optional<Path>> FILE =
      new SettingType<>(
          "FILE",
          "the path of a file",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(path(text)));

  /** Zero stands for no end. */
  static final SettingType<Integer> DAYS =
      new SettingType<>(
          "DAYS",
          "a number of days from 1 to 36500, or 0 for ever",
          text -> number(text, 0, 36_500));

  /** Zero stands for as many as there are processors. */
  static final SettingType<Integer> THREADS =
      new SettingType<>(
          "N",
          "a number from 1 to 1024, or 0 for as many as there are processors",
          SettingType::threads);

  /** Zero stands for twice the processors, and at least four. */
  static final SettingType<Integer> RUNNING =
      new SettingType<>(
          "N",
          "a number from 1 to 1024, or 0 for twice the processors",
          text -> {
            int number = number(text, 0, 1_024);
            return number == 0
                ? Math.max(4, 2 * Runtime.getRuntime().availableProcessors())
                : number;
          });

  /** From a moment to a day. */
  static final SettingType<Duration> TIME =
      new SettingType<>(
          "TIME", "a time from 1ms to 24h, such as 500ms, 30s or 5m", TimeSpan::parse);

  /** An http or https URL; none where the text is empty. */
  static final SettingType<Optional<URI>> ADDRESS =
      new SettingType<>(
          "URL",
          "an http or https URL",
          text -> text.isEmpty() ? Optional.empty() : Optional.of(address(text)));

  /** Any text, also none. */
  static final SettingType<String> TEXT = new SettingType<>("TEXT", "a text", text -> text);

  static final SettingType<Set<String>> NAMES =
      new SettingType<>("NAME,…", "names with commas between them", SettingType::names);

  static final SettingType<Set<String>> REDACTION_RULES =
      new SettingType<>("RULE,…", "names of built-in rules", SettingType::redactionRules);

  static final SettingType<Pattern> PATTERN =
      new SettingType<>("REGEX", "a regular expression of Java", SettingType::pattern);

  /** A size of at least so many bytes. */
  static SettingType<Long> size(long least) {
    return new SettingType<>(
        "SIZE",
        "a size of at least %s, %s".formatted(ByteSize.format(least), ByteSize.EXAMPLES),
        text -> {
          long bytes = ByteSize.parse(text);
          require(bytes >= least);
          return bytes;
        });
  }

  /** How many of something there may be. */
  static SettingType<Integer> count(int least) {
    return new SettingType<>(
        "N", "a number from %d to %d".formatted(least, MOST), text -> number(text, least, MOST));
  }

  /** One of a few words, in any case. */
  static SettingType<String> oneOf(String... words) {
    return choice(Arrays.stream(words), word -> word);
  }

  /** One of an enum's constants by its name, in any case. */
  static <E extends Enum<E>> SettingType<E> oneOf(Class<E> type) {
    return choice(
        Arrays.stream(type.getEnumConstants()), each -> each.name().toLowerCase(Locale.ROOT));
  }

  private static <T> SettingType<T> choice(Stream<T> values, Function<T, String> name) {
    Map<String, T> byName = new LinkedHashMap<>();
    values.forEach(value -> byName.put(name.apply(value), value));
    return new SettingType<>(
        String.join("|", byName.keySet()),
        sentence(List.copyOf(byName.keySet())),
        text -> {
          T value = byName.get(text.toLowerCase(Locale.ROOT));
          if (value == null) {
            throw new IllegalArgumentException();
          }
          return value;
        });
  }

  private static String sentence(List<String> words) {
    int last = words.size() - 1;
    return last == 0
        ? words.getFirst()
        : String.join(", ", words.subList(0, last)) + " or " + words.get(last);
  }

  /** Whether a file may list the values one by one. */
  boolean isList() {
    return label.endsWith(",…");
  }

  private static String word(String text) {
    require(!text.isBlank() && text.chars().noneMatch(Character::isWhitespace));
    return text;
  }

  private static Path path(String text) {
    require(!text.isBlank());
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static URI address(String text) {
    URI uri = URI.create(text);
    require(uri.getHost() != null);
    require("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()));
    return uri;
  }

  private static boolean onOrOff(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("neither true nor false");
    };
  }

  private static int number(String text, int least, int most) {
    require(text.matches("[0-9]{1,9}"));
    int number = Integer.parseInt(text);
    require(number >= least && number <= most);
    return number;
  }

  private static int threads(String text) {
    int number = number(text, 0, 1_024);
    return number == 0 ? Runtime.getRuntime().availableProcessors() : number;
  }

  private static Set<String> names(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  private static Set<String> redactionRules(String text) {
    return new RedactionOptions(names(text), Set.of(), Map.of()).disabled();
  }

  private static Pattern pattern(String text) {
    require(!text.isEmpty());
    try {
      return Pattern.compile(text);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "%s at character %d".formatted(e.getDescription(), e.getIndex() + 1), e);
    }
  }

  private static void require(boolean good) {
    if (!good) {
      throw new IllegalArgumentException();
    }
  }
}
