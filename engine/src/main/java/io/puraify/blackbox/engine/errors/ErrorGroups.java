package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.state.StateDatabase;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** Answers what groups there are. Safe for any thread. */
public final class ErrorGroups {

  /** More changes of one group are history that the events tell. */
  private static final int MOST_CHANGES = 1_000;

  private static final int MOST_FINGERPRINTS = 1_000;

  private final StateDatabase state;
  private final InstantSource clock;

  public ErrorGroups(StateDatabase state, InstantSource clock) {
    this.state = state;
    this.clock = clock;
  }

  /** One page of groups, in the order that is asked for. */
  public GroupView.Page list(GroupQuery query) {
    long now = Micros.of(clock.instant());
    return state.read(handle -> {
      List<Long> numbers = numbers(handle, query, now);
      List<Group> groups = new ArrayList<>();
      try (ErrorTables tables = new ErrorTables(handle)) {
        numbers.stream()
            .limit(query.limit())
            .forEach(number -> tables.group(number).ifPresent(groups::add));
      }
      List<GroupView> views = groups.stream().map(group -> view(group, now)).toList();
      String cursor =
          numbers.size() > query.limit() ? after(groups.getLast(), query.sort()).text() : null;
      return new GroupView.Page(views, cursor, outside(handle));
    });
  }

  /** Finds the numbers of a page, and that of the group behind it. */
  static String select(GroupQuery query) {
    StringBuilder sql =
        new StringBuilder("SELECT number FROM error_groups WHERE merged_into IS NULL");
    if (query.project() != null) {
      sql.append(" AND project = :project");
    }
    query
        .equal()
        .keySet()
        .forEach(column -> sql.append(" AND ").append(column).append(" = :").append(column));
    if (query.state() != null) {
      sql.append(" AND ").append(STATE).append(" = :state");
    }
    if (query.after() != null) {
      sql.append(" AND (%s, number) < (:value, :number)".formatted(query.sort()));
    }
    sql.append(" ORDER BY %s DESC, number DESC LIMIT :limit".formatted(query.sort()));
    return sql.toString();
  }

  private static List<Long> numbers(Handle handle, GroupQuery query, long now) {
    return bound(handle.createQuery(select(query)), query, now).mapTo(Long.class).list();
  }

  /** With the values that the query names. */
  static Query bound(Query select, GroupQuery query, long now) {
    if (query.project() != null) {
      select.bind("project", query.project());
    }
    query.equal().forEach(select::bind);
    if (query.state() != null) {
      select.bind("state", query.state().name());
      select.bind("now", now);
      select.bind("newFrom", now - Lifecycle.NEW_MICROS);
      select.bind("escalatedFrom", now - Lifecycle.ESCALATING_MICROS);
    }
    if (query.after() != null) {
      select.bind("value", query.after().value());
      select.bind("number", query.after().number());
    }
    return select.bind("limit", query.limit() + 1);
  }

  /** {@link Lifecycle#at} in SQL; a test holds both to the same answers. */
  private static final String STATE =
      "CASE handling WHEN 'RESOLVED' THEN 'RESOLVED' WHEN 'ARCHIVED' THEN CASE WHEN until = 'TIME'"
          + " AND until_limit <= :now THEN 'ONGOING' ELSE 'ARCHIVED' END ELSE CASE WHEN escalated >"
          + " 0 AND escalated > :escalatedFrom THEN 'ESCALATING' WHEN regressed > 0 AND regressed >"
          + " :newFrom THEN 'REGRESSED' WHEN created > :newFrom THEN 'NEW' ELSE 'ONGOING' END END";

  private static GroupQuery.After after(Group last, String sort) {
    Stats stats = last.stats();
    long value =
        switch (sort) {
          case "first_seen" -> stats.first().micros();
          case "errors" -> stats.count();
          case "users" -> stats.users().estimate();
          default -> stats.last().micros();
        };
    return new GroupQuery.After(value, last.number());
  }

