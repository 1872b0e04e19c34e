package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Attributes;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.json.JsonSyntaxException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A change of the grouping rules, as an event of type {@code issue_change} carries it. */
sealed interface RulesChange {

  /** The name of the change that puts rules to work. */
  String APPLY = "apply_rules";

  /** The name of the change that takes the newest rules back. */
  String UNDO = "undo_rules";

  /** Puts rules to work. */
  record Apply(String document, GroupingRules rules) implements RulesChange {}

  /** Takes the newest rules back, if they still are. */
  record Undo(long version) implements RulesChange {}

  /** The change of an event; none where it is about something else, or cannot be understood. */
  static Optional<RulesChange> of(Event event) {
    String attributes = event.text(Field.ATTRIBUTES);
    try {
      String issue = attributes == null ? null : Attributes.lookup(attributes, "issue");
      return issue == null || !issue.startsWith("{") ? Optional.empty() : read(issue);
    } catch (ProblemException | JsonSyntaxException e) {
      return Optional.empty();
    }
  }

  private static Optional<RulesChange> read(String issue) {
    return switch (orEmpty(Attributes.lookup(issue, "change"))) {
      case APPLY -> {
        String document = orEmpty(Attributes.lookup(issue, "rules"));
        yield Optional.of(new Apply(document, GroupingRulesReader.read(document)));
      }
      case UNDO -> {
        String version = orEmpty(Attributes.lookup(issue, "version"));
        yield version.matches("[0-9]{1,18}")
            ? Optional.of(new Undo(Long.parseLong(version)))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }
}
