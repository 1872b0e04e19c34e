package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * Which sessions somebody wants to see, read from the parameters of a request: those of a search,
 * {@code by} and {@code limit}. A session is found when one of its events matches; what is said of
 * it is said of all its events.
 */
public record SessionsRequest(SessionKind kind, Filter filter, TimeRange range, int limit) {

  static final int DEFAULT_LIMIT = 50;

  /** Each has a row for each of its statuses and engines while its figures are worked out. */
  static final int MAX_LIMIT = 500;

  private static final String LIMIT = "limit";

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static SessionsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(SessionKind.BY, LIMIT));
    SessionKind kind =
        parameters.read(SessionKind.BY, SessionKind::named).orElse(SessionKind.SESSION);
    Filter filter = parameters.filter();
    TimeRange range = parameters.range();
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new SessionsRequest(kind, filter, range, limit);
  }

  /** Looks for the sessions with the newest matching events, and works out their figures. */
  public Sessions answer(EventStore store) {
    Filter matching = new Filter.And(List.of(filter, new Filter.Exists(kind.ref())));
    Top newest = new Top(new Measure.Max(Failures.known(Field.TIMESTAMP)), limit);
    Grouping sessions = Grouping.by(Failures.known(Field.PROJECT_ID), kind.ref());
    Table table = store.aggregate(new Aggregation(matching, range, sessions, List.of(), newest));
    List<SessionId> ids = table.rows().stream().map(SessionFigures::session).toList();
    SessionFigures figures = new SessionFigures(store, kind, kind.widened(range));
    return new Sessions(kind, figures.of(ids), table.series());
  }
}
