package io.puraify.blackbox.server.demo;

/** Durations as services have them: log-normal, with a long tail above the median. */
final class Durations {

  private static final int SAMPLES = 1 << 10;

  /** The standard deviation of the logarithm; about every hundredth call takes 3.6 medians. */
  private static final double SIGMA = 0.55;

  private final double[] factors = new double[SAMPLES];

  Durations(Dice dice) {
    for (int i = 0; i < SAMPLES; i++) {
      factors[i] = StrictMath.exp(SIGMA * dice.gaussian());
    }
  }

  /** Milliseconds, at least 1, that the lowest bits of {@code bits} stand for. */
  int millis(int median, long bits) {
    return Math.max(1, (int) (median * factors[(int) bits & SAMPLES - 1]));
  }
}
