package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Recognises the stack traces of the languages in {@link Language}. The time is linear in the
 * length of the text; what lies beyond the limits is not read.
 */
final class StackTraceParser {

  /** A Java stack overflow prints 1,024 frames, and causes follow behind. */
  static final int MAX_LINES = 4_096;

  /** Longer lines are data URLs, minified code or messages, of which the beginning says enough. */
  static final int MAX_LINE_LENGTH = 1_024;

  /** Chains are longer only where an exception was wrapped in a loop. */
  static final int MAX_CHAIN = 16;

  private StackTraceParser() {}

  /** The trace in a text, or nothing where no language's form fits. */
  static Optional<StackTrace> parse(String text) {
    List<String> lines = lines(text);
    if (lines.size() < 2) {
      return Optional.empty();
    }
    for (Language language : Language.values()) {
      List<Thrown> chain = language.form().parse(lines);
      if (chain.stream().anyMatch(thrown -> !thrown.frames().isEmpty())) {
        return Optional.of(
            new StackTrace(language, chain.subList(0, Math.min(MAX_CHAIN, chain.size()))));
      }
    }
    return Optional.empty();
  }

  private static List<String> lines(String text) {
    List<String> lines = new ArrayList<>();
    int start = 0;
    while (start < text.length() && lines.size() < MAX_LINES) {
      int end = text.indexOf('\n', start);
      end = end < 0 ? text.length() : end;
      String line = text.substring(start, Math.min(end, start + MAX_LINE_LENGTH)).stripTrailing();
      if (!line.isEmpty()) {
        lines.add(line);
      }
      start = end + 1;
    }
    return lines;
  }
}
