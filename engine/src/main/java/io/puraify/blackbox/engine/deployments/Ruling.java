package io.puraify.blackbox.engine.deployments;

import java.util.Locale;

/** What is thought of a change as the cause of an error, and why; the worst for it first. */
public enum Ruling {
  /** The error came with it, where it applies, and nowhere else. */
  LIKELY,
  /** It fits, but came long before, or explains a part only. */
  POSSIBLE,
  /** There were too few calls before it to know that the error was rarer. */
  THIN_BASELINE,
  /** What it does not reach fails more often as well. */
  CONTROLS_ROSE,
  /** Where it applies, the error is not more frequent than before it. */
  NOT_RISEN,
  /** Most of the failures are where it does not apply. */
  OUT_OF_REACH,
  /** The error was there before it. */
  AFTER_ONSET;

  /** The name in answers, such as {@code thin_baseline}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
