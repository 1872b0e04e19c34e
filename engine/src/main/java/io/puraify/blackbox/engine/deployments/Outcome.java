package io.puraify.blackbox.engine.deployments;

import java.util.List;
import java.util.Locale;

/**
 * What became of a change, in short.
 *
 * @param fault whether it is to blame for errors
 * @param rollback whether its version had run before, and comes back
 * @param rolledBack whether the one that followed is a rollback
 */
public record Outcome(Fault fault, boolean rollback, boolean rolledBack) {

  /** What is thought of a change, for the error that speaks most against it. */
  public enum Fault {
    /** It is faulty: likely to blame for some error. */
    LIKELY,
    /** Possibly to blame for some error, and likely for none. */
    POSSIBLE,
    /** Of some error it cannot be said, for there were too few calls before. */
    THIN_BASELINE,
    /** No error is to be laid to it. */
    NONE;

    /** The name in answers, such as {@code thin_baseline}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }

    static Fault of(List<Ruling> rulings) {
      return switch (rulings.stream().min(Ruling::compareTo).orElse(Ruling.AFTER_ONSET)) {
        case LIKELY -> LIKELY;
        case POSSIBLE -> POSSIBLE;
        case THIN_BASELINE -> THIN_BASELINE;
        case CONTROLS_ROSE, NOT_RISEN, OUT_OF_REACH, AFTER_ONSET -> NONE;
      };
    }
  }
}
