package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * For which error suspects are asked for.
 *
 * @param error which events are the error
 * @param range in which it is looked at, at most {@link #LONGEST}
 * @param limit how many suspects are answered, the most likely
 */
public record SuspectsRequest(Filter error, TimeRange range, int limit) {

  /** In a longer time there are more changes than anybody can suspect. */
  static final Duration LONGEST = Duration.ofDays(31);

  private static final String AT = "at";
  private static final String LIMIT = "limit";

  private static final long BEFORE = Duration.ofHours(2).toNanos() / 1_000;
  private static final long AFTER = Duration.ofHours(1).toNanos() / 1_000;

  private static final int DEFAULT_LIMIT = 20;
  private static final int MAX_LIMIT = 200;

  /** What is an error where nothing else is said. */
  static final Filter FAILED =
      new Filter.In(new FieldRef.Known(Field.STATUS), Set.copyOf(Measure.ErrorRate.STATUSES));

  /**
   * Reads the parameters of a request: filters and {@code q} say which error, {@code from}, {@code
   * to} and {@code since}, or {@code at} when it was noticed, say when.
   *
   * @param now where the range ends that is not said
   * @throws ProblemException naming every parameter that is wrong
   */
  public static SuspectsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(AT, LIMIT));
    Filter filter = parameters.filter();
    TimeRange asked = parameters.range();
    long end = Math.min(asked.toMicros(), Micros.of(now));
    long at = Math.min(parameters.time(AT).orElse(end), end);
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    boolean begins = asked.fromMicros() > TimeRange.ALL.fromMicros();
    long to = asked.toMicros() < TimeRange.ALL.toMicros() ? end : Math.min(at + AFTER, end);
    long from = begins ? asked.fromMicros() : Math.max(0, at - BEFORE);
    if (to <= from) {
      parameters.error(begins ? "from" : AT, "there is no time until " + Micros.format(end));
    } else if (to - from > LONGEST.toNanos() / 1_000) {
      parameters.error("from", "at most %d days are looked at".formatted(LONGEST.toDays()));
    }
    parameters.refuseWhatIsWrong();
    return of(filter, new TimeRange(from, to), limit);
  }

  /** For an error of some events that are known otherwise, which was seen at a time. */
  public static SuspectsRequest around(Filter error, long atMicros, Instant now) {
    long from = Math.max(0, atMicros - BEFORE);
    long to = Math.max(from + 1, Math.min(atMicros + AFTER, Micros.of(now)));
    return of(error, new TimeRange(from, to), DEFAULT_LIMIT);
  }

  private static SuspectsRequest of(Filter filter, TimeRange range, int limit) {
    boolean said = Population.saysOutcome(filter);
    Filter error = said ? filter : new Filter.And(List.of(filter, FAILED));
    return new SuspectsRequest(error, range, limit);
  }
}
