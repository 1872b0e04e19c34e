package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.engine.errors.Lifecycle.Until;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One change to a group, as an event of type {@code issue_change} carries it in its attribute
 * {@code issue}. What a kind does not need is empty.
 *
 * @param version that a group is resolved in
 * @param until when an archived group comes back, with its limit
 * @param other the group to merge into this one
 * @param fingerprints to split off
 * @param undone the position of the change to undo
 */
record Change(
    long group,
    ChangeKind kind,
    String version,
    Until until,
    long limit,
    String assignee,
    long other,
    List<String> fingerprints,
    long undone) {

  private static final String MEMBER = "issue.";

  Change {
    fingerprints = List.copyOf(new TreeSet<>(fingerprints));
  }

  /**
   * Reads the change of an event.
   *
   * @throws ChangeSyntaxException naming the member that is wrong
   */
  static Change of(Event event) {
    String attributes = event.text(Field.ATTRIBUTES);
    return parse(name -> attributes == null ? null : Attributes.lookup(attributes, MEMBER + name));
  }

  /**
   * Reads a change.
   *
   * @param members the value of a member, {@code null} for none
   */
  static Change parse(Function<String, @Nullable String> members) {
    Reader read = new Reader(members);
    ChangeKind kind = read.kind();
    String version = read.text("version");
    Until until = Until.ESCALATES;
    long limit = 0;
    if (kind == ChangeKind.ARCHIVE) {
      String given = read.text("until");
      until = given.isEmpty() ? Until.ESCALATES : read.until(given);
      limit = until == Until.ESCALATES ? 0 : read.number("limit");
    }
    String assignee = read.text("assignee");
    long other = kind == ChangeKind.MERGE ? read.group("other") : 0;
    List<String> fingerprints =
        kind == ChangeKind.SPLIT ? List.of(read.required("fingerprints").split(",")) : List.of();
    long undone = kind == ChangeKind.UNDO ? read.number("change_id") : 0;
    return new Change(
        read.group("group_id"), kind, version, until, limit, assignee, other, fingerprints, undone);
  }

  private record Reader(Function<String, @Nullable String> members) {

    String text(String name) {
      String value = members.apply(name);
      return value == null ? "" : value;
    }

    String required(String name) {
      String value = text(name);
      if (value.isEmpty()) {
        throw new ChangeSyntaxException(name, "it is missing");
      }
      return value;
    }

    ChangeKind kind() {
      String name = required("change");
      for (ChangeKind kind : ChangeKind.values()) {
        if (kind.jsonName().equals(name)) {
          return kind;
        }
      }
      throw new ChangeSyntaxException("change", "there is no change called '" + name + "'");
    }

    Until until(String name) {
      for (Until until : Until.values()) {
        if (until.name().toLowerCase(Locale.ROOT).equals(name)) {
          return until;
        }
      }
      throw new ChangeSyntaxException("until", "it is escalates, count, users or time");
    }

    long number(String name) {
      String value = required(name);
      if (!value.matches("\\d{1,18}")) {
        throw new ChangeSyntaxException(name, "'" + value + "' is not a whole number");
      }
      return Long.parseLong(value);
    }

    long group(String name) {
      String value = required(name);
      OptionalLong number = GroupId.parse(value);
      return number.orElseThrow(
          () -> new ChangeSyntaxException(name, "'" + value + "' is not the id of a group"));
    }
  }
}
