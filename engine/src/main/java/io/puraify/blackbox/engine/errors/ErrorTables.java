package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.engine.errors.Lifecycle.Handling;
import io.puraify.blackbox.engine.errors.Lifecycle.Until;
import io.puraify.blackbox.engine.state.StateSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** The tables of groups and their fingerprints, within one transaction. */
final class ErrorTables {

  static final StateSchema SCHEMA =
      StateSchema.of(
          "errors",
          """
          CREATE TABLE error_groups (number BIGINT NOT NULL, project TEXT NOT NULL,
            rule TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL, culprit TEXT NOT NULL,
            engine TEXT NOT NULL, platform TEXT NOT NULL, action TEXT NOT NULL,
            errors BIGINT NOT NULL, users BIGINT NOT NULL, first_seen BIGINT NOT NULL,
            last_seen BIGINT NOT NULL, handling TEXT NOT NULL, created BIGINT NOT NULL,
            escalated BIGINT NOT NULL, regressed BIGINT NOT NULL, resolved_version TEXT NOT NULL,
            until TEXT NOT NULL, until_limit BIGINT NOT NULL, assignee TEXT NOT NULL,
            merged_into BIGINT, PRIMARY KEY (number))
          """,
          "CREATE TABLE error_group_stats (number BIGINT NOT NULL, stats BYTEA NOT NULL,"
              + " PRIMARY KEY (number))",
          "CREATE INDEX error_groups_by_last_seen ON error_groups (project, last_seen, number)",
          "CREATE INDEX error_groups_by_first_seen ON error_groups (project, first_seen, number)",
          "CREATE INDEX error_groups_by_errors ON error_groups (project, errors, number)",
          "CREATE INDEX error_groups_by_users ON error_groups (project, users, number)",
          """
          CREATE TABLE error_fingerprints (project TEXT NOT NULL, fingerprint TEXT NOT NULL,
            algorithm BIGINT NOT NULL, group_number BIGINT NOT NULL, template BIGINT,
            context TEXT NOT NULL, stats BYTEA NOT NULL, PRIMARY KEY (project, fingerprint))
          """,
          "CREATE INDEX error_fingerprints_by_group ON error_fingerprints (group_number)",
          "CREATE INDEX error_fingerprints_by_template ON error_fingerprints (template, context)",
          "CREATE TABLE error_messages (number BIGINT NOT NULL, message TEXT NOT NULL,"
              + " PRIMARY KEY (number))",
          """
          CREATE TABLE error_changes (position BIGINT NOT NULL, group_number BIGINT NOT NULL,
            project TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL,
            comment TEXT NOT NULL, detail TEXT NOT NULL, before TEXT NOT NULL,
            undone_by BIGINT, PRIMARY KEY (position))
          """,
          "CREATE INDEX error_changes_by_group ON error_changes (group_number, position)",
          "CREATE TABLE error_totals (name TEXT NOT NULL, value BIGINT NOT NULL,"
              + " PRIMARY KEY (name))",
          """
          CREATE TABLE error_turns (position BIGINT NOT NULL, group_number BIGINT NOT NULL,
            state TEXT NOT NULL, at BIGINT NOT NULL, version TEXT NOT NULL,
            PRIMARY KEY (position, state))
          """);

  static final String GROUP_COLUMNS =
      "number, project, rule, title, type, culprit, engine, platform, action, errors, users,"
          + " first_seen, last_seen, handling, created, escalated, regressed, resolved_version,"
          + " until, until_limit, assignee, merged_into";

  private final Handle handle;

  ErrorTables(Handle handle) {
    this.handle = handle;
  }

  /** The fingerprint, if a group has it. */
  Optional<Member> member(Member.Key key) {
    return handle
        .select(
            "SELECT group_number, stats FROM error_fingerprints WHERE project = ? AND fingerprint"
                + " = ?",
            key.project(),
            key.hash())
        .map((row, context) -> new Member(key, row.getLong(1), Stats.decode(row.getBytes(2))))
        .findOne();
  }

  List<Member> members(long group) {
    return handle
        .select(
            "SELECT project, fingerprint, stats FROM error_fingerprints WHERE group_number = ?"
                + " ORDER BY project, fingerprint",
            group)
        .map((row, context) ->
            new Member(
                new Member.Key(row.getString(1), row.getString(2)),
                group,
                Stats.decode(row.getBytes(3))))
        .list();
  }

  /** Adds a fingerprint with no errors yet. */
  void add(Member member, int algorithm, Learned learned) {
    handle.execute(
        "INSERT INTO error_fingerprints (project, fingerprint, algorithm, group_number, template,"
            + " context, stats) VALUES (?, ?, ?, ?, ?, ?, ?)",
        member.key().project(),
        member.key().hash(),
        algorithm,
        member.group(),
        learned.template(),
        learned.context(),
        member.stats().encode());
  }

  void saveMembers(Collection<Member> members) {
    PreparedBatch batch =
        handle.prepareBatch(
            "UPDATE error_fingerprints SET group_number = ?, stats = ? WHERE project = ? AND"
                + " fingerprint = ?");
    for (Member member : members) {
      batch.add(
          member.group(), member.stats().encode(), member.key().project(), member.key().hash());
    }
    if (batch.size() > 0) {
      batch.execute();
    }
  }

  /** The group that has a template in a context, the one whose fingerprint came first. */
  Optional<Long> groupOf(long template, String context) {
    return handle
        .select(
            "SELECT group_number FROM error_fingerprints WHERE template = ? AND context = ?"
                + " ORDER BY fingerprint LIMIT 1",
            template,
            context)
        .mapTo(Long.class)
        .findOne();
  }

