package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Field;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What people have done to groups that are no more once errors are put into groups anew: each of
 * those has a successor, the group that most of its errors are in then.
 *
 * <p>It takes over the comments. Where most of its errors were of the group before, it is that
 * group under another number, and takes over its state, its assignee and all that was done to it,
 * unless something was done to itself later. All other parts are groups of their own, as new as
 * their errors. Not safe for several threads.
 */
final class Successors {

  /** So many traces and messages are not taken apart again; about 2 MB. */
  private static final int MOST_KEYS = 20_000;

  private final Fingerprinter fingerprinter;
  private final Set<Field> fields;
  private final Recent<ErrorBlock.Key, Long> homes = new Recent<>(MOST_KEYS);

  // Of the groups that somebody has done something to, by the fingerprints that they had.
  private final Map<Long, Long> groups;

  // How many errors of each are in which group now.
  private final Map<Long, Map<Long, Long>> parts = new HashMap<>();

  private Successors(GroupingRules before, Map<Long, Long> groups) {
    this.fingerprinter = new Fingerprinter(MessageTemplates.byRules(), before);
    this.fields = before.fields();
    this.groups = groups;
  }

  /** Nothing that was done to a group is handed over. */
  static Successors none() {
    return new Successors(GroupingRules.NONE, Map.of());
  }

  /**
   * Of the groups that are kept in the tables.
   *
   * @param before the rules by which they came about
   */
  static Successors of(ErrorTables tables, GroupingRules before) {
    return new Successors(before, tables.changedBefore());
  }

  /** What has to be read of an error, besides what is always read. */
  Set<Field> fields() {
    return groups.isEmpty() ? Set.of() : fields;
  }

  /** The error of the row at hand is in this group now. */
  void add(ErrorBlock row, long group) {
    if (groups.isEmpty()) {
      return;
    }
    Long before = groups.get(home(row));
    if (before != null) {
      parts.computeIfAbsent(before, key -> new HashMap<>()).merge(group, 1L, Long::sum);
    }
  }

  private long home(ErrorBlock row) {
    ErrorBlock.Key content = row.content(fields);
    ErrorBlock.Key key = row.key(content);
    return homes.computeIfAbsent(
        key,
        unknown -> {
          Fingerprint fingerprint = fingerprinter.group(row.facts(), row::event).fingerprint();
          return GroupId.of(row.label(Field.PROJECT_ID), fingerprint);
        });
  }

  /** Hands over what was done, once all errors are in their groups. */
  void handOver(ErrorTables tables, Aggregator aggregator) {
    // The larger one first, should two become parts of the same.
    Comparator<Map.Entry<Long, Map<Long, Long>>> order =
        Comparator.comparingLong(each -> -sum(each.getValue()));
    List<Map.Entry<Long, Map<Long, Long>>> largestFirst =
        parts.entrySet().stream().sorted(order.thenComparing(Map.Entry::getKey)).toList();
    for (Map.Entry<Long, Map<Long, Long>> each : largestFirst) {
      if (!tables.hasGroup(each.getKey())) {
        handOver(tables, aggregator, each.getKey(), each.getValue());
      }
    }
  }

  private static long sum(Map<Long, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  private static void handOver(
      ErrorTables tables, Aggregator aggregator, long before, Map<Long, Long> into) {
    Map<Long, Long> now = new HashMap<>();
    into.forEach((group, errors) ->
        now.merge(aggregator.current(tables, group).number(), errors, Long::sum));
    Map.Entry<Long, Long> most =
        now.entrySet().stream()
            .max(
                Map.Entry.<Long, Long>comparingByValue()
                    .thenComparing(Map.Entry.comparingByKey(Comparator.reverseOrder())))
            .orElseThrow();
    Group group = aggregator.current(tables, most.getKey());
    boolean isTheSame = 2 * most.getValue() > group.stats().count();
    Optional<Lifecycle> lifecycle = tables.lifecycleBefore(before);
    boolean isNewer = tables.newestChangeBefore(before) > tables.newestChange(group.number());
    if (isTheSame && isNewer && lifecycle.isPresent()) {
      tables.takeOver(before, group.number(), ChangeKind.OF_ONE_GROUP);
      group.become(lifecycle.get());
      aggregator.cache().put(tables, group);
    } else {
      tables.takeOver(before, group.number(), Set.of(ChangeKind.COMMENT));
    }
  }
}
