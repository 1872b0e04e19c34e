package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An exception of a chain with its frames judged, the innermost first.
 *
 * @param overflow whether the stack overflowed, so that the cycle of calls may have been left at
 *     any of them and their order says nothing
 */
public record JudgedException(
    String type, String message, List<JudgedFrame> frames, boolean overflow) {

  public JudgedException {
    frames = List.copyOf(frames);
  }

  /** What goes into the fingerprint. */
  List<String> parts() {
    List<String> parts = new ArrayList<>();
    parts.add("exception " + type);
    Stream<String> counted =
        frames.stream().filter(frame -> frame.use().counts()).map(JudgedFrame::stable);
    (overflow ? counted.sorted() : counted).forEach(parts::add);
    return parts;
  }

  /** Where it happened: the innermost frame that counts. */
  Optional<JudgedFrame> culprit() {
    return frames.stream().filter(frame -> frame.use().counts()).findFirst();
  }
}
