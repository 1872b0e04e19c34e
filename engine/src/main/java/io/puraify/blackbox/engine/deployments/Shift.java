package io.puraify.blackbox.engine.deployments;

import java.util.Optional;

/**
 * The stretch of time in which an error is more frequent than otherwise.
 *
 * @param from its first bucket
 * @param to the bucket behind its last
 * @param onsetMicros when it began
 * @param exact whether that is the first time that the error is seen; else it is the begin of a
 *     bucket
 * @param rates outside, and inside the stretch
 */
record Shift(int from, int to, long onsetMicros, boolean exact, Rates rates) {

  /** How likely it may be that some stretch looks like this by chance. */
  private static final double CHANCE = 0.01;

  /**
   * Finds it by scanning all stretches for the one in which the rate differs most from that of the
   * time outside. After M. Kulldorff, "A spatial scan statistic", Communications in Statistics 26,
   * 1997, in one dimension. Nothing where that could be chance.
   */
  static Optional<Shift> find(Observation observed) {
    Traffic total = observed.total();
    long[] calls = sums(total.calls());
    long[] failures = sums(total.failures());
    int buckets = observed.buckets();
    double best = 0;
    int from = 0;
    int to = 0;
    for (int i = 0; i < buckets; i++) {
      for (int j = i + 1; j <= buckets; j++) {
        double gain = gain(calls, failures, i, j);
        if (gain > best) {
          best = gain;
          from = i;
          to = j;
        }
      }
    }
    if (best == 0) {
      return Optional.empty();
    }
    // Where there are no calls, nothing is different yet.
    while (calls[from + 1] == calls[from]) {
      from++;
    }
    Rates rates = inside(calls, failures, from, to);
    // So many stretches were looked at that one of them looks odd by chance.
    double looks = buckets * (buckets + 1) / 2.0;
    return rates.pValue() * looks < CHANCE
        ? Optional.of(at(observed, failures, from, to, rates))
        : Optional.empty();
  }

  /**
   * All from the first failure on, whether or not that is more than chance; nothing without one.
   */
  static Optional<Shift> fromFirstFailure(Observation observed) {
    long[] failures = sums(observed.total().failures());
    for (int i = 0; i < observed.buckets(); i++) {
      if (failures[i + 1] > 0) {
        int to = observed.buckets();
        return Optional.of(
            at(observed, failures, i, to, inside(sums(observed.total().calls()), failures, i, to)));
      }
    }
    return Optional.empty();
  }

  private static Shift at(Observation observed, long[] failures, int from, int to, Rates rates) {
    boolean isNew = failures[from] == 0;
    long first = Long.MAX_VALUE;
    for (int i = from; i < to && first == Long.MAX_VALUE; i++) {
      first = observed.firstFailures()[i];
    }
    boolean exact = isNew && first != Long.MAX_VALUE;
    return new Shift(from, to, exact ? first : observed.start(from), exact, rates);
  }

  private static long[] sums(long[] counts) {
    long[] sums = new long[counts.length + 1];
    for (int i = 0; i < counts.length; i++) {
      sums[i + 1] = sums[i] + counts[i];
    }
    return sums;
  }

  private static Rates inside(long[] calls, long[] failures, int from, int to) {
    int all = calls.length - 1;
    long callsInside = calls[to] - calls[from];
    long failuresInside = failures[to] - failures[from];
    return new Rates(
        failures[all] - failuresInside, calls[all] - callsInside, failuresInside, callsInside);
  }

  /** The logarithm of how much better two rates explain what was seen than one rate does. */
  private static double gain(long[] calls, long[] failures, int from, int to) {
    Rates rates = inside(calls, failures, from, to);
    if (rates.callsBefore() == 0 || rates.callsAfter() == 0 || rates.after() <= rates.before()) {
      return 0;
    }
    double all = rates.failuresBefore() + rates.failuresAfter();
    double rate = all / (rates.callsBefore() + rates.callsAfter());
    return logLikelihood((double) rates.failuresBefore(), rates.before())
        + logLikelihood((double) rates.failuresAfter(), rates.after())
        - logLikelihood(all, rate);
  }

  /** Without what both explanations have in common. */
  private static double logLikelihood(double failures, double rate) {
    return failures == 0 ? 0 : failures * Math.log(rate);
  }
}
