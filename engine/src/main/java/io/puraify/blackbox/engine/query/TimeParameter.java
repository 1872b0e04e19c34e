package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Timestamps;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Times and spans of time as people write them in parameters. */
final class TimeParameter {

  /** Longer spans would reach before the year 2000, the first that an event can have. */
  private static final long MOST_DAYS = 36_500;

  private static final Pattern SPAN = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d|w)");

  private TimeParameter() {}

  /**
   * Microseconds since the epoch of an RFC 3339 time, a day, or a number of s, ms, µs or ns.
   *
   * @throws FilterSyntaxException where the text is none of them
   */
  static long micros(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long micros = Timestamps.parse(bytes, 0, bytes.length);
    if (micros != Timestamps.UNREADABLE) {
      return micros;
    }
    try {
      return Micros.of(LocalDate.parse(text).atStartOfDay().toInstant(ZoneOffset.UTC));
    } catch (DateTimeException | ArithmeticException e) {
      throw new FilterSyntaxException(
          ("'%s' is not a time; write 2025-07-25T14:01:00Z, 2025-07-25, or seconds, milliseconds,"
                  + " microseconds or nanoseconds since 1970")
              .formatted(text));
    }
  }

  /**
   * A span such as {@code 15m}.
   *
   * @throws FilterSyntaxException where the text is none
   */
  static Duration span(String text) {
    Matcher span = SPAN.matcher(text);
    if (!span.matches()) {
      throw new FilterSyntaxException(
          "'%s' is not a span of time; write 90s, 15m, 24h, 7d or 2w".formatted(text));
    }
    long count = Long.parseLong(span.group(1));
    Duration unit =
        switch (span.group(2)) {
          case "ms" -> Duration.ofMillis(1);
          case "s" -> Duration.ofSeconds(1);
          case "m" -> Duration.ofMinutes(1);
          case "h" -> Duration.ofHours(1);
          case "d" -> Duration.ofDays(1);
          default -> Duration.ofDays(7);
        };
    Duration whole = unit.multipliedBy(count);
    if (whole.toDays() > MOST_DAYS) {
      throw new FilterSyntaxException("'%s' is more than a hundred years".formatted(text));
    }
    return whole;
  }
}
