package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How many events there are over time, read from the parameters of a request: those of a search,
 * {@code step} and {@code by}.
 *
 * @param by the field whose most frequent values have counts of their own
 */
public record HistogramRequest(
    Filter filter, TimeRange range, Optional<Step> step, Optional<FieldRef> by, Instant now) {

  /** As many as colours that people tell apart. */
  static final int SERIES = 8;

  private static final String BY = "by";

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static HistogramRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(StepChoice.STEP, BY));
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    Optional<Optional<Step>> step = parameters.read(StepChoice.STEP, StepChoice::parseOrAuto);
    Optional<FieldRef> by = parameters.read(BY, FieldName::parse);
    parameters.refuseWhatIsWrong();
    return new HistogramRequest(filter, range, step.flatMap(one -> one), by, now);
  }

  /**
   * Counts.
   *
   * @throws ProblemException where the step makes too many buckets
   */
  public Histogram answer(EventStore store) {
    TimeRange closed = ClosedRange.of(store, filter, range, now);
    Step chosen = StepChoice.of(step, closed);
    Grouping grouping = new Grouping(by.stream().toList(), chosen);
    Table table =
        store.aggregate(new Aggregation(filter, closed, grouping, List.of(), Top.byCount(SERIES)));
    return Histogram.of(table, closed, chosen);
  }
}