  private static long outside(Handle handle) {
    return handle
        .select("SELECT value FROM error_totals WHERE name = ?", ErrorTotals.OUTSIDE)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  /** All that is known of a group, or nothing where there is none of this id. */
  public Optional<GroupView.Details> find(String id) {
    OptionalLong number = GroupId.parse(id);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    long now = Micros.of(clock.instant());
    return state.read(handle -> {
      try (ErrorTables tables = new ErrorTables(handle)) {
        return tables.group(number.getAsLong()).map(group -> details(handle, group, now));
      }
    });
  }

  /** All that is known of the group that an event is in, or nothing where it is in none. */
  public Optional<GroupView.Details> find(Event event) {
    long now = Micros.of(clock.instant());
    return state.read(handle -> {
      try (ErrorTables tables = new ErrorTables(handle)) {
        return new GroupExplainer(tables).group(event).map(group -> details(handle, group, now));
      }
    });
  }

  private static GroupView.Details details(Handle handle, Group group, long now) {
    Stats stats = group.stats();
    Map<String, Map<String, Long>> fields = new LinkedHashMap<>();
    for (Field field : Distribution.FIELDS) {
      Map<String, Long> counts = stats.distribution().of(field);
      if (!counts.isEmpty()) {
        fields.put(field.jsonName(), counts);
      }
    }
    return new GroupView.Details(
        view(group, now),
        buckets(stats.trend().minutes()),
        buckets(stats.trend().hours()),
        buckets(stats.trend().days()),
        fields,
        stats.examples().stream()
            .map(example -> new GroupView.Example(example.eventId(), example.micros()))
            .toList(),
        fingerprints(handle, group),
        changes(handle, group.number()));
  }

  private static List<GroupView.Bucket> buckets(Counts counts) {
    List<GroupView.Bucket> buckets = new ArrayList<>();
    counts.forEach((micros, count) -> buckets.add(new GroupView.Bucket(micros, count)));
    return buckets;
  }

  private static List<GroupView.Hash> fingerprints(Handle handle, Group group) {
    return handle
        .select(
            "SELECT fingerprint, algorithm, stats FROM error_fingerprints WHERE group_number = ?"
                + " ORDER BY fingerprint LIMIT ?",
            group.number(),
            MOST_FINGERPRINTS)
        .map((row, context) -> {
          byte[] stats = row.getBytes(3);
          Stats counted = stats == null ? group.stats() : Stats.decode(stats);
          return new GroupView.Hash(row.getString(1), row.getLong(2), counted.count());
        })
        .list();
  }

  private static List<ChangeRecord> changes(Handle handle, long number) {
    return handle
        .select(
            "SELECT "
                + ErrorTables.CHANGE_COLUMNS
                + " FROM error_changes WHERE group_number = ? ORDER BY position DESC LIMIT ?",
            number,
            MOST_CHANGES)
        .map((row, context) -> ErrorTables.change(row))
        .list();
  }

  /**
   * Why an event is in a group, or nothing where there is no group of this id.
   *
   * @throws io.puraify.blackbox.core.ProblemException of status 404 where it is not in it
   */
  public Optional<GroupExplanation> explain(String id, Event event) {
    OptionalLong number = GroupId.parse(id);
    if (number.isEmpty()) {
      return Optional.empty();
    }
    return state.read(handle -> {
      try (ErrorTables tables = new ErrorTables(handle)) {
        return tables
            .group(number.getAsLong())
            .map(group -> new GroupExplainer(tables).explain(group, event));
      }
    });
  }

  private static GroupView view(Group group, long now) {
    Group.Identity it = group.identity();
    Stats stats = group.stats();
    GroupState at = group.lifecycle().at(now);
    long hour = stats.trend().minutes().sum(now - Trend.HOUR, Long.MAX_VALUE);
    long users = stats.users().estimate();
    SeverityRule severity =
        SeverityRule.of(
            new SeverityRule.Facts(
                reported(stats),
                hour,
                users,
                at,
                now < group.lifecycle().createdMicros() + Micros.PER_DAY));
    Long merged = group.mergedInto();
    return new GroupView(
        GroupId.text(it.number()),
        it.project(),
        it.rule(),
        it.title(),
        it.type(),
        new GroupView.Culprit(it.engine(), it.platform(), it.action(), it.culprit()),
        at,
        new GroupView.Severe(severity.severity().jsonName(), severity.reason()),
        group.lifecycle().assignee(),
        new GroupView.Numbers(
            stats.count(),
            users,
            stats.sessions().estimate(),
            stats.flows().estimate(),
            stats.users().approximate(),
            stats.sessions().approximate(),
            stats.flows().approximate(),
            hour),
        seen(stats.first()),
        seen(stats.last()),
        merged == null ? null : GroupId.text(merged));
  }

  private static GroupView.Seen seen(Stats.Sighting sighting) {
    return new GroupView.Seen(sighting.micros(), sighting.version(), sighting.environment());
  }

  private static Severity reported(Stats stats) {
    Severity highest = Severity.INFO;
    for (String name : stats.distribution().of(Field.SEVERITY).keySet()) {
      Severity one = Severity.parse(name);
      highest = one != null && one.compareTo(highest) > 0 ? one : highest;
    }
    return highest;
  }
}
