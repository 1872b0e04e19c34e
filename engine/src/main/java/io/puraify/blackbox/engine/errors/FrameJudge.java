package io.puraify.blackbox.engine.errors;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Decides which frames of an exception count: own frames, and where there is none those of
 * libraries; no generated ones, and no call that only repeats.
 *
 * <p>Stateless apart from its configuration: safe for many threads.
 */
final class FrameJudge {

  /** More own frames than requests go through in most programs. */
  static final int MAX_OWN = 32;

  /** Further out, what is below a library is whoever called it. */
  static final int MAX_LIBRARY = 8;

  /** Recursion through more functions than that is left as it is. */
  private static final int LONGEST_CYCLE = 8;

  private static final Pattern OVERFLOW =
      Pattern.compile("StackOverflow(?:Error|Exception)$|RecursionError$|stack overflow$");

  private static final String V8_OVERFLOW = "Maximum call stack size exceeded";

  private final FrameRules rules;

  FrameJudge(FrameRules rules) {
    this.rules = rules;
  }

  JudgedException judge(Language language, Thrown thrown) {
    FrameNames names = language.names();
    List<String> stable = thrown.frames().stream().map(names::stable).toList();
    List<FrameUse> uses = new ArrayList<>();
    for (int i = 0; i < stable.size(); i++) {
      uses.add(kind(names, thrown.frames().get(i), stable.get(i)));
    }
    FrameUse counting = uses.contains(FrameUse.OWN) ? FrameUse.OWN : FrameUse.LIBRARY_ALONE;
    uses.replaceAll(use -> use == FrameUse.LIBRARY && counting != FrameUse.OWN ? counting : use);
    dropRecursion(stable, uses);
    boolean overflow = overflowed(thrown);
    if (overflow) {
      keepCycle(stable, uses);
    }
    limit(uses, counting == FrameUse.OWN ? MAX_OWN : MAX_LIBRARY);
    List<JudgedFrame> frames = new ArrayList<>();
    for (int i = 0; i < stable.size(); i++) {
      FrameUse use = uses.get(i);
      String pattern = pattern(stable.get(i), use).orElse(null);
      frames.add(new JudgedFrame(thrown.frames().get(i), stable.get(i), use, pattern));
    }
    return new JudgedException(thrown.type(), thrown.message(), frames, overflow);
  }

  private FrameUse kind(FrameNames names, Frame frame, String stable) {
    if (rules.ignored().find(stable).isPresent()) {
      return FrameUse.IGNORED;
    }
    if (names.generated(frame)) {
      return FrameUse.GENERATED;
    }
    boolean own = rules.own().find(stable).isPresent() || !names.library(frame);
    return own ? FrameUse.OWN : FrameUse.LIBRARY;
  }

  private Optional<String> pattern(String stable, FrameUse use) {
    return switch (use) {
      case IGNORED -> rules.ignored().find(stable);
      case OWN -> rules.own().find(stable);
      case LIBRARY_ALONE, LIBRARY, GENERATED, RECURSION, TOO_DEEP -> Optional.empty();
    };
  }

  /** Of calls that repeat one after the other, the first round counts. */
  private static void dropRecursion(List<String> stable, List<FrameUse> uses) {
    List<Integer> kept = new ArrayList<>();
    for (int i = 0; i < stable.size(); i++) {
      if (!uses.get(i).counts()) {
        continue;
      }
      kept.add(i);
      int length = cycle(stable, kept);
      for (int n = 0; n < length; n++) {
        uses.set(kept.removeLast(), FrameUse.RECURSION);
      }
    }
  }

  /** How many calls at the end are the same as those before them; 0 for none. */
  private static int cycle(List<String> stable, List<Integer> kept) {
    int size = kept.size();
    for (int length = 1; length <= LONGEST_CYCLE && 2 * length <= size; length++) {
      boolean same = true;
      for (int i = size - length; same && i < size; i++) {
        same = stable.get(kept.get(i)).equals(stable.get(kept.get(i - length)));
      }
      if (same) {
        return length;
      }
    }
    return 0;
  }

  private static boolean overflowed(Thrown thrown) {
    return OVERFLOW.matcher(thrown.type()).find() || thrown.message().startsWith(V8_OVERFLOW);
  }

  /**
   * Where a stack has overflowed, the cycle may have been left at any of its calls: those that
   * repeat count, each once.
   */
  private static void keepCycle(List<String> stable, List<FrameUse> uses) {
    Set<String> repeated = new TreeSet<>();
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i) == FrameUse.RECURSION) {
        repeated.add(stable.get(i));
      }
    }
    if (repeated.isEmpty()) {
      return;
    }
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).counts() && !repeated.remove(stable.get(i))) {
        uses.set(i, FrameUse.TOO_DEEP);
      }
    }
  }

  private static void limit(List<FrameUse> uses, int most) {
    int counted = 0;
    for (int i = 0; i < uses.size(); i++) {
      if (uses.get(i).counts() && ++counted > most) {
        uses.set(i, FrameUse.TOO_DEEP);
      }
    }
  }
}
