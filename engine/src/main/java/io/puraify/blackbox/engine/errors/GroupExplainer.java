package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.errors.GroupExplanation.Membership;
import io.puraify.blackbox.engine.errors.GroupExplanation.Message;
import io.puraify.blackbox.engine.errors.GroupExplanation.Reason;
import io.puraify.blackbox.engine.errors.GroupExplanation.Value;
import io.puraify.blackbox.engine.templates.Explanation;
import io.puraify.blackbox.engine.templates.Masked;
import io.puraify.blackbox.engine.templates.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Says why an event is in its group, from what is stored at one moment: the rules in force, what
 * was learned of messages, and what has become of fingerprints. For one thread and one transaction.
 */
final class GroupExplainer {

  private final ErrorTables tables;
  private final MessageTemplates plain = MessageTemplates.byRules();
  private final RulesVersion rules;

  GroupExplainer(ErrorTables tables) {
    this.tables = tables;
    this.rules = tables.rules();
  }

  /** The group of an event; nothing where it is no error, or in none that is its own. */
  Optional<Group> group(Event event) {
    if (!ErrorEvents.FILTER.test(event)) {
      return Optional.empty();
    }
    Grouping grouping =
        new Fingerprinter(plain, rules.read()).group(ErrorFacts.of(event), () -> event);
    return tables
        .member(Member.Key.of(event.projectId(), grouping.fingerprint()))
        .flatMap(member -> tables.group(member.group()));
  }

  /**
   * Explains an event.
   *
   * @throws ProblemException of status 404 where the event is not in the group
   */
  GroupExplanation explain(Group group, Event event) {
    String project = group.identity().project();
    if (!ErrorEvents.FILTER.test(event) || !event.projectId().equals(project)) {
      throw notInGroup(group, "it is no error of project " + project);
    }
    ErrorFacts facts = ErrorFacts.of(event);
    Grouping grouping = new Fingerprinter(plain, rules.read()).group(facts, () -> event);
    Fingerprint fingerprint = grouping.fingerprint();
    Membership membership = membership(group, Member.Key.of(project, fingerprint));
    boolean byContent = isByContent(grouping);
    return new GroupExplanation(
        GroupId.text(group.number()),
        event.eventId(),
        fingerprint.rule(),
        grouping.configured(),
        rules.version(),
        fingerprint.hash(),
        fingerprint.version(),
        grouping.parts(),
        membership,
        byContent && grouping.language() != null
            ? grouping.language().name().toLowerCase(Locale.ROOT)
            : null,
        byContent ? grouping.exceptions() : List.of(),
        byContent && grouping.exceptions().isEmpty() ? message(facts.message()) : null);
  }

  /** Whether the exceptions or the message had a part in it. */
  private static boolean isByContent(Grouping grouping) {
    return switch (grouping.fingerprint().rule()) {
      case STACK_TRACE, ERROR_TYPE, TEMPLATE -> true;
      case SENDER, CONFIGURED ->
          grouping.parts().stream().anyMatch(part -> part.contains(Fingerprinter.DEFAULT));
      case OVERFLOW -> false;
    };
  }

  private Membership membership(Group group, Member.Key key) {
    Optional<Member> member = tables.member(key);
    if (member.isEmpty()) {
      return overflow(group, key);
    }
    if (member.get().group() != group.number()) {
      throw notInGroup(group, "it is in group " + GroupId.text(member.get().group()));
    }
    Optional<ChangeRecord> moved = tables.lastMove(key);
    if (moved.isPresent()) {
      Reason reason = moved.get().kind() == ChangeKind.MERGE ? Reason.MERGED : Reason.SPLIT;
      return new Membership(reason, moved.get().id());
    }
    boolean began = key.home() == group.number();
    return new Membership(began ? Reason.BEGAN : Reason.WORDS, null);
  }

  /** A fingerprint that was counted with others, in its group or in its project. */
  private Membership overflow(Group group, Member.Key key) {
    Fingerprint ofGroup =
        Fingerprint.of(FingerprintRule.OVERFLOW, List.of(GroupId.text(group.number())));
    boolean full =
        group.identity().rule().equals(FingerprintRule.OVERFLOW.jsonName())
            || tables.member(Member.Key.of(key.project(), ofGroup)).isPresent();
    if (!full) {
      throw notInGroup(group, "no group has its fingerprint " + key.hash());
    }
    return new Membership(Reason.OVERFLOW, null);
  }

  private static ProblemException notInGroup(Group group, String why) {
    return new ProblemException(
        new Problem(
            404,
            "not-in-group",
            "The event is not in the group",
            "It was not counted in group %s: %s".formatted(GroupId.text(group.number()), why)));
  }

  private Message message(String message) {
    MessageLearner learner = new MessageLearner(plain);
    learner.load(tables.handle());
    Explanation learned = learner.explain(message);
    List<Value> values = new ArrayList<>();
    for (Masked masked : learned.masked()) {
      Rule rule = masked.rule();
      values.add(
          new Value(
              rule.name().toLowerCase(Locale.ROOT),
              rule.placeholder(),
              message.substring(masked.from(), masked.to()),
              masked.from(),
              masked.to()));
    }
    return new Message(plain.of(message), learned.template(), values);
  }
}
