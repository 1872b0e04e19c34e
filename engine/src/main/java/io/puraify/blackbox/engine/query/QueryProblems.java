package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.RunningQuery.Stop;

/** What is answered to a query that was refused or stopped. */
final class QueryProblems {

  /** What programs know a problem by whose cause is that too much is asked at once. */
  private static final String TOO_MANY = "too-many-queries";

  private static final String TOO_MANY_TITLE = "Too much is asked at once";

  private QueryProblems() {}

  static Problem tooMany(QueryLimits limits) {
    return new Problem(
        429,
        TOO_MANY,
        TOO_MANY_TITLE,
        "%d queries run and %d wait for their turn; ask again later"
            .formatted(limits.maxRunning(), limits.maxWaiting()));
  }

  /**
   * A query that was stopped.
   *
   * @param waiting whether its turn had not come
   */
  static Problem stopped(Stop reason, boolean waiting, QueryLimits limits) {
    return switch (reason) {
      case TIME_LIMIT -> waiting ? noTurn(limits) : tooLong(limits);
      // Nobody reads it; logs and metrics know the status from nginx.
      case CLIENT_GONE ->
          new Problem(
              499, "client-gone", "The client has gone", "Nobody waits for the answer any more");
      case SHUTDOWN ->
          new Problem(503, "shutting-down", "The server stops", "Ask again when it is back");
    };
  }

  private static Problem noTurn(QueryLimits limits) {
    return new Problem(
        429,
        TOO_MANY,
        TOO_MANY_TITLE,
        "The query waited %s for its turn, as long as a query may take; ask again later"
            .formatted(seconds(limits)));
  }

  private static Problem tooLong(QueryLimits limits) {
    return new Problem(
        504,
        "query-timeout",
        "The query takes too long",
        ("It was stopped after %s. Narrow the time range with since, or with from and to; narrow"
                + " the filter, best by project_id or an id; or group by fewer fields, with a"
                + " longer step. The setting query.timeout allows for more")
            .formatted(seconds(limits)));
  }

  private static String seconds(QueryLimits limits) {
    double seconds = limits.timeout().toMillis() / 1e3;
    return seconds == Math.rint(seconds)
        ? "%d s".formatted((long) seconds)
        : "%s s".formatted(seconds);
  }
}
