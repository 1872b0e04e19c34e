package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.Baseline.Normal;

/**
 * Gathers evidence that the rate of one signal is raised and not ordinary, minute by minute, until
 * there is enough: a CUSUM of log-likelihood ratios (Page, Continuous Inspection Schemes, 1954). A
 * large change shows in a minute, a small one in as many as it takes. Its threshold bounds how
 * often chance alone is reported: once in e^threshold minutes at most. Not for several threads.
 */
final class SignalWatch {

  /** So much evidence that it is ordinary again ends it: one in e^5 is mistaken. */
  private static final double ENOUGH_TO_END = 5;

  /** Without calls for so many minutes there is no spike either. */
  private static final double EMPTY_MINUTES = 15;

  private double evidence;
  private long since;
  private boolean raised;

  /** What a minute has changed. */
  enum Change {
    NONE,
    BEGINS,
    ENDS
  }

  /** Goes on with what was raised when it was stored. */
  void resume(long start) {
    raised = true;
    evidence = 0;
    since = start;
  }

  boolean isRaised() {
    return raised;
  }

  /** The minute in which what is going on has begun, or in which it ended. */
  long since() {
    return since;
  }

  /**
   * Looks at a minute.
   *
   * @param minute after the one before
   * @param threshold how much evidence is enough
   */
  Change look(
      Signal signal, Normal normal, long minute, double count, double exposure, double threshold) {
    double ratio = logRatio(signal, normal, count, exposure);
    double more = raised ? -ratio : ratio;
    if (raised && exposure == 0) {
      more = ENOUGH_TO_END / EMPTY_MINUTES;
    }
    if (evidence <= 0) {
      since = minute;
    }
    evidence = Math.max(0, evidence + more);
    if (evidence < (raised ? ENOUGH_TO_END : threshold)) {
      return Change.NONE;
    }
    raised = !raised;
    evidence = 0;
    return raised ? Change.BEGINS : Change.ENDS;
  }

  private static double logRatio(Signal signal, Normal normal, double count, double exposure) {
    double ordinary = normal.ordinary();
    double raised = normal.raised();
    double ratio =
        signal.isBinomial()
            ? count * Math.log(raised / ordinary)
                + (exposure - count) * Math.log((1 - raised) / (1 - ordinary))
            : count * Math.log(raised / ordinary) - exposure * (raised - ordinary);
    return ratio / normal.dispersion();
  }
}
