package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.query.FilterSyntaxException;
import io.puraify.blackbox.engine.query.Parameters;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which sessions somebody wants to see, read from the parameters of a request: those of a search,
 * {@code by}, {@code limit} and {@code cursor}. A session is found when one of its events matches;
 * what is said of it is said of all its events.
 *
 * @param after where the page before has ended, if there was one
 * @param checksum of the parameters, so that a cursor is not used with others
 * @param now when it was asked
 */
public record SessionsRequest(
    SessionKind kind,
    Filter filter,
    TimeRange range,
    int limit,
    Optional<SessionsCursor> after,
    int checksum,
    Instant now) {

  static final int DEFAULT_LIMIT = 50;

  /** Each has a row for each of its statuses and engines while its figures are worked out. */
  static final int MAX_LIMIT = 500;

  private static final String LIMIT = "limit";
  private static final String CURSOR = "cursor";

  private static final Measure NEWEST = new Measure.Max(Failures.known(Field.TIMESTAMP));

  /**
   * Reads the parameters of a request.
   *
   * @param now what {@code since} counts from
   * @throws ProblemException naming every parameter that is wrong
   */
  public static SessionsRequest parse(Map<String, List<String>> given, Instant now) {
    Parameters parameters = new Parameters(given, now, List.of(SessionKind.BY, LIMIT, CURSOR));
    SessionKind kind =
        parameters.read(SessionKind.BY, SessionKind::named).orElse(SessionKind.SESSION);
    Filter filter = parameters.filter();
    int checksum = parameters.checksum(Set.of(LIMIT, CURSOR));
    Optional<SessionsCursor> after = parameters.read(CURSOR, text -> cursor(text, checksum));
    TimeRange range = after.map(SessionsCursor::range).orElseGet(parameters::range);
    int limit =
        parameters.read(LIMIT, text -> Parameters.number(text, MAX_LIMIT)).orElse(DEFAULT_LIMIT);
    parameters.refuseWhatIsWrong();
    return new SessionsRequest(kind, filter, range, limit, after, checksum, now);
  }

  private static SessionsCursor cursor(String text, int checksum) {
    SessionsCursor cursor =
        SessionsCursor.decode(text)
            .orElseThrow(() ->
                new FilterSyntaxException(
                    "this is no cursor; send a next_cursor as it was answered, or none"));
    if (cursor.request() != checksum) {
      throw new FilterSyntaxException(
          "the cursor belongs to other parameters; repeat those of the first page");
    }
    return cursor;
  }

  /** Looks for the sessions with the newest matching events, and works out their figures. */
  public Sessions answer(EventStore store) {
    Filter matching = new Filter.And(List.of(filter, new Filter.Exists(kind.ref())));
    int seen = after.map(SessionsCursor::seen).orElse(0);
    // Those of pages before are found again: what they are ordered by is not stored.
    Top newest = new Top(NEWEST, Math.min(Top.MAX_LIMIT, seen + limit));
    Grouping sessions = Grouping.by(Failures.known(Field.PROJECT_ID), kind.ref());
    Table table =
        store.aggregate(new Aggregation(matching, range, sessions, List.of(NEWEST), newest));
    List<Table.Row> rows = table.rows();
    int begin = after.map(cursor -> cursor.before(rows)).orElse(0);
    int end = Math.min(rows.size(), begin + limit);
    List<SessionId> ids = rows.subList(begin, end).stream().map(SessionFigures::session).toList();
    SessionFigures figures = new SessionFigures(store, kind, kind.widened(range));
    boolean more = end < table.series();
    Optional<String> next =
        more && end < Top.MAX_LIMIT ? Optional.of(next(rows, end).encode()) : Optional.empty();
    return new Sessions(kind, figures.of(ids), table.series(), next, !more);
  }

  private SessionsCursor next(List<Table.Row> rows, int end) {
    Table.Row last = rows.get(end - 1);
    TimeRange pages =
        after
            .map(SessionsCursor::range)
            .orElseGet(() -> upTo(Math.max(Micros.of(now), newestMicros(rows.getFirst()))));
    return new SessionsCursor(
        pages, end, newestMicros(last), SessionFigures.session(last), checksum);
  }

  /** The range without what comes behind a moment. */
  private TimeRange upTo(long micros) {
    return new TimeRange(range.fromMicros(), Math.min(range.toMicros(), micros + 1));
  }

  /** The time of a session's newest matching event; every event has one. */
  static long newestMicros(Table.Row row) {
    Double newest = row.values().getFirst();
    return newest == null ? 0 : newest.longValue();
  }
}
