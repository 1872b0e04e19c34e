package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.engine.query.Parameters;
import io.puraify.blackbox.engine.query.StepChoice;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Figures over time, read from the parameters of a request; a heatmap is asked for with the same,
 * without groups.
 *
 * @param groups the fields whose values make a group; with none there is only the total
 * @param step empty where one is to be chosen
 * @param limit how many groups are answered
 */
public record TimelineRequest(
    Scope scope, List<Field> groups, Optional<Step> step, FigureOrder order, int limit) {

  /** As many lines as people tell apart. */
  static final int DEFAULT_LIMIT = 8;

  static final int MAX_LIMIT = 100;

  /** An answer is held in memory whole, each cell with the durations in it. */
  static final int MAX_CELLS = 20_000;

  /**
   * Reads the parameters of a request for a timeline.
   *
   * @param now where the range ends that is not said
   * @throws ProblemException naming every parameter that is wrong
   */
  public static TimelineRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters =
        new Parameters(
            given,
            now,
            List.of(
                PerformanceRequest.GROUP_BY,
                StepChoice.STEP,
                FigureOrder.ORDER,
                FigureOrder.DIRECTION,
                PerformanceRequest.LIMIT));
    Scope scope = Scope.parse(parameters, now);
    List<Field> groups = parameters.list(PerformanceRequest.GROUP_BY, Scope::field);
    Optional<Step> step = step(parameters);
    FigureOrder order = FigureOrder.parse(parameters);
    int limit =
        parameters
            .read(PerformanceRequest.LIMIT, text -> Parameters.number(text, MAX_LIMIT))
            .orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new TimelineRequest(scope, groups, step, order, limit);
  }

  /** Reads the parameters of a request for a heatmap. */
  public static TimelineRequest parseHeatmap(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(StepChoice.STEP));
    Scope scope = Scope.parse(parameters, now);
    Optional<Step> step = step(parameters);
    parameters.refuseWhatIsWrong();
    FigureOrder order = new FigureOrder(Figure.CALLS, false, false);
    return new TimelineRequest(scope, List.of(), step, order, 1);
  }

  private static Optional<Step> step(Parameters parameters) {
    return parameters.read(StepChoice.STEP, StepChoice::parseOrAuto).flatMap(step -> step);
  }

  /** The buckets into which a range is cut. */
  Buckets buckets(Minutes range, boolean hasMinutes) {
    Span least = hasMinutes ? Span.MINUTE : Span.HOUR;
    Step whole = new Step(least.minutes() * Span.MICROS_PER_MINUTE);
    Step chosen = StepChoice.of(step, range.range());
    if (step.isEmpty() && chosen.micros() < whole.micros()) {
      chosen = whole;
    }
    if (chosen.micros() % whole.micros() != 0) {
      throw Parameters.refusal(
          StepChoice.STEP,
          "'%s' is not a number of whole %s, and of this range nothing shorter is kept"
              .formatted(StepChoice.format(chosen), hasMinutes ? "minutes" : "hours"));
    }
    Buckets buckets = Buckets.of(range, chosen);
    long cells = (long) buckets.count() * (groups.isEmpty() ? 1 : limit + 1);
    if (cells > MAX_CELLS) {
      throw Parameters.refusal(
          StepChoice.STEP,
          "%,d buckets of %d groups are %,d cells, and at most %,d are answered"
              .formatted(buckets.count(), limit, cells, MAX_CELLS));
    }
    return buckets;
  }
}
