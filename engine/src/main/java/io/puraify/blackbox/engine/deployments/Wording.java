package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Micros;
import java.time.Duration;
import java.util.Locale;

/** Evidence in plain words. */
final class Wording {

  private static final int MICROS_PER_SECOND = 1_000_000;

  private Wording() {}

  /** Such as {@code first seen 3 min 12 s after deploying vault 1.20.0}. */
  static String timing(Change change, Shift shift) {
    String began =
        shift.exact() ? "first seen " : "more frequent since " + clock(shift.onsetMicros()) + ", ";
    long delay = Math.max(0, shift.onsetMicros() - change.micros());
    if (!shift.exact() && delay < MICROS_PER_SECOND) {
      return began + "right after " + change.words();
    }
    return began + (shift.exact() ? "" : "about ") + span(delay) + " after " + change.words();
  }

  /** Such as {@code 2 min after it began}. */
  static String comesAfter(Change change, Shift shift) {
    return "%s, which was %s after the error %s"
        .formatted(
            change.words(),
            span(change.micros() - shift.onsetMicros()),
            shift.exact() ? "was first seen" : "became more frequent");
  }

  /** Of an error that is as frequent as ever, by halves of the time that has calls. */
  static String unchanged(Rates halves) {
    return halves.alike()
        ? String.format(
            Locale.ROOT,
            "It is as frequent as it was, %s, and comes and goes with the calls: %,d → %,d",
            halves.words(),
            halves.callsBefore(),
            halves.callsAfter())
        : "It has not become more frequent, beyond chance: %s".formatted(halves.together());
  }

  static String thin(long calls) {
    return String.format(
        Locale.ROOT, "only %,d calls before, too few to know that it was rarer", calls);
  }

  static String explainsAtMost(double share) {
    return "explains at most %d %% of the failures".formatted(Math.round(100 * share));
  }

  static String explains(double share) {
    return "explains %d %% of the failures".formatted(Math.round(100 * share));
  }

  /** The two largest units, such as {@code 3 min 12 s}. */
  static String span(long micros) {
    Duration span = Duration.ofSeconds(micros / MICROS_PER_SECOND);
    if (span.toDays() > 0) {
      return join(span.toDays(), "d", span.toHoursPart(), "h");
    }
    if (span.toHours() > 0) {
      return join(span.toHours(), "h", span.toMinutesPart(), "min");
    }
    return span.toMinutes() > 0
        ? join(span.toMinutes(), "min", span.toSecondsPart(), "s")
        : span.toSeconds() + " s";
  }

  private static String join(long many, String unit, long few, String smaller) {
    return few == 0 ? many + " " + unit : many + " " + unit + " " + few + " " + smaller;
  }

  /** Hours and minutes in UTC. */
  private static String clock(long micros) {
    return Micros.format(micros).substring(11, 16);
  }
}
