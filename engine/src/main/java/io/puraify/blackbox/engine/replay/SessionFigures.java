package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Works out the figures of some sessions, in three aggregations. For one thread. */
final class SessionFigures {

  private static final List<Measure> BY_STATUS =
      List.of(
          new Measure.Min(Failures.known(Field.TIMESTAMP)),
          new Measure.Max(Failures.known(Field.TIMESTAMP)),
          new Measure.Sum(Failures.known(Field.RETRIES)),
          new Measure.Present(Failures.known(Field.RETRIES)));

  private static final List<Measure> LAST =
      List.of(new Measure.Max(Failures.known(Field.TIMESTAMP)));

  private final EventStore store;
  private final SessionKind kind;
  private final TimeRange range;
  private final Map<SessionId, Parts> found = new HashMap<>();

  /**
   * @param range in which the sessions' events are looked for
   */
  SessionFigures(EventStore store, SessionKind kind, TimeRange range) {
    this.store = store;
    this.kind = kind;
    this.range = range;
  }

  /** The summaries of sessions, in their order; one without events is left out. */
  List<SessionSummary> of(List<SessionId> sessions) {
    if (!sessions.isEmpty()) {
      read(sessions);
    }
    return sessions.stream()
        .flatMap(session ->
            Optional.ofNullable(found.get(session)).map(parts -> parts.summary(session)).stream())
        .toList();
  }

  /** Asks for half of them at a time where their groups are more than a table may have. */
  private void read(List<SessionId> sessions) {
    Table statuses = ask(sessions, Filter.ALL, BY_STATUS, Field.STATUS, Field.ENGINE);
    Table users =
        ask(sessions, new Filter.Exists(Failures.known(Field.USER_ID)), List.of(), Field.USER_ID);
    if (sessions.size() > 1 && Math.max(statuses.series(), users.series()) > Top.MAX_LIMIT) {
      read(sessions.subList(0, sessions.size() / 2));
      read(sessions.subList(sessions.size() / 2, sessions.size()));
      return;
    }
    statuses.rows().forEach(row -> parts(row).addStatus(row));
    users.rows().forEach(row -> parts(row).addUser(row));
    ask(sessions, Failures.FILTER, LAST).rows().forEach(row -> parts(row).addErrors(row));
  }

  private Parts parts(Table.Row row) {
    return found.computeIfAbsent(session(row), _ -> new Parts());
  }

  /** The session of a row of which the groups begin with project and id. */
  static SessionId session(Table.Row row) {
    // Every event has a project, and only events that have the id were asked for.
    return new SessionId("" + row.group().get(0), "" + row.group().get(1));
  }

  private Table ask(
      List<SessionId> sessions, Filter filter, List<Measure> measures, Field... further) {
    List<FieldRef> groups = new ArrayList<>();
    groups.add(Failures.known(Field.PROJECT_ID));
    groups.add(kind.ref());
    for (Field field : further) {
      groups.add(Failures.known(field));
    }
    Set<String> projects = sessions.stream().map(SessionId::projectId).collect(Collectors.toSet());
    Set<String> ids = sessions.stream().map(SessionId::id).collect(Collectors.toSet());
    Filter all =
        new Filter.And(
            List.of(
                new Filter.In(Failures.known(Field.PROJECT_ID), projects),
                new Filter.In(kind.ref(), ids),
                filter));
    return store.aggregate(
        new Aggregation(
            all, range, new Grouping(groups, null), measures, Top.byCount(Top.MAX_LIMIT)));
  }

  /** What is known of one session. */
  private static final class Parts {
    private final Map<String, Double> engines = new HashMap<>();
    private double start = Double.POSITIVE_INFINITY;
    private double end = Double.NEGATIVE_INFINITY;
    private long events;
    private long errors;
    private long retries;
    private long lastError = Outcome.NEVER;
    private long lastSuccess = Outcome.NEVER;
    private @Nullable String user;
    private long users;

    void addStatus(Table.Row row) {
      String status = row.group().get(2);
      String engine = row.group().get(3);
      double first = number(row, 0);
      double last = number(row, 1);
      start = Math.min(start, first);
      end = Math.max(end, last);
      events += row.count();
      retries += (long) number(row, 2);
      if ("retry".equals(status)) {
        retries += row.count() - (long) number(row, 3);
      }
      if ("success".equals(status)) {
        lastSuccess = Math.max(lastSuccess, (long) last);
      }
      if (engine != null) {
        engines.merge(engine, first, Math::min);
      }
    }

    void addErrors(Table.Row row) {
      errors += row.count();
      lastError = Math.max(lastError, (long) number(row, 0));
    }

    /** The rows come by count. */
    void addUser(Table.Row row) {
      user = user == null ? row.group().get(2) : user;
      users++;
    }

    private static double number(Table.Row row, int at) {
      Double value = row.values().get(at);
      return value == null ? 0 : value;
    }

    SessionSummary summary(SessionId session) {
      List<String> byFirst =
          engines.entrySet().stream()
              .sorted(
                  Map.Entry.<String, Double>comparingByValue()
                      .thenComparing(Map.Entry.comparingByKey()))
              .map(Map.Entry::getKey)
              .toList();
      return new SessionSummary(
          session,
          (long) start,
          (long) end,
          events,
          errors,
          retries,
          byFirst,
          user,
          users,
          Outcome.of(lastError, lastSuccess));
    }
  }
}
