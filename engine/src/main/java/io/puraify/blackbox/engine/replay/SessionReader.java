package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.query.Parameters;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Reads the events of one session, in two questions: how many there are, and which. */
final class SessionReader {

  /** About 50 MB of memory. */
  static final int MOST_EVENTS = 100_000;

  private static final int PROJECTS_NAMED = 10;

  private SessionReader() {}

  /**
   * Reads a session.
   *
   * @param of which events: those of its id, and of a project where one was named
   * @throws ProblemException where there is none, there are several, or it has too many events
   */
  static Replay read(EventStore store, String id, Filter of, TimeRange range) {
    List<Measure> extremes =
        List.of(
            new Measure.Min(Failures.known(Field.TIMESTAMP)),
            new Measure.Max(Failures.known(Field.TIMESTAMP)));
    Grouping projects = Grouping.by(Failures.known(Field.PROJECT_ID));
    Table table =
        store.aggregate(
            new Aggregation(of, range, projects, extremes, Top.byCount(PROJECTS_NAMED)));
    Table.Row row = only(table, id);
    if (row.count() > MOST_EVENTS) {
      throw tooMany(row.count());
    }
    SessionId session = new SessionId("" + row.group().getFirst(), id);
    List<ReplayEvent> events = new ArrayList<>();
    Map<String, String> labels = new HashMap<>();
    Sample all = new Sample(of, around(row, range), ReplayEvent.FIELDS, MOST_EVENTS, row.count());
    store.sample(
        all,
        event -> {
          if (events.size() == MOST_EVENTS) {
            throw tooMany(MOST_EVENTS + 1);
          }
          events.add(ReplayEvent.of(event, labels));
        });
    if (events.isEmpty()) {
      throw absent(id);
    }
    return new Replay(session, events);
  }

  private static Table.Row only(Table table, String id) {
    if (table.rows().isEmpty()) {
      throw absent(id);
    }
    if (table.rows().size() > 1) {
      throw Parameters.refusal(
          "project_id",
          "several projects have a session of this id: %s; say which"
              .formatted(
                  table.rows().stream()
                      .map(row -> "" + row.group().getFirst())
                      .collect(Collectors.joining(", "))));
    }
    return table.rows().getFirst();
  }

  /** Where the events lie, so that no other days are looked at. */
  private static TimeRange around(Table.Row row, TimeRange range) {
    Double first = row.values().get(0);
    Double last = row.values().get(1);
    return first == null || last == null
        ? range
        : new TimeRange(first.longValue(), last.longValue() + 1);
  }

  private static ProblemException absent(String id) {
    return new ProblemException(
        new Problem(
            404,
            "session-not-found",
            "There is no such session",
            "No event in the range has the id %s; they may have passed their retention, or by may be"
                    .formatted(id)
                + " another than session_id"));
  }

  private static ProblemException tooMany(long events) {
    return Parameters.refusal(
        "from",
        "the session has %,d events and at most %,d are replayed at once; narrow from and to"
            .formatted(events, MOST_EVENTS));
  }
}
