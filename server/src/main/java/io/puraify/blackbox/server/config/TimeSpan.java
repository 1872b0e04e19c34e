package io.puraify.blackbox.server.config;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Spans of time as people write them: {@code 500ms}, {@code 30s}, {@code 5m}. */
final class TimeSpan {

  /** What takes longer has no answer that anybody waits for. */
  private static final Duration MOST = Duration.ofHours(24);

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9}) *(ms|s|m|h)");

  private TimeSpan() {}

  /**
   * The span that a text means.
   *
   * @throws IllegalArgumentException where the text is none, or nothing, or more than a day
   */
  static Duration parse(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new IllegalArgumentException("not a number with a unit");
    }
    Duration unit =
        switch (span.group(2)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          default -> Duration.ofHours(1);
        };
    Duration whole = unit.multipliedBy(Long.parseLong(span.group(1)));
    if (whole.isZero() || whole.compareTo(MOST) > 0) {
      throw new IllegalArgumentException();
    }
    return whole;
  }
}
