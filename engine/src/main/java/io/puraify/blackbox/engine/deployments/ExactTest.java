package io.puraify.blackbox.engine.deployments;

/**
 * The exact test of two Poisson rates: given how many failures there were in all, those after are
 * binomial, with a share that follows from the calls before and after. After J. Przyborowski and H.
 * Wilenski, "Homogeneity of Results in Testing Samples from Poisson Series", Biometrika 31, 1940.
 */
final class ExactTest {

  /** Terms so much smaller than the sum change no digit of it. */
  private static final double NEGLIGIBLE = 1e-17;

  /** From here on Stirling's series has all digits of a double. */
  private static final int STIRLING_FROM = 16;

  private ExactTest() {}

  /**
   * How likely so many failures after, or more, would be if the rate after were {@code ratio} times
   * that before: a small number says that it is more.
   *
   * @param failuresBefore ≥ 0, as all counts
   * @param ratio > 0; 1 for the same rate
   * @return 0 to 1; 1 where there were no calls on one side, which says nothing
   */
  static double pValue(
      long failuresBefore, long callsBefore, long failuresAfter, long callsAfter, double ratio) {
    if (callsBefore <= 0 || callsAfter <= 0) {
      return 1;
    }
    double weight = ratio * callsAfter;
    return upperTail(
        failuresAfter, failuresBefore + failuresAfter, weight / (callsBefore + weight));
  }

  /** The probability of {@code k} successes or more in {@code n} attempts. */
  static double upperTail(long k, long n, double share) {
    if (k <= 0) {
      return 1;
    }
    if (share >= 1) {
      return 1;
    }
    // The side whose terms become smaller is added up; the other would begin with none at all.
    return k > n * share
        ? Math.min(1, tail(k, n, share))
        : Math.max(0, 1 - tail(n - k + 1, n, 1 - share));
  }

  /** The sum from the k-th term on, which is behind the largest one. */
  private static double tail(long k, long n, double share) {
    if (k > n) {
      return 0;
    }
    double term = Math.exp(logTerm(k, n, share));
    double odds = share / (1 - share);
    double sum = 0;
    for (long i = k; i <= n && term > sum * NEGLIGIBLE; i++) {
      sum += term;
      term *= (double) (n - i) / (i + 1) * odds;
    }
    return sum;
  }

  private static double logTerm(long k, long n, double share) {
    return logFactorial(n)
        - logFactorial(k)
        - logFactorial(n - k)
        + k * Math.log(share)
        + (n - k) * Math.log1p(-share);
  }

  /** The logarithm of n!, by Stirling's series where it is exact enough. */
  static double logFactorial(long n) {
    if (n < STIRLING_FROM) {
      double product = 1;
      for (long i = 2; i <= n; i++) {
        product *= i;
      }
      return Math.log(product);
    }
    double x = n + 1.0;
    double square = x * x;
    return (x - 0.5) * Math.log(x)
        - x
        + 0.5 * Math.log(2 * Math.PI)
        + (1.0 / 12 - (1.0 / 360 - (1.0 / 1260 - 1.0 / 1680 / square) / square) / square) / x;
  }
}
