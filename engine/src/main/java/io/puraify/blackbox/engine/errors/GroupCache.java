package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The groups and fingerprints of late, which are written when they have changed, at the latest when
 * others take their place. Not safe for several threads.
 */
final class GroupCache {

  /** Of memory, about: some 20,000 groups of few errors, or 800 of the largest. */
  private static final long MOST_BYTES = 24L << 20;

  // All fingerprints that there are, those of them that are not plain, and what has a template.
  private final KnownKeys known = new KnownKeys();
  private final KnownKeys apart = new KnownKeys();
  private final KnownKeys placed = new KnownKeys();

  private final List<NewMember> newMembers = new ArrayList<>();
  private final Map<Member.Key, Member> members = new LinkedHashMap<>(16, 0.75f, true);
  private final Map<Long, Group> groups = new LinkedHashMap<>(16, 0.75f, true);

  // As they were when they were put or last written.
  private long bytes;

  /** A fingerprint that is not in the tables yet. */
  record NewMember(Member member, int algorithm, Learned learned) {}

  /** Forgets what is in memory, and reads what has to be there. */
  void load(ErrorTables tables) {
    members.clear();
    newMembers.clear();
    groups.clear();
    bytes = 0;
    known.clear();
    apart.clear();
    placed.clear();
    tables.forEachMember(this::know);
  }

  private void know(long home, boolean isApart, Learned learned) {
    known.add(home);
    if (isApart) {
      apart.add(home);
    }
    if (learned.template() != null) {
      placed.add(place(learned.template(), learned.context()));
    }
  }

  private static long place(long template, long context) {
    return Long.rotateLeft(template, 32) ^ context;
  }

  /** A fingerprint that no group has had. */
  void add(ErrorTables tables, Member member, int algorithm, Learned learned) {
    newMembers.add(new NewMember(member, algorithm, learned));
    know(member.key().home(), !member.isPlain(), learned);
    put(tables, member);
  }

  /** A fingerprint that is to be counted by itself, or moved, from now on. */
  void separate(ErrorTables tables, Member member, Stats ofGroup) {
    member.separate(ofGroup);
    apart.add(member.key().home());
    put(tables, member);
  }

  /** The group that has a template in a context, the one whose fingerprint came first. */
  Optional<Long> groupOf(ErrorTables tables, long template, long context) {
    if (!placed.contains(place(template, context))) {
      return Optional.empty();
    }
    saveNewMembers(tables);
    return tables.groupOf(template, context);
  }

  List<ErrorTables.Placed> withTemplate(ErrorTables tables, long template) {
    saveNewMembers(tables);
    return tables.withTemplate(template);
  }

  /** Two templates turned out to be one. */
  void renameTemplate(ErrorTables tables, long part, long whole) {
    withTemplate(tables, part).forEach(each -> placed.add(place(whole, each.context())));
    tables.renameTemplate(part, whole);
  }

  /** The fingerprint that has begun a group, where it is its only one. */
  Optional<Member> plain(ErrorTables tables, long group) {
    if (apart.contains(group)) {
      return Optional.empty();
    }
    saveNewMembers(tables);
    return tables.memberAtHome(group).map(stored -> members.getOrDefault(stored.key(), stored));
  }

  /** How many fingerprints a group has. */
  long fingerprints(ErrorTables tables, long group) {
    saveNewMembers(tables);
    return tables.fingerprints(group);
  }

  private void saveNewMembers(ErrorTables tables) {
    tables.addMembers(newMembers);
    newMembers.clear();
  }

  Optional<Member> member(ErrorTables tables, Member.Key key) {
    Member recent = members.get(key);
    if (recent != null) {
      return Optional.of(recent);
    }
    if (!known.contains(key.home())) {
      return Optional.empty();
    }
    Optional<Member> stored =
        apart.contains(key.home())
            ? tables.member(key)
            : Optional.of(new Member(key, key.home(), null));
    stored.ifPresent(member -> put(tables, member));
    return stored;
  }

  /** A group that is there. */
  Group group(ErrorTables tables, long number) {
    Group recent = groups.get(number);
    if (recent != null) {
      return recent;
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
    Group recent = groups.get(number);
    return recent != null ? Optional.of(recent) : tables.group(number);
  }

  void put(ErrorTables tables, Member member) {
    members.put(member.key(), member);
    grow(tables, member.bytes());
  }

  void put(ErrorTables tables, Group group) {
    groups.put(group.number(), group);
    grow(tables, group.bytes());
  }

  private void grow(ErrorTables tables, int more) {
    bytes += more;
    if (bytes > MOST_BYTES) {
      shrink(tables);
    }
  }

  /** All at once: a statement for many is cheaper than many statements. */
  private void shrink(ErrorTables tables) {
    save(tables);
    if (bytes > MOST_BYTES / 2) {
      forgetOldHalf(members.values());
      forgetOldHalf(groups.values());
      count();
    }
  }

  private static void forgetOldHalf(Collection<?> all) {
    int old = all.size() / 2;
    var each = all.iterator();
    for (int i = 0; i < old; i++) {
      each.next();
      each.remove();
    }
  }

  private void count() {
    bytes = 0;
    members.values().forEach(member -> bytes += member.bytes());
    groups.values().forEach(group -> bytes += group.bytes());
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

  /** Writes what has changed, in the order of the tables: neighbours share pages. */
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
    saveNewMembers(tables);
    changedGroups.sort(Comparator.comparingLong(Group::number));
    tables.saveMembers(changedMembers);
    tables.saveGroups(changedGroups);
    changedMembers.forEach(Member::saved);
    changedGroups.forEach(Group::saved);
    count();
  }
}
