package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Numbers about groups of events, read from the parameters of a request: those of a search, and
 * what {@link #OWN} lists.
 *
 * @param step empty where time is not cut; inside, empty where one is to be chosen
 */
public record StatsRequest(
    Filter filter,
    TimeRange range,
    List<FieldRef> groups,
    Optional<Optional<Step>> step,
    List<Measure> measures,
    Top top,
    Instant now) {

  static final int DEFAULT_LIMIT = 100;
  static final int MAX_LIMIT = 1_000;

  /** Rows of some hundred bytes each; the whole answer is held in memory. */
  static final int MAX_ROWS = 50_000;

  private static final String GROUP_BY = "group_by";
  private static final String MEASURE = "measure";
  private static final String ORDER = "order";
  private static final String LIMIT = "limit";

  private static final List<String> OWN = List.of(GROUP_BY, StepChoice.STEP, MEASURE, ORDER, LIMIT);

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static StatsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, OWN);
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    List<FieldRef> groups = parameters.list(GROUP_BY, FieldName::parse);
    atMost(Grouping.MAX_FIELDS, groups, GROUP_BY, parameters);
    Optional<Optional<Step>> step = parameters.read(StepChoice.STEP, StepChoice::parseOrAuto);
    List<Measure> listed = parameters.list(MEASURE, MeasureName::parse);
    atMost(Aggregation.MAX_MEASURES, listed, MEASURE, parameters);
    List<Measure> measures = listed.isEmpty() ? List.of(new Measure.Count()) : listed;
    Measure by = parameters.read(ORDER, MeasureName::parse).orElse(measures.getFirst());
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new StatsRequest(filter, range, groups, step, measures, new Top(by, limit), now);
  }

  private static void atMost(int most, List<?> listed, String name, Parameters parameters) {
    if (listed.size() > most) {
      parameters.error(
          name, "it lists %d, and at most %d are possible".formatted(listed.size(), most));
    }
  }

  /**
   * Computes the measures.
   *
   * @throws ProblemException where the answer would be too large
   */
  public Stats answer(EventStore store) {
    if (step.isEmpty()) {
      return stats(store, range, null);
    }
    TimeRange closed = ClosedRange.of(store, filter, range, now);
    Step chosen = StepChoice.of(step.get(), closed);
    long rows = chosen.buckets(closed) * (groups.isEmpty() ? 1 : top.limit());
    if (rows > MAX_ROWS) {
      throw Parameters.refusal(
          LIMIT,
          "%d groups of %,d buckets may give %,d rows, and at most %,d are answered"
              .formatted(top.limit(), chosen.buckets(closed), rows, MAX_ROWS));
    }
    return stats(store, closed, chosen);
  }

  private Stats stats(EventStore store, TimeRange meant, @Nullable Step cut) {
    Aggregation aggregation =
        new Aggregation(filter, meant, new Grouping(groups, cut), measures, top);
    Table table = store.aggregate(aggregation);
    return new Stats(aggregation, Optional.ofNullable(cut).map(StepChoice::format), table);
  }
}
