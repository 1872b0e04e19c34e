package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Decides which group an error belongs to. The same facts, templates and configuration have the
 * same fingerprint, always.
 *
 * <p>As safe for many threads as the templates it is given.
 */
final class Fingerprinter {

  /** In a sender's fingerprint: what it would be otherwise. Sentry's SDKs write it so. */
  static final String DEFAULT = "{{ default }}";

  private final MessageTemplates templates;
  private final GroupingRules rules;
  private final FrameJudge judge;

  Fingerprinter(MessageTemplates templates, GroupingRules rules) {
    this.templates = templates;
    this.rules = rules;
    this.judge = new FrameJudge(rules.frames());
  }

  /**
   * The fingerprint of an error.
   *
   * @param event the same error; asked for only where a filter has to be tried on it
   */
  Grouping group(ErrorFacts facts, Supplier<Event> event) {
    Grouping otherwise = withoutSender(facts, event);
    if (facts.fingerprint().isBlank()) {
      return otherwise;
    }
    List<String> parts =
        SenderFingerprint.parts(facts.fingerprint()).stream()
            .map(part -> isDefault(part) ? DEFAULT + otherwise.fingerprint().hash() : part)
            .toList();
    boolean nothingElse = parts.stream().allMatch(part -> part.startsWith(DEFAULT));
    return nothingElse
        ? otherwise
        : instead(FingerprintRule.SENDER, parts, otherwise, otherwise.configured());
  }

  private Grouping withoutSender(ErrorFacts facts, Supplier<Event> event) {
    Grouping otherwise = byContent(facts);
    if (rules.fingerprints().isEmpty()) {
      return otherwise;
    }
    Event error = event.get();
    return rules
        .find(error)
        .map(rule ->
            instead(
                FingerprintRule.CONFIGURED,
                rule.parts(error, otherwise.fingerprint().hash()),
                otherwise,
                rule.name()))
        .orElse(otherwise);
  }

  private static Grouping instead(
      FingerprintRule rule, List<String> parts, Grouping otherwise, @Nullable String configured) {
    return new Grouping(
        Fingerprint.of(rule, parts),
        parts,
        otherwise.language(),
        otherwise.exceptions(),
        configured);
  }

  private static boolean isDefault(String part) {
    return part.replace(" ", "").equals("{{default}}");
  }

  private Grouping byContent(ErrorFacts facts) {
    Optional<StackTrace> trace = trace(facts);
    if (trace.isPresent()) {
      Language language = trace.get().language();
      List<JudgedException> exceptions =
          trace.get().chain().stream().map(thrown -> judge.judge(language, thrown)).toList();
      List<String> parts = parts(exceptions, facts.errorType());
      return new Grouping(
          Fingerprint.of(FingerprintRule.STACK_TRACE, parts), parts, language, exceptions, null);
    }
    String template = templates.of(facts.message());
    boolean typed = !facts.errorType().isEmpty();
    FingerprintRule rule = typed ? FingerprintRule.ERROR_TYPE : FingerprintRule.TEMPLATE;
    List<String> parts =
        typed
            ? List.of(facts.errorType(), template, facts.platform(), facts.action())
            : List.of(template);
    return new Grouping(Fingerprint.of(rule, parts), parts, null, List.of(), null);
  }

  /** A trace that is cut before its header has the error's type for its own. */
  private static List<String> parts(List<JudgedException> exceptions, String errorType) {
    List<String> parts = new ArrayList<>();
    for (JudgedException thrown : exceptions) {
      parts.addAll(thrown.parts());
    }
    if (exceptions.getFirst().type().isEmpty()) {
      parts.addFirst(errorType);
    }
    return parts;
  }

  /** Loggers that have no place for a trace put it behind the message. */
  private static Optional<StackTrace> trace(ErrorFacts facts) {
    return StackTraceParser.parse(facts.stackTrace())
        .or(() -> StackTraceParser.parse(facts.message()));
  }
}
