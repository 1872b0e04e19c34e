package io.puraify.blackbox.engine.performance;

/**
 * What is looked at from minute to minute: so many of so many. Of calls each either counts or not
 * (binomial); retries and load are numbers of things in some exposure (Poisson).
 */
enum Signal {
  /** Calls that take longer than the baseline's p95. */
  SLOW(SpikeKind.LATENCY, true, 1.5, 0.03, 1),
  /** Calls that take longer than twice that: few of them are usual, so few more are seen. */
  VERY_SLOW(SpikeKind.LATENCY, true, 2, 0.01, 1),
  ERRORS(SpikeKind.ERRORS, true, 2, 0.02, 1),
  TIMEOUTS(SpikeKind.TIMEOUTS, true, 2, 0.02, 1),
  /** One call has several of them, so they vary more than single things do. */
  RETRIES(SpikeKind.RETRIES, false, 2, 0.05, 3),
  LOAD(SpikeKind.LOAD, false, 2, 1, 1);

  private final SpikeKind kind;
  private final boolean binomial;
  private final double factor;
  private final double atLeast;
  private final double leastDispersion;

  Signal(SpikeKind kind, boolean binomial, double factor, double atLeast, double leastDispersion) {
    this.kind = kind;
    this.binomial = binomial;
    this.factor = factor;
    this.atLeast = atLeast;
    this.leastDispersion = leastDispersion;
  }

  SpikeKind kind() {
    return kind;
  }

  /** Whether each thing of the exposure either counts or not. */
  boolean isBinomial() {
    return binomial;
  }

  /** How much more than single things of chance it varies at least. */
  double leastDispersion() {
    return leastDispersion;
  }

  /** The least rate that is worth a report, where another is ordinary. */
  double raised(double ordinary) {
    double raised = Math.max(factor * ordinary, ordinary + atLeast);
    return binomial ? Math.min(raised, (1 + ordinary) / 2) : raised;
  }

  /** How many there are in a rollup. */
  double count(Rollup rollup, double slowMillis) {
    return switch (this) {
      case SLOW -> (double) rollup.durations().above(slowMillis);
      case VERY_SLOW -> (double) rollup.durations().above(2 * slowMillis);
      case ERRORS -> (double) rollup.errors();
      case TIMEOUTS -> (double) rollup.timeouts();
      case RETRIES -> (double) rollup.retries();
      case LOAD -> (double) rollup.calls();
    };
  }

  /** Of how many. */
  double exposure(Rollup rollup, long minutes) {
    return switch (this) {
      case SLOW, VERY_SLOW -> (double) rollup.timed();
      case ERRORS, TIMEOUTS, RETRIES -> (double) rollup.calls();
      case LOAD -> (double) minutes;
    };
  }
}
