package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Counts errors into groups, within transactions. What it holds in memory is bounded, and all of it
 * is in the tables too. Not safe for several threads.
 */
final class Aggregator {

  /** More are no list of what is wrong any more. */
  static final int MOST_GROUPS_A_PROJECT = 100_000;

  /** Each takes a few kilobytes on disk. */
  static final int MOST_GROUPS = 1_000_000;

  /** The facts of so many errors are known again without looking at them; about 4 MB. */
  private static final int MOST_KEYS = 20_000;

  /** So many traces and messages are not taken apart again; a few kilobytes each. */
  private static final int MOST_GROUPINGS = 2_000;

  /**
   * So many turns wait to be told, as when everything breaks at once; further ones are only seen in
   * the groups themselves.
   */
  static final int MOST_TURNS = 10_000;

  /** A group has no more fingerprints; further ones are counted as one. */
  static final int MOST_FINGERPRINTS = 1_000;

  private static final List<String> NO_PARTS = List.of();

  private final int mostGroupsAProject;
  private final int mostGroups;
  private final MessageTemplates plain = MessageTemplates.byRules();
  private final MessageLearner learner = new MessageLearner(plain);
  private final Recent<ErrorBlock.Key, Member.Key> keys = new Recent<>(MOST_KEYS);
  private final Recent<ErrorBlock.Key, Grouping> groupings = new Recent<>(MOST_GROUPINGS);
  private final GroupCache cache = new GroupCache();
  private final Map<String, Integer> groups = new HashMap<>();
  private Fingerprinter fingerprinter = new Fingerprinter(plain, GroupingRules.NONE);
  private Set<Field> fields = Set.of();
  private int allGroups;
  private long outside;

  // Those that wait as of the last save, and those since.
  private long turns;

  private boolean tells = true;

  Aggregator() {
    this(MOST_GROUPS_A_PROJECT, MOST_GROUPS);
  }

  Aggregator(int mostGroupsAProject, int mostGroups) {
    this.mostGroupsAProject = mostGroupsAProject;
    this.mostGroups = mostGroups;
  }

  /** These are in force from now on. */
  void use(GroupingRules rules) {
    fingerprinter = new Fingerprinter(plain, rules);
    fields = rules.fields();
    keys.clear();
    groupings.clear();
  }

  /** What the rules in force read of an error, besides what is always read. */
  Set<Field> fields() {
    return fields;
  }

  /** Forgets what is in memory, and reads what has to be there. */
  void load(Handle handle) {
    keys.clear();
    ErrorTables tables = new ErrorTables(handle);
    cache.load(tables);
    groups.clear();
    outside = 0;
    turns = tables.turns();
    learner.load(handle);
    handle
        .select("SELECT project, COUNT(*) FROM error_groups GROUP BY project")
        .map((row, context) -> Map.entry(row.getString(1), row.getInt(2)))
        .forEach(entry -> groups.put(entry.getKey(), entry.getValue()));
    allGroups = groups.values().stream().mapToInt(Integer::intValue).sum();
  }

  int groups() {
    return allGroups;
  }

  GroupCache cache() {
    return cache;
  }

  /**
   * Counts the error of the row at hand.
   *
   * @return its group; {@code null} where there is no room for another one
   */
  @Nullable Group add(ErrorTables tables, ErrorBlock row) {
    ErrorBlock.Key content = row.content(fields);
    ErrorBlock.Key key = row.key(content);
    Member.Key known = keys.get(key);
    Member member = known == null ? null : cache.member(tables, known).orElse(null);
    if (member == null) {
      member = find(tables, row, content);
      if (member == null) {
        outside++;
        return null;
      }
      keys.put(key, member.key());
    }
    member.add(row);
    Group group = cache.group(tables, member.group());
    Lifecycle before = group.lifecycle();
    group.add(row);
    if (!group.lifecycle().equals(before)) {
      turn(tables, row, group, before);
    }
    return group;
  }

  /** Keeps what has become of the group, so that somebody can be told. */
  private void turn(ErrorTables tables, ErrorBlock row, Group group, Lifecycle before) {
    Lifecycle now = group.lifecycle();
    GroupState state = null;
    if (now.regressedMicros() != before.regressedMicros()) {
      state = GroupState.REGRESSED;
    } else if (now.escalatedMicros() != before.escalatedMicros()) {
      state = GroupState.ESCALATING;
    }
    if (state != null && tells && turns < MOST_TURNS) {
      turns++;
      tables.add(row.position(), group, state, row.receivedMicros(), row.label(Field.VERSION));
    }
  }

  private @Nullable Member find(ErrorTables tables, ErrorBlock row, ErrorBlock.Key content) {
    ErrorFacts facts = row.facts();
    Grouping grouping =
        groupings.computeIfAbsent(content, key -> fingerprinter.group(facts, row::event));
    String project = row.label(Field.PROJECT_ID).intern();
    Member.Key key = Member.Key.of(project, grouping.fingerprint());
    Optional<Member> known = cache.member(tables, key);
    if (known.isPresent()) {
      return known.get();
    }
    if (groups.getOrDefault(project, 0) >= mostGroupsAProject) {
      Grouping overflow =
          new Grouping(
              Fingerprint.of(FingerprintRule.OVERFLOW, NO_PARTS), NO_PARTS, null, List.of(), null);
      Member.Key all = Member.Key.of(project, overflow.fingerprint());
      Optional<Member> member = cache.member(tables, all);
      return member.isPresent()
          ? member.get()
          : create(tables, row, all, ErrorFacts.NONE, overflow, Learned.NOTHING);
    }
    if (allGroups >= mostGroups) {
      return null;
    }
    Learned learned = learn(tables.handle(), row, facts, grouping);
    merge(tables);
    return create(tables, row, key, facts, grouping, learned);
  }

