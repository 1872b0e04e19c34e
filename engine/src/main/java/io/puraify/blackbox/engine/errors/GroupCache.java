package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups and fingerprints of late, which are written when they have changed, at the latest when
 * others take their place. Not safe for several threads.
 */
final class GroupCache {

  /** At up to 30 KB each, and as much for the fingerprint: 120 MB when all are large. */
  static final int MOST = 2_000;

  private final Map<Member.Key, Member> members = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  void clear() {
    members.clear();
    groups.clear();
  }

  Optional<Member> member(ErrorTables tables, Member.Key key) {
    Member known = members.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<Member> stored = tables.member(key);
    stored.ifPresent(member -> put(tables, member));
    return stored;
  }

  /** A group that is there. */
  Group group(ErrorTables tables, long number) {
    Group known = groups.get(number);
    if (known != null) {
      return known;
    }
    Group stored =
        tables
            .group(number)
            .orElseThrow(
                () -> new IllegalStateException("there is no group " + GroupId.text(number)));
    put(tables, stored);
    return stored;
  }

  Optional<Group> findGroup(ErrorTables tables, long number) {
    Group known = groups.get(number);
    return known != null ? Optional.of(known) : tables.group(number);
  }

  void put(ErrorTables tables, Member member) {
    members.put(member.key(), member);
    if (members.size() > MOST) {
      shrink(tables);
    }
  }

  void put(ErrorTables tables, Group group) {
    groups.put(group.number(), group);
    if (groups.size() > MOST) {
      shrink(tables);
    }
  }

  /** All at once: a statement for many is cheaper than many statements. */
  private void shrink(ErrorTables tables) {
    save(tables);
    keepNewest(members.values());
    keepNewest(groups.values());
  }

  private static void keepNewest(Collection<?> all) {
    int old = all.size() - MOST / 2;
    var each = all.iterator();
    for (int i = 0; i < old; i++) {
      each.next();
      each.remove();
    }
  }

  /** The fingerprints of a group have another one now. */
  void moved(long group, long into) {
    members
        .values()
        .forEach(member -> {
          if (member.group() == group) {
            member.move(into);
          }
        });
  }

  /** Forgets fingerprints that others have changed in the tables. */
  void forgetMembers() {
    members.clear();
  }

  void save(ErrorTables tables) {
    List<Member> changedMembers = new ArrayList<>();
    members
        .values()
        .forEach(member -> {
          if (member.changed()) {
            changedMembers.add(member);
          }
        });
    List<Group> changedGroups = new ArrayList<>();
    groups
        .values()
        .forEach(group -> {
          if (group.changed()) {
            changedGroups.add(group);
          }
        });
    tables.saveMembers(changedMembers);
    tables.saveGroups(changedGroups);
    changedMembers.forEach(Member::saved);
    changedGroups.forEach(Group::saved);
  }
}
