package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What somebody wants to see as it comes in: filters, and {@code history}, how many events of the
 * past come first.
 *
 * @param history 0 to {@link #MAX_HISTORY}
 * @param last the last event that a reader had before it was cut off, or nothing for a new one
 */
public record TailRequest(Filter filter, int history, Optional<TailId> last) {

  /** Events of the past at most, also for a reader that comes again. */
  public static final int MAX_HISTORY = 1_000;

  private static final int DEFAULT_HISTORY = 20;
  private static final String HISTORY = "history";

  /**
   * Reads the parameters of a request.
   *
   * @param lastEventId what the reader had last, as its header says, or nothing
   * @throws ProblemException naming everything that is wrong
   */
  public static TailRequest parse(
      Map<String, List<String>> given, Optional<String> lastEventId, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(HISTORY));
    Filter filter = parameters.filter();
    for (String name : List.of(Parameters.FROM, Parameters.TO, Parameters.SINCE)) {
      if (given.containsKey(name)) {
        parameters.error(
            name, "a stream begins now; how much of the past comes first says history");
      }
    }
    int history = parameters.read(HISTORY, TailRequest::history).orElse(DEFAULT_HISTORY);
    Optional<TailId> last =
        lastEventId.flatMap(text -> parameters.attempt("Last-Event-ID", text, TailId::parse));
    parameters.refuseWhatIsWrong();
    return new TailRequest(filter, history, last);
  }

  private static int history(String text) {
    return text.equals("0") ? 0 : Parameters.number(text, MAX_HISTORY);
  }

  /** What finds the events of the past, the newest first; nothing where none are wanted. */
  public Optional<Search> past() {
    if (last.isPresent()) {
      Filter since =
          new Filter.Range(
              new FieldRef.Known(Field.RECEIVED_AT),
              (double) last.get().receivedAtMicros(),
              true,
              Double.POSITIVE_INFINITY,
              false);
      return Optional.of(newest(new Filter.And(List.of(since, filter)), MAX_HISTORY));
    }
    return history == 0 ? Optional.empty() : Optional.of(newest(filter, history));
  }

  private static Search newest(Filter filter, int count) {
    return new Search(filter, TimeRange.ALL, Order.NEWEST_FIRST, null, count);
  }
}
