package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the messages of events have in common, read from the parameters of a request: those of a
 * search, {@code step} and {@code limit}.
 */
public record PatternsRequest(
    Filter filter, TimeRange range, Optional<Step> step, int limit, Instant now) {

  static final int DEFAULT_LIMIT = 50;
  static final int MAX_LIMIT = 1_000;

  /** A pattern that a thousandth of the events have is found with a tenth of error. */
  static final int SAMPLE = 100_000;

  /** Numbers in an answer; the whole of it is held in memory. */
  private static final int MAX_COUNTS = 200_000;

  private static final String LIMIT = "limit";

  private static final Set<Field> FIELDS =
      Set.of(Field.MESSAGE, Field.TIMESTAMP, Field.EVENT_ID, Field.RECEIVED_AT, Field.COUNT);

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static PatternsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(StepChoice.STEP, LIMIT));
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    Optional<Optional<Step>> step = parameters.read(StepChoice.STEP, StepChoice::parseOrAuto);
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new PatternsRequest(filter, range, step.flatMap(one -> one), limit, now);
  }

  /**
   * Looks at the messages.
   *
   * @throws ProblemException where the answer would be too large
   */
  public Patterns answer(EventStore store) {
    FieldRef message = new FieldRef.Known(Field.MESSAGE);
    Filter having = new Filter.And(List.of(filter, new Filter.Exists(message)));
    ClosedRange counted = ClosedRange.counted(store, having, range, now);
    TimeRange closed = counted.range();
    Step chosen = StepChoice.of(step, closed);
    long numbers = chosen.buckets(closed) * limit;
    if (numbers > MAX_COUNTS) {
      throw Parameters.refusal(
          LIMIT,
          "%,d patterns of %,d buckets may give %,d counts, and at most %,d are answered"
              .formatted(limit, chosen.buckets(closed), numbers, MAX_COUNTS));
    }
    PatternCounts counts = new PatternCounts(closed, chosen);
    Sample sample = new Sample(having, closed, FIELDS, SAMPLE, counted.events());
    store.sample(sample, event -> counts.add(event, sample.weight(event)));
    return counts.patterns(counted.events(), limit);
  }
}
