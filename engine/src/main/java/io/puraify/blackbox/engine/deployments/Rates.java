package io.puraify.blackbox.engine.deployments;

import java.util.Locale;

/**
 * How often something failed before and after a moment.
 *
 * @param failuresBefore in {@code callsBefore} calls; not bounded by them, as an error may be
 *     reported twice
 */
public record Rates(long failuresBefore, long callsBefore, long failuresAfter, long callsAfter) {

  static final Rates NONE = new Rates(0, 0, 0, 0);

  /** A rate that is no more than half as much again is what traffic does by itself. */
  static final double NOTEWORTHY = 1.5;

  /** So unlikely may chance be: with twenty suspects a day, once in three years. */
  static final double CHANCE = 0.00005;

  /**
   * With none in n calls, the rate is below 3/n with 95 % confidence: the rule of three, J. Hanley
   * and A. Lippman-Hand, "If Nothing Goes Wrong, Is Everything All Right?", JAMA 249, 1983.
   */
  private static final double RULE_OF_THREE = 3;

  private static final double SCALE = 10_000;

  Rates plus(Rates other) {
    return new Rates(
        failuresBefore + other.failuresBefore,
        callsBefore + other.callsBefore,
        failuresAfter + other.failuresAfter,
        callsAfter + other.callsAfter);
  }

  /** Failures a call, or 0 without calls. */
  double before() {
    return callsBefore == 0 ? 0 : (double) failuresBefore / callsBefore;
  }

  /** Failures a call, or 0 without calls. */
  double after() {
    return callsAfter == 0 ? 0 : (double) failuresAfter / callsAfter;
  }

  /** How likely chance is, if the rate had grown by no more than what is {@link #NOTEWORTHY}. */
  public double pValue() {
    return ExactTest.pValue(failuresBefore, callsBefore, failuresAfter, callsAfter, NOTEWORTHY);
  }

  /** Whether it fails noteworthily more often, beyond chance. */
  boolean risen() {
    return pValue() < CHANCE;
  }

  /** Whether an error as frequent as it is after could well have been missed before. */
  boolean thinBefore() {
    return callsBefore * after() < RULE_OF_THREE;
  }

  /** Whether neither rate is noteworthily higher than the other; where there is none, it is. */
  boolean alike() {
    return before() > 0 && after() <= before() * NOTEWORTHY && before() <= after() * NOTEWORTHY;
  }

  /** How many failures there are after that the rate before does not explain, ≥ 0. */
  double excess() {
    return Math.max(0, failuresAfter - callsAfter * before());
  }

  /**
   * Such as {@code 0 → 41 in 10,000 calls}. A rate is said only where there were calls: without any
   * it is not 0.
   */
  String words() {
    if (callsBefore == 0 && callsAfter == 0) {
      return "no calls";
    }
    if (callsBefore == 0) {
      return "no calls before → %s in 10,000 calls".formatted(scaled(after()));
    }
    if (callsAfter == 0) {
      return "%s in 10,000 calls → no calls since".formatted(scaled(before()));
    }
    return "%s → %s in 10,000 calls".formatted(scaled(before()), scaled(after()));
  }

  /** Both times as one, such as {@code 41 in 10,000 calls}. */
  String together() {
    Rates all = new Rates(0, 0, failuresBefore + failuresAfter, callsBefore + callsAfter);
    return "%s in 10,000 calls".formatted(scaled(all.after()));
  }

  private static String scaled(double rate) {
    double of = rate * SCALE;
    return of == 0 || of >= 9.95
        ? String.format(Locale.ROOT, "%,d", Math.round(of))
        : String.format(Locale.ROOT, of < 0.095 ? "%.2f" : "%.1f", of);
  }
}
