package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.FieldValue;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The most frequent values of a field, read from the parameters of a request: those of a search,
 * {@code prefix} and {@code limit}.
 */
public record ValuesRequest(
    FieldRef field, Filter filter, TimeRange range, String prefix, int limit) {

  static final int DEFAULT_LIMIT = 20;
  static final int MAX_LIMIT = 1_000;

  private static final String NAME = "name";
  private static final String PREFIX = "prefix";
  private static final String LIMIT = "limit";

  /**
   * The most frequent values.
   *
   * @param complete whether there are no others
   */
  public record Values(FieldRef field, List<FieldValue> values, boolean complete) {}

  /**
   * Reads a request.
   *
   * @param name of the field
   * @param now what {@code since} counts from
   * @throws ProblemException naming everything that is wrong
   */
  public static ValuesRequest parse(String name, Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(PREFIX, LIMIT));
    Optional<FieldRef> field = parameters.attempt(NAME, name, FieldName::parse);
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    String prefix = parameters.read(PREFIX, text -> text).orElse("");
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new ValuesRequest(field.orElseThrow(), filter, range, prefix, limit);
  }

  /** Counts the values; one more is asked for, to know whether there are others. */
  public Values answer(EventStore store) {
    List<FieldValue> found = store.values(field, filter, range, prefix, limit + 1);
    boolean complete = found.size() <= limit;
    return new Values(field, complete ? found : found.subList(0, limit), complete);
  }
}
