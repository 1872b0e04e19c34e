package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.errors.Lifecycle.Handling;
import io.puraify.blackbox.engine.errors.Lifecycle.Until;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Makes the changes that events carry. One that cannot be made, because its group is not there or
 * the change is not understood, has no effect. Not safe for several threads.
 */
final class ChangeApplier {

  private static final String SEPARATOR = "\n";

  private final Aggregator aggregator;

  ChangeApplier(Aggregator aggregator) {
    this.aggregator = aggregator;
  }

  /** Whether it is a change that somebody may wait for. */
  boolean apply(ErrorTables tables, Event event) {
    Change change;
    try {
      change = Change.of(event);
    } catch (ChangeSyntaxException e) {
      return false;
    }
    Handle handle = tables.handle();
    Optional<Group> found = aggregator.cache().findGroup(tables, change.group());
    boolean there =
        found.isPresent()
            && found.get().mergedInto() == null
            && found.get().identity().project().equals(event.projectId());
    if (!there) {
      return true;
    }
    Group group = found.get();
    aggregator.cache().put(tables, group);
    // Those that change fingerprints begin with tables that are up to date.
    aggregator.cache().save(tables);
    String before = lifecycle(group.lifecycle());
    Optional<Made> made = make(handle, tables, change, group, event);
    if (made.isPresent()) {
      String kept = made.get().moved().isEmpty() ? before : String.join(",", made.get().moved());
      record(handle, change, event, made.get().detail(), kept);
    }
    return true;
  }

  /** What a change has done: for people, and the fingerprints that have another group now. */
  private record Made(String detail, List<String> moved) {
    static Optional<Made> of(String detail) {
      return Optional.of(new Made(detail, List.of()));
    }
  }

  private Optional<Made> make(
      Handle handle, ErrorTables tables, Change change, Group group, Event event) {
    return switch (change.kind()) {
      case RESOLVE -> {
        String version =
            change.version().isEmpty() ? group.stats().last().version() : change.version();
        group.become(group.lifecycle().resolved(version));
        yield Made.of(version.isEmpty() ? "" : "in version " + version);
      }
      case ARCHIVE -> {
        long limit = limit(change, group);
        group.become(group.lifecycle().archived(change.until(), limit));
        yield Made.of("until " + change.until().name().toLowerCase(Locale.ROOT));
      }
      case REOPEN -> {
        group.become(group.lifecycle().reopened());
        yield Made.of("");
      }
      case ASSIGN -> {
        group.become(group.lifecycle().assigned(change.assignee()));
        yield Made.of(change.assignee().isEmpty() ? "to nobody" : "to " + change.assignee());
      }
      case COMMENT -> Made.of("");
      case MERGE -> merge(tables, change, group);
      case SPLIT -> split(tables, change.fingerprints(), group, event);
      case UNDO -> undo(handle, tables, change, group, event.position());
    };
  }

  /** N more errors or users than there are now. */
  private static long limit(Change change, Group group) {
    return switch (change.until()) {
      case ESCALATES -> 0;
      case COUNT -> group.stats().count() + change.limit();
      case USERS -> group.stats().users().estimate() + change.limit();
      case TIME -> change.limit();
    };
  }

  private Optional<Made> merge(ErrorTables tables, Change change, Group group) {
    Optional<Group> other = aggregator.cache().findGroup(tables, change.other());
    boolean fits =
        other.isPresent()
            && other.get().number() != group.number()
            && other.get().mergedInto() == null
            && other.get().identity().project().equals(group.identity().project());
    if (!fits) {
      return Optional.empty();
    }
    List<String> moved =
        tables.members(change.other()).stream().map(member -> member.key().hash()).toList();
    aggregator.merge(tables, other.get(), group);
    return Optional.of(new Made("with " + GroupId.text(change.other()), moved));
  }

  /** What leaves is a group as new as its errors, which nobody has done anything to. */
  private Optional<Made> split(
      ErrorTables tables, List<String> fingerprints, Group group, Event event) {
    List<Member> members = tables.members(group.number());
    List<Member> leaving =
        members.stream().filter(member -> fingerprints.contains(member.key().hash())).toList();
    if (leaving.isEmpty() || leaving.size() == members.size()) {
      return Optional.empty();
    }
    Fingerprint named =
        Fingerprint.of(FingerprintRule.SENDER, List.of("split", Long.toString(event.position())));
    long number = GroupId.of(group.identity().project(), named);
    Lifecycle now = Lifecycle.created(event.receivedAtMicros());
    Group fresh = new Group(group.identity().numbered(number), new Stats(), now);
    move(tables, leaving, fresh);
    recount(tables, group);
    recount(tables, fresh);
    long first = fresh.stats().first().micros();
    fresh.become(Lifecycle.created(Math.min(first, now.createdMicros())));
    return Optional.of(
        new Made(
            "off as " + GroupId.text(number),
            leaving.stream().map(member -> member.key().hash()).toList()));
  }

