package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.engine.errors.Lifecycle.Handling;
import io.puraify.blackbox.engine.errors.Lifecycle.Until;
import io.puraify.blackbox.engine.state.StateSchema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultSetException;
import org.jspecify.annotations.Nullable;

/** The tables of groups and their fingerprints, through one handle. For one thread. */
final class ErrorTables implements AutoCloseable {

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
            merged_into BIGINT, stats BYTEA NOT NULL, PRIMARY KEY (number))
          """,
          // All that a list is put in order by: one to keep up instead of four, and small enough to
          // be read through for any other order than the first.
          "CREATE INDEX error_groups_in_order ON error_groups (project, last_seen, number, errors,"
              + " users, first_seen, merged_into)",
          """
          CREATE TABLE error_fingerprints (number BIGINT NOT NULL, project TEXT NOT NULL,
            fingerprint TEXT NOT NULL, algorithm BIGINT NOT NULL, group_number BIGINT NOT NULL,
            template BIGINT, context BIGINT NOT NULL, stats BYTEA, PRIMARY KEY (number))
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
          """,
          """
          CREATE TABLE error_rules (version BIGINT NOT NULL, position BIGINT NOT NULL,
            at BIGINT NOT NULL, actor TEXT NOT NULL, comment TEXT NOT NULL,
            document TEXT NOT NULL, undone BIGINT, PRIMARY KEY (version))
          """,
          """
          CREATE TABLE error_groups_before (number BIGINT NOT NULL, project TEXT NOT NULL,
            rule TEXT NOT NULL, title TEXT NOT NULL, type TEXT NOT NULL, culprit TEXT NOT NULL,
            engine TEXT NOT NULL, platform TEXT NOT NULL, action TEXT NOT NULL,
            errors BIGINT NOT NULL, users BIGINT NOT NULL, first_seen BIGINT NOT NULL,
            last_seen BIGINT NOT NULL, handling TEXT NOT NULL, created BIGINT NOT NULL,
            escalated BIGINT NOT NULL, regressed BIGINT NOT NULL, resolved_version TEXT NOT NULL,
            until TEXT NOT NULL, until_limit BIGINT NOT NULL, assignee TEXT NOT NULL,
            merged_into BIGINT, stats BYTEA NOT NULL, PRIMARY KEY (number))
          """,
          """
          CREATE TABLE error_fingerprints_before (number BIGINT NOT NULL, project TEXT NOT NULL,
            fingerprint TEXT NOT NULL, algorithm BIGINT NOT NULL, group_number BIGINT NOT NULL,
            template BIGINT, context BIGINT NOT NULL, stats BYTEA, PRIMARY KEY (number))
          """,
          """
          CREATE TABLE error_messages_before (number BIGINT NOT NULL, message TEXT NOT NULL,
            PRIMARY KEY (number))
          """,
          """
          CREATE TABLE error_changes_before (position BIGINT NOT NULL, group_number BIGINT NOT NULL,
            project TEXT NOT NULL, kind TEXT NOT NULL, actor TEXT NOT NULL, at BIGINT NOT NULL,
            comment TEXT NOT NULL, detail TEXT NOT NULL, before TEXT NOT NULL,
            undone_by BIGINT, PRIMARY KEY (position))
          """,
          """
          CREATE TABLE error_totals_before (name TEXT NOT NULL, value BIGINT NOT NULL, PRIMARY KEY (name))
          """,
          "DROP INDEX error_groups_in_order",
          // All that a list is put in order and filtered by: whatever is asked for is found without
          // the rows, of which a hundred thousand take most of a second.
          "CREATE INDEX error_groups_in_lists ON error_groups (project, last_seen, number, errors,"
              + " users, first_seen, merged_into, handling, created, escalated, regressed, until,"
              + " until_limit, engine, platform, action, type, assignee, rule)");

  /** What the groups are, each with a table of what it was before other rules. */
  private static final List<String> OF_GROUPS =
      List.of(
          "error_groups", "error_fingerprints", "error_messages", "error_changes", "error_totals");

  static final String GROUP_COLUMNS =
      "number, project, rule, title, type, culprit, engine, platform, action, errors, users,"
          + " first_seen, last_seen, handling, created, escalated, regressed, resolved_version,"
          + " until, until_limit, assignee, merged_into, stats";

  static final String CHANGE_COLUMNS = "position, kind, actor, at, comment, detail, undone_by";

  private static final String ADD_MEMBER =
      "INSERT INTO error_fingerprints (number, project, fingerprint, algorithm, group_number,"
          + " template, context, stats) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

  private static final String SAVE_MEMBER =
      "UPDATE error_fingerprints SET group_number = ?, stats = ? WHERE number = ?";

  private static final String MEMBER =
      "SELECT group_number, stats FROM error_fingerprints WHERE number = ?";

  private static final String SAVE_GROUP =
      "INSERT INTO error_groups ("
          + GROUP_COLUMNS
          + ") VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (number) DO UPDATE SET errors = excluded.errors,"
          + " users = excluded.users, first_seen = excluded.first_seen,"
          + " last_seen = excluded.last_seen, handling = excluded.handling,"
          + " created = excluded.created,"
          + " escalated = excluded.escalated, regressed = excluded.regressed,"
          + " resolved_version = excluded.resolved_version, until = excluded.until,"
          + " until_limit = excluded.until_limit, assignee = excluded.assignee,"
          + " merged_into = excluded.merged_into, stats = excluded.stats";

  private static final String GROUP =
      "SELECT " + GROUP_COLUMNS + " FROM error_groups WHERE number = ?";

  private static final String GROUP_OF =
      "SELECT group_number FROM error_fingerprints WHERE template = ? AND context = ?"
          + " ORDER BY fingerprint LIMIT 1";

  private final Handle handle;
  private final Map<String, PreparedStatement> prepared = new HashMap<>();

  ErrorTables(Handle handle) {
    this.handle = handle;
  }

  Handle handle() {
    return handle;
  }

  /** A statement that is needed often, prepared once. */
  private PreparedStatement prepared(String sql) throws SQLException {
    PreparedStatement known = prepared.get(sql);
    if (known == null) {
      known = handle.getConnection().prepareStatement(sql);
      prepared.put(sql, known);
    }
    return known;
  }

  @Override
  public void close() {
    try {
      for (PreparedStatement each : prepared.values()) {
        each.close();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
    prepared.clear();
  }

  private static ResultSetException failed(SQLException e) {
    return new ResultSetException("cannot read or save groups of errors", e, null);
  }

  /** The fingerprint, if a group has it. */
  Optional<Member> member(Member.Key key) {
    try {
      PreparedStatement query = prepared(MEMBER);
      query.setLong(1, key.home());
      try (ResultSet row = query.executeQuery()) {
        return row.next()
            ? Optional.of(new Member(key, row.getLong(1), stats(row.getBytes(2))))
            : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The fingerprint that has begun a group, which it still has. */
  Optional<Member> memberAtHome(long group) {
    return handle
        .select(
            "SELECT project, fingerprint, number, stats FROM error_fingerprints WHERE number = ?"
                + " AND group_number = ?",
            group,
            group)
        .map((row, context) -> new Member(key(row), group, stats(row.getBytes(4))))
        .findOne();
  }

  long fingerprints(long group) {
    return handle
        .select("SELECT COUNT(*) FROM error_fingerprints WHERE group_number = ?", group)
        .mapTo(Long.class)
        .one();
  }

  List<Member> members(long group) {
    return handle
        .select(
            "SELECT project, fingerprint, number, stats FROM error_fingerprints WHERE group_number"
                + " = ? ORDER BY project, fingerprint",
            group)
        .map((row, context) -> new Member(key(row), group, stats(row.getBytes(4))))
        .list();
  }

  private static Member.Key key(ResultSet row) throws SQLException {
    return new Member.Key(row.getString(1), row.getString(2), row.getLong(3));
  }

  private static @Nullable Stats stats(byte @Nullable [] encoded) {
    return encoded == null ? null : Stats.decode(encoded);
  }

  private static byte @Nullable [] encoded(Member member) {
    Stats stats = member.stats();
    return stats == null ? null : stats.encode();
  }

  /** What is read of all fingerprints. */
  interface MemberSink {
    /** {@code apart}: whether it is not the only one of the group that it began. */
    void accept(long home, boolean apart, Learned learned);
  }

  void forEachMember(MemberSink sink) {
    handle
        .select(
            "SELECT number, group_number <> number OR stats IS NOT NULL, template, context FROM"
                + " error_fingerprints")
        .map((row, context) -> {
          long template = row.getLong(3);
          Learned learned = row.wasNull() ? Learned.NOTHING : new Learned(template, row.getLong(4));
          sink.accept(row.getLong(1), row.getBoolean(2), learned);
          return true;
        })
        .forEach(told -> {});
  }

  /** Adds fingerprints. */
  void addMembers(Collection<GroupCache.NewMember> members) {
    try {
      PreparedStatement row = prepared(ADD_MEMBER);
      for (GroupCache.NewMember each : members) {
        Member member = each.member();
        row.setLong(1, member.key().home());
        row.setString(2, member.key().project());
        row.setString(3, member.key().hash());
        row.setLong(4, each.algorithm());
        row.setLong(5, member.group());
        setLong(row, 6, each.learned().template());
        row.setLong(7, each.learned().context());
        row.setBytes(8, encoded(member));
        row.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void setLong(PreparedStatement row, int column, @Nullable Long value)
      throws SQLException {
    if (value == null) {
      row.setNull(column, Types.BIGINT);
    } else {
      row.setLong(column, value);
    }
  }

  void saveMembers(Collection<Member> members) {
    try {
      PreparedStatement row = prepared(SAVE_MEMBER);
      for (Member member : members) {
        row.setLong(1, member.group());
        row.setBytes(2, encoded(member));
        row.setLong(3, member.key().home());
        row.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** The group that has a template in a context, the one whose fingerprint came first. */
  Optional<Long> groupOf(long template, long context) {
    try {
      PreparedStatement query = prepared(GROUP_OF);
      query.setLong(1, template);
      query.setLong(2, context);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  /** A group of a template in a context. */
  record Placed(long group, long context) {}

  List<Placed> withTemplate(long template) {
    return handle
        .select(
            "SELECT DISTINCT group_number, context FROM error_fingerprints WHERE template = ?"
                + " ORDER BY context, group_number",
            template)
        .map((row, context) -> new Placed(row.getLong(1), row.getLong(2)))
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
    try {
      PreparedStatement query = prepared(GROUP);
      query.setLong(1, number);
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? Optional.of(group(row)) : Optional.empty();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static Group group(ResultSet row) throws SQLException {
    Group.Identity identity =
        new Group.Identity(
            row.getLong("number"),
            row.getString("project").intern(),
            row.getString("rule").intern(),
            row.getString("title"),
            row.getString("type"),
            row.getString("culprit"),
            row.getString("engine").intern(),
            row.getString("platform").intern(),
            row.getString("action").intern());
    Stats stats = Stats.decode(row.getBytes("stats"));
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
    try {
      PreparedStatement row = prepared(SAVE_GROUP);
      for (Group group : groups) {
        bind(row, group);
        row.executeUpdate();
      }
    } catch (SQLException e) {
      throw failed(e);
    }
  }

  private static void bind(PreparedStatement row, Group group) throws SQLException {
    Group.Identity it = group.identity();
    Lifecycle life = group.lifecycle();
    int column = 1;
    row.setLong(column++, it.number());
    row.setString(column++, it.project());
    row.setString(column++, it.rule());
    row.setString(column++, it.title());
    row.setString(column++, it.type());
    row.setString(column++, it.culprit());
    row.setString(column++, it.engine());
    row.setString(column++, it.platform());
    row.setString(column++, it.action());
    row.setLong(column++, group.stats().count());
    row.setLong(column++, group.stats().users().estimate());
    row.setLong(column++, group.stats().first().micros());
    row.setLong(column++, group.stats().last().micros());
    row.setString(column++, life.handling().name());
    row.setLong(column++, life.createdMicros());
    row.setLong(column++, life.escalatedMicros());
    row.setLong(column++, life.regressedMicros());
    row.setString(column++, life.resolvedVersion());
    row.setString(column++, life.until().name());
    row.setLong(column++, life.limit());
    row.setString(column++, life.assignee());
    setLong(row, column++, group.mergedInto());
    row.setBytes(column, group.stats().encode());
  }

  /** The change by hand that has moved a fingerprint last, unless it is undone. */
  Optional<ChangeRecord> lastMove(Member.Key key) {
    return handle
        .select(
            "SELECT "
                + CHANGE_COLUMNS
                + " FROM error_changes WHERE project = ? AND kind IN ('MERGE', 'SPLIT') AND"
                + " undone_by IS NULL AND before LIKE '%' || ? || '%' ORDER BY position DESC LIMIT"
                + " 1",
            key.project(),
            key.hash())
        .map((row, context) -> change(row))
        .findOne();
  }

  static ChangeRecord change(ResultSet row) throws SQLException {
    long undoneBy = row.getLong(7);
    @Nullable Long undone = row.wasNull() ? null : undoneBy;
    return new ChangeRecord(
        row.getLong(1),
        ChangeKind.valueOf(row.getString(2)),
        row.getString(3),
        row.getLong(4),
        row.getString(5),
        row.getString(6),
        undone);
  }

  /** The grouping rules in force. */
  RulesVersion rules() {
    return rules(1).stream().findFirst().orElse(RulesVersion.NONE);
  }

  /** The newest grouping rules first. */
  List<RulesVersion> rules(int limit) {
    return handle
        .select(
            "SELECT version, position, at, actor, comment, document, undone FROM error_rules ORDER"
                + " BY version DESC LIMIT ?",
            limit)
        .map((row, context) -> {
          long undone = row.getLong(7);
          @Nullable Long taken = row.wasNull() ? null : undone;
          return new RulesVersion(
              row.getLong(1),
              row.getLong(2),
              row.getLong(3),
              row.getString(4),
              row.getString(5),
              row.getString(6),
              taken);
        })
        .list();
  }

  /** Keeps what the groups are, in the place of what was kept before. */
  void keepGroups() {
    for (String table : OF_GROUPS) {
      handle.execute("DELETE FROM %s_before".formatted(table));
      handle.execute("INSERT INTO %1$s_before SELECT * FROM %1$s".formatted(table));
    }
  }

  /** Forgets all groups; what was kept of them stays. */
  void clearGroups() {
    OF_GROUPS.forEach(table -> handle.execute("DELETE FROM " + table));
  }

  /** What was kept is what the groups are again. */
  void giveBackGroups() {
    for (String table : OF_GROUPS) {
      handle.execute("INSERT INTO %1$s SELECT * FROM %1$s_before".formatted(table));
      handle.execute("DELETE FROM %s_before".formatted(table));
    }
  }

  /**
   * The groups, of those that are kept, that somebody has done something to, by the numbers of
   * their fingerprints.
   */
  Map<Long, Long> changedBefore() {
    Map<Long, Long> groups = new HashMap<>();
    handle
        .select(
            "SELECT number, group_number FROM error_fingerprints_before WHERE group_number IN"
                + " (SELECT group_number FROM error_changes_before)")
        .map((row, context) -> Map.entry(row.getLong(1), row.getLong(2)))
        .forEach(each -> groups.put(each.getKey(), each.getValue()));
    return groups;
  }

  boolean hasGroup(long number) {
    return handle
            .select("SELECT COUNT(*) FROM error_groups WHERE number = ?", number)
            .mapTo(Long.class)
            .one()
        > 0;
  }

  /** What a group was like that is kept. */
  Optional<Lifecycle> lifecycleBefore(long number) {
    return handle
        .select("SELECT * FROM error_groups_before WHERE number = ?", number)
        .map((row, context) -> lifecycle(row))
        .findOne();
  }

  /** The position of what was done to a group last; 0 for nothing. */
  long newestChange(long group) {
    return newestChange("error_changes", group);
  }

  /** The same of a group that is kept. */
  long newestChangeBefore(long group) {
    return newestChange("error_changes_before", group);
  }

  private long newestChange(String table, long group) {
    return handle
        .select(
            "SELECT COALESCE(MAX(position), 0) FROM %s WHERE group_number = ?".formatted(table),
            group)
        .mapTo(Long.class)
        .one();
  }

  /** What was done to a group that is kept was done to another one. */
  void takeOver(long before, long group, Collection<ChangeKind> kinds) {
    handle
        .createUpdate(
            "INSERT INTO error_changes (position, group_number, project, kind, actor, at, comment,"
                + " detail, before, undone_by) SELECT position, :group, project, kind, actor, at,"
                + " comment, detail, before, undone_by FROM error_changes_before WHERE group_number"
                + " = :before AND kind IN (<kinds>) ON CONFLICT (position) DO NOTHING")
        .bind("before", before)
        .bind("group", group)
        .bindList("kinds", kinds.stream().map(Enum::name).toList())
        .execute();
  }

  /** Nobody can be told what has become of a group that is no more. */
  void removeTurnsWithoutGroup() {
    handle.execute(
        "DELETE FROM error_turns WHERE group_number NOT IN (SELECT number FROM error_groups)");
  }

  void add(RulesVersion rules) {
    handle.execute(
        "INSERT INTO error_rules (version, position, at, actor, comment, document, undone) VALUES"
            + " (?, ?, ?, ?, ?, ?, ?)",
        rules.version(),
        rules.id(),
        rules.micros(),
        rules.actor(),
        rules.comment(),
        rules.document(),
        rules.undone());
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