  private Learned learn(Handle handle, ErrorBlock row, ErrorFacts facts, Grouping grouping) {
    FingerprintRule rule = grouping.fingerprint().rule();
    boolean byMessage = rule == FingerprintRule.ERROR_TYPE || rule == FingerprintRule.TEMPLATE;
    if (!byMessage || facts.message().isBlank()) {
      return Learned.NOTHING;
    }
    boolean typed = rule == FingerprintRule.ERROR_TYPE;
    List<String> context =
        typed
            ? List.of(
                row.label(Field.PROJECT_ID), facts.errorType(), facts.platform(), facts.action())
            : List.of(row.label(Field.PROJECT_ID));
    String template = grouping.parts().get(typed ? 1 : 0);
    return new Learned(
        learner.learn(handle, facts.message(), template), Fingerprint.of(rule, context).number());
  }

  private Member create(
      ErrorTables tables,
      ErrorBlock row,
      Member.Key key,
      ErrorFacts facts,
      Grouping grouping,
      Learned learned) {
    Long template = learned.template();
    Optional<Long> like =
        template == null ? Optional.empty() : cache.groupOf(tables, template, learned.context());
    long number = like.orElse(key.home());
    if (like.isPresent() && cache.fingerprints(tables, number) >= MOST_FINGERPRINTS) {
      return others(tables, key.project(), number);
    }
    Member member = new Member(key, number, null);
    if (like.isPresent()) {
      separate(tables, cache.group(tables, number));
      member.separate(new Stats());
    } else {
      Group.Identity identity = Group.Identity.of(number, row, facts, grouping);
      cache.put(tables, new Group(identity, new Stats(), Lifecycle.created(row.receivedMicros())));
      groups.merge(key.project(), 1, Integer::sum);
      allGroups++;
    }
    cache.add(tables, member, grouping.fingerprint().version(), learned);
    return member;
  }

  /** What stands for all further fingerprints of a group. */
  private Member others(ErrorTables tables, String project, long group) {
    Fingerprint all = Fingerprint.of(FingerprintRule.OVERFLOW, List.of(GroupId.text(group)));
    Member.Key key = Member.Key.of(project, all);
    Optional<Member> known = cache.member(tables, key);
    if (known.isPresent()) {
      return known.get();
    }
    Member member = new Member(key, group, new Stats());
    cache.add(tables, member, all.version(), Learned.NOTHING);
    return member;
  }

  /**
   * Before a group gets or gives fingerprints: from now on the one that has begun it is counted by
   * itself as well. All others are already.
   */
  void separate(ErrorTables tables, Group group) {
    cache
        .plain(tables, group.number())
        .ifPresent(member -> cache.separate(tables, member, group.stats()));
  }

  /** What has the same template now is one group, within its context. */
  private void merge(ErrorTables tables) {
    for (MessageLearner.Merge merge : learner.drainMerges()) {
      for (ErrorTables.Placed part : cache.withTemplate(tables, merge.part())) {
        Optional<Long> whole = cache.groupOf(tables, merge.whole(), part.context());
        if (whole.isPresent() && whole.get() != part.group()) {
          Group one = current(tables, whole.get());
          Group two = current(tables, part.group());
          if (one.number() == two.number()) {
            continue;
          }
          boolean first = one.lifecycle().createdMicros() <= two.lifecycle().createdMicros();
          merge(tables, first ? two : one, first ? one : two);
        }
      }
      cache.renameTemplate(tables, merge.part(), merge.whole());
    }
  }

  /** The group that has the errors of this one now. */
  Group current(ErrorTables tables, long number) {
    Group group = cache.group(tables, number);
    for (Long into = group.mergedInto(); into != null; into = group.mergedInto()) {
      group = cache.group(tables, into);
    }
    return group;
  }

  /** Makes a group part of another, which then has all its fingerprints and counts. */
  void merge(ErrorTables tables, Group part, Group whole) {
    separate(tables, part);
    separate(tables, whole);
    cache.save(tables);
    tables.moveMembers(part.number(), whole.number());
    cache.moved(part.number(), whole.number());
    Stats all = whole.stats();
    all.addAll(part.stats());
    whole.count(all);
    part.count(new Stats());
    part.mergeInto(whole.number());
    cache.put(tables, part);
    cache.put(tables, whole);
  }

  /** Does work that is about errors of which everybody was told already. */
  void tellNobody(Runnable work) {
    tells = false;
    try {
      work.run();
    } finally {
      tells = true;
    }
  }

  /** Writes what has changed. */
  void save(ErrorTables tables) {
    cache.save(tables);
    if (turns > 0) {
      turns = tables.turns();
    }
    if (outside > 0) {
      tables.addTotal(ErrorTotals.OUTSIDE, outside);
      outside = 0;
    }
  }
}