  private void move(ErrorTables tables, List<Member> members, Group into) {
    members.forEach(member -> member.move(into.number()));
    tables.saveMembers(members);
    aggregator.cache().forgetMembers();
    aggregator.cache().put(tables, into);
  }

  private void recount(ErrorTables tables, Group group) {
    Stats all = new Stats();
    for (Member member : tables.members(group.number())) {
      // All of them have some, since they had a group with others.
      all.addAll(Objects.requireNonNull(member.stats()));
    }
    group.count(all);
    aggregator.cache().put(tables, group);
  }

  private record Undone(ChangeKind kind, String detail, String before) {}

  /** Only the latest change that is not undone: what came after it would be undone as well. */
  private Optional<Made> undo(
      Handle handle, ErrorTables tables, Change change, Group group, long position) {
    Optional<Undone> latest =
        handle
            .select(
                "SELECT kind, detail, before FROM error_changes WHERE position = ? AND position ="
                    + " (SELECT MAX(position) FROM error_changes WHERE group_number = ? AND"
                    + " undone_by IS NULL AND kind <> ?)",
                change.undone(),
                group.number(),
                ChangeKind.UNDO.name())
            .map((row, context) ->
                new Undone(
                    ChangeKind.valueOf(row.getString(1)), row.getString(2), row.getString(3)))
            .findOne();
    if (latest.isEmpty()) {
      return Optional.empty();
    }
    Undone undone = latest.get();
    switch (undone.kind) {
      case MERGE -> moveBack(tables, undone, group, false);
      case SPLIT -> moveBack(tables, undone, group, true);
      case RESOLVE, ARCHIVE, REOPEN, ASSIGN -> group.become(lifecycle(undone.before));
      case COMMENT, UNDO -> {}
    }
    handle.execute(
        "UPDATE error_changes SET undone_by = ? WHERE position = ?", position, change.undone());
    return Made.of(undone.kind.jsonName());
  }

  private void moveBack(ErrorTables tables, Undone undone, Group group, boolean split) {
    long number = GroupId.parse(undone.detail.substring(undone.detail.length() - 16)).orElseThrow();
    Group other = aggregator.cache().group(tables, number);
    List<String> hashes = List.of(undone.before.split(",", -1));
    Group into = split ? group : other;
    List<Member> moving =
        tables.members(split ? number : group.number()).stream()
            .filter(member -> hashes.contains(member.key().hash()))
            .toList();
    move(tables, moving, into);
    other.mergeInto(split ? group.number() : null);
    recount(tables, group);
    recount(tables, other);
  }

  private static void record(
      Handle handle, Change change, Event event, String detail, String before) {
    handle.execute(
        "INSERT INTO error_changes (position, group_number, project, kind, actor, at, comment,"
            + " detail, before) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        event.position(),
        change.group(),
        event.projectId(),
        change.kind().name(),
        Objects.requireNonNullElse(event.text(Field.USER_ID), ""),
        event.receivedAtMicros(),
        Objects.requireNonNullElse(event.text(Field.MESSAGE), ""),
        detail,
        before);
  }

  private static String lifecycle(Lifecycle life) {
    return String.join(
        SEPARATOR,
        life.handling().name(),
        Long.toString(life.createdMicros()),
        Long.toString(life.escalatedMicros()),
        Long.toString(life.regressedMicros()),
        life.resolvedVersion().replace(SEPARATOR, " "),
        life.until().name(),
        Long.toString(life.limit()),
        life.assignee().replace(SEPARATOR, " "));
  }

  private static Lifecycle lifecycle(String text) {
    List<String> parts = List.of(text.split(SEPARATOR, -1));
    return new Lifecycle(
        Handling.valueOf(parts.get(0)),
        Long.parseLong(parts.get(1)),
        Long.parseLong(parts.get(2)),
        Long.parseLong(parts.get(3)),
        parts.get(4),
        Until.valueOf(parts.get(5)),
        Long.parseLong(parts.get(6)),
        parts.get(7));
  }
}
