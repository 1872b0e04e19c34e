package io.puraify.blackbox.engine.replay;

import java.util.Locale;

/** Spans of time and events as people say them. */
final class Words {

  private static final long SECOND = 1_000_000;
  private static final long MINUTE = 60 * SECOND;
  private static final long HOUR = 60 * MINUTE;

  private Words() {}

  /** {@code 350 ms}, {@code 4.2 s}, {@code 3 min 12 s}, {@code 2 h 5 min}. */
  static String span(long micros) {
    if (micros < SECOND) {
      return micros / 1_000 + " ms";
    }
    if (micros < MINUTE) {
      return String.format(Locale.ROOT, "%.1f s", micros / 1e6);
    }
    return micros < HOUR
        ? "%d min %d s".formatted(micros / MINUTE, micros % MINUTE / SECOND)
        : "%d h %d min".formatted(micros / HOUR, micros % HOUR / MINUTE);
  }

  /** How an event ended: {@code timeout (api_timeout): no answer}. */
  static String end(ReplayEvent event) {
    StringBuilder words = new StringBuilder(event.status() == null ? "error" : event.status());
    if (event.errorType() != null) {
      words.append(" (").append(event.errorType()).append(')');
    }
    if (event.message() != null) {
      words.append(": ").append(event.message());
    }
    return words.toString();
  }
}