  /** A group of a template in a context. */
  record Placed(long group, String context) {}

  List<Placed> withTemplate(long template) {
    return handle
        .select(
            "SELECT DISTINCT group_number, context FROM error_fingerprints WHERE template = ?"
                + " ORDER BY context, group_number",
            template)
        .map((row, context) -> new Placed(row.getLong(1), row.getString(2)))
        .list();
  }

  void renameTemplate(long template, long whole) {
    handle.execute(
        "UPDATE error_fingerprints SET template = ? WHERE template = ?", whole, template);
  }

  void moveMembers(long group, long into) {
    handle.execute(
        "UPDATE error_fingerprints SET group_number = ? WHERE group_number = ?", into, group);
  }

  Optional<Group> group(long number) {
    return handle
        .select("SELECT " + GROUP_COLUMNS + " FROM error_groups WHERE number = ?", number)
        .map((row, context) -> group(row, stats(number)))
        .findOne();
  }

  private Stats stats(long number) {
    return handle
        .select("SELECT stats FROM error_group_stats WHERE number = ?", number)
        .map((row, context) -> Stats.decode(row.getBytes(1)))
        .findOne()
        .orElseGet(Stats::new);
  }

  private static Group group(ResultSet row, Stats stats) throws SQLException {
    Group.Identity identity =
        new Group.Identity(
            row.getLong("number"),
            row.getString("project"),
            row.getString("rule"),
            row.getString("title"),
            row.getString("type"),
            row.getString("culprit"),
            row.getString("engine"),
            row.getString("platform"),
            row.getString("action"));
    Group group = new Group(identity, stats, lifecycle(row));
    long merged = row.getLong("merged_into");
    if (!row.wasNull()) {
      group.mergeInto(merged);
    }
    group.saved();
    return group;
  }

  static Lifecycle lifecycle(ResultSet row) throws SQLException {
    return new Lifecycle(
        Handling.valueOf(row.getString("handling")),
        row.getLong("created"),
        row.getLong("escalated"),
        row.getLong("regressed"),
        row.getString("resolved_version"),
        Until.valueOf(row.getString("until")),
        row.getLong("until_limit"),
        row.getString("assignee"));
  }

  void saveGroups(Collection<Group> groups) {
    PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO error_groups ("
                + GROUP_COLUMNS
                + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                + " ON CONFLICT (number) DO UPDATE SET errors = excluded.errors,"
                + " users = excluded.users, first_seen = excluded.first_seen,"
                + " last_seen = excluded.last_seen, handling = excluded.handling,"
                + " created = excluded.created,"
                + " escalated = excluded.escalated, regressed = excluded.regressed,"
                + " resolved_version = excluded.resolved_version, until = excluded.until,"
                + " until_limit = excluded.until_limit, assignee = excluded.assignee,"
                + " merged_into = excluded.merged_into");
    PreparedBatch stats =
        handle.prepareBatch(
            "INSERT INTO error_group_stats (number, stats) VALUES (?, ?) ON CONFLICT (number) DO"
                + " UPDATE SET stats = excluded.stats");
    for (Group group : groups) {
      Group.Identity it = group.identity();
      Lifecycle life = group.lifecycle();
      rows.add(
          it.number(),
          it.project(),
          it.rule(),
          it.title(),
          it.type(),
          it.culprit(),
          it.engine(),
          it.platform(),
          it.action(),
          group.stats().count(),
          group.stats().users().estimate(),
          group.stats().first().micros(),
          group.stats().last().micros(),
          life.handling().name(),
          life.createdMicros(),
          life.escalatedMicros(),
          life.regressedMicros(),
          life.resolvedVersion(),
          life.until().name(),
          life.limit(),
          life.assignee(),
          group.mergedInto());
      stats.add(it.number(), group.stats().encode());
    }
    if (rows.size() > 0) {
      rows.execute();
      stats.execute();
    }
  }

  /** How many turns nobody was told of yet. */
  long turns() {
    return handle.select("SELECT COUNT(*) FROM error_turns").mapTo(Long.class).one();
  }

  /** Keeps a turn until somebody was told. */
  void add(long position, Group group, GroupState state, long at, String version) {
    handle.execute(
        "INSERT INTO error_turns (position, group_number, state, at, version) VALUES (?, ?, ?, ?, ?)",
        position,
        group.number(),
        state.name(),
        at,
        version);
  }

  /** The oldest of the turns. */
  List<Turn> turns(int limit) {
    return handle
        .select(
            "SELECT t.position, t.state, t.at, t.version, g.number, g.project, g.title, g.type,"
                + " g.engine, g.platform, g.action FROM error_turns t JOIN error_groups g ON"
                + " g.number = t.group_number ORDER BY t.position, t.state LIMIT ?",
            limit)
        .map((row, context) ->
            new Turn(
                row.getLong("position"),
                GroupState.valueOf(row.getString("state")),
                row.getLong("at"),
                row.getString("version"),
                GroupId.text(row.getLong("number")),
                row.getString("project"),
                row.getString("title"),
                row.getString("type"),
                row.getString("engine"),
                row.getString("platform"),
                row.getString("action")))
        .list();
  }

  void remove(Turn turn) {
    handle.execute(
        "DELETE FROM error_turns WHERE position = ? AND state = ?",
        turn.position(),
        turn.state().name());
  }

  void addTotal(String name, long value) {
    handle.execute(
        "INSERT INTO error_totals (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET"
            + " value = error_totals.value + excluded.value",
        name,
        value);
  }
}
