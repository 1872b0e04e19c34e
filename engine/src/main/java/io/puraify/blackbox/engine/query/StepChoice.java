package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.TimeRange;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The step of a request: given as {@code 5m}, or chosen for the range. */
public final class StepChoice {

  public static final String STEP = "step";

  /** Has a step chosen. */
  static final String AUTO = "auto";

  /** About as many bars as people tell apart; more are narrower than a few pixels. */
  static final int CHOSEN_BUCKETS = 120;

  /** An answer is held in memory whole. */
  static final int MAX_BUCKETS = 10_000;

  /** Lengths that people have names for, the shortest first; each cuts the next in equal parts. */
  private static final List<Step> ROUND =
      List.of(
              "1ms", "10ms", "100ms", "1s", "5s", "10s", "30s", "1m", "5m", "10m", "30m", "1h",
              "3h", "6h", "12h", "1d", "1w", "4w", "52w")
          .stream()
          .map(StepChoice::parse)
          .toList();

  private static final Map<String, Long> UNITS = units();

  private StepChoice() {}

  private static Map<String, Long> units() {
    Map<String, Long> units = new LinkedHashMap<>();
    units.put("w", 7 * Micros.PER_DAY);
    units.put("d", Micros.PER_DAY);
    units.put("h", 3_600_000_000L);
    units.put("m", 60_000_000L);
    units.put("s", 1_000_000L);
    return units;
  }

  /**
   * A step such as {@code 5m}.
   *
   * @throws FilterSyntaxException where the text is none
   */
  static Step parse(String text) {
    long micros = TimeParameter.span(text).toNanos() / 1_000;
    if (micros == 0) {
      throw new FilterSyntaxException("'%s' is no step; write 1m, 1h or 1d".formatted(text));
    }
    return new Step(micros);
  }

  /** The same, or nothing where one is to be chosen. */
  public static Optional<Step> parseOrAuto(String text) {
    return text.equals(AUTO) ? Optional.empty() : Optional.of(parse(text));
  }

  /** The step as {@link #parse} reads it, in the largest unit that fits. */
  public static String format(Step step) {
    for (Map.Entry<String, Long> unit : UNITS.entrySet()) {
      if (step.micros() % unit.getValue() == 0) {
        return step.micros() / unit.getValue() + unit.getKey();
      }
    }
    return step.micros() / 1_000 + "ms";
  }

  /**
   * The step that was asked for, or one that cuts a range into at most {@link #CHOSEN_BUCKETS}.
   *
   * @throws io.puraify.blackbox.core.ProblemException where that makes more than {@link
   *     #MAX_BUCKETS}
   */
  public static Step of(Optional<Step> given, TimeRange range) {
    Step step = given.orElseGet(() -> chosen(range));
    long buckets = step.buckets(range);
    if (buckets > MAX_BUCKETS) {
      throw Parameters.refusal(
          STEP,
          "'%s' cuts the range into %,d buckets, and at most %,d are answered; %s would give %d"
              .formatted(
                  format(step),
                  buckets,
                  MAX_BUCKETS,
                  format(chosen(range)),
                  chosen(range).buckets(range)));
    }
    return step;
  }

  private static Step chosen(TimeRange range) {
    for (Step step : ROUND) {
      if (step.buckets(range) <= CHOSEN_BUCKETS) {
        return step;
      }
    }
    Step longest = ROUND.getLast();
    // One bucket more may be touched than fits into the range.
    return new Step(longest.micros() * (longest.buckets(range) / (CHOSEN_BUCKETS - 1) + 1));
  }
}
