package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An event's fingerprint with how it came about: the answer of {@code explain}.
 *
 * @param parts what went into the fingerprint, in order
 * @param language of the stack trace, or {@code null} where there is none that was understood
 * @param exceptions the exceptions of the trace, the one that was reported first
 * @param configured the grouping rule of the configuration that was applied, or {@code null}
 */
record Grouping(
    Fingerprint fingerprint,
    List<String> parts,
    @Nullable Language language,
    List<JudgedException> exceptions,
    @Nullable String configured) {

  Grouping {
    parts = List.copyOf(parts);
    exceptions = List.copyOf(exceptions);
  }

  /**
   * Where it happened, as far as the trace says it: the frame of the innermost cause that has own
   * code, else the innermost of all.
   */
  Optional<JudgedFrame> culprit() {
    List<JudgedFrame> frames =
        exceptions.reversed().stream().flatMap(thrown -> thrown.culprit().stream()).toList();
    return frames.stream()
        .filter(frame -> frame.use() == FrameUse.OWN)
        .findFirst()
        .or(() -> frames.stream().findFirst());
  }
}
