package io.puraify.blackbox.engine.deployments;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExactTestTest {

  /** The same in exact arithmetic. */
  private static double tail(int k, int n, int successes, int of) {
    BigInteger sum = BigInteger.ZERO;
    BigInteger choose = BigInteger.ONE;
    for (int i = 0; i <= n; i++) {
      if (i > 0) {
        choose = choose.multiply(BigInteger.valueOf(n - i + 1L)).divide(BigInteger.valueOf(i));
      }
      if (i >= k) {
        sum =
            sum.add(
                choose
                    .multiply(BigInteger.valueOf(successes).pow(i))
                    .multiply(BigInteger.valueOf(of - (long) successes).pow(n - i)));
      }
    }
    return new BigDecimal(sum)
        .divide(new BigDecimal(BigInteger.valueOf(of).pow(n)), MathContext.DECIMAL64)
        .doubleValue();
  }

  @ParameterizedTest
  @CsvSource({
    "0, 10, 1, 2",
    "1, 10, 1, 2",
    "7, 10, 1, 2",
    "10, 10, 1, 2",
    "41, 41, 1, 11",
    "3, 40, 3, 7",
    "30, 300, 1, 10",
    "60, 300, 1, 10",
    "299, 300, 9, 10",
  })
  void tailsAreThoseOfExactArithmetic(int k, int n, int successes, int of) {
    double exact = tail(k, n, successes, of);
    assertThat(ExactTest.upperTail(k, n, (double) successes / of))
        .isCloseTo(exact, within(exact * 1e-11));
  }

  @Test
  void whatHasGrownManifoldIsNoChanceAndWhatHasNotMayBe() {
    assertThat(ExactTest.pValue(0, 10_000, 41, 10_000, 1)).isLessThan(1e-11);
    assertThat(ExactTest.pValue(20, 10_000, 40, 20_000, 1)).isBetween(0.4, 0.7);
    assertThat(ExactTest.pValue(20, 10_000, 28, 10_000, 1)).isBetween(0.1, 0.2);
    // Half as much again is what is asked for, and it is not more than that.
    assertThat(ExactTest.pValue(1_000, 100_000, 1_500, 100_000, 1.5)).isBetween(0.4, 0.6);
    assertThat(ExactTest.pValue(5, 0, 9, 10, 1)).as("no calls before").isEqualTo(1);
  }

  @Test
  void countsOfALargePlatformAreNoTrouble() {
    assertThat(ExactTest.pValue(4_000_000, 900_000_000, 6_100_000, 900_000_000, 1.5))
        .isLessThan(1e-100);
    assertThat(ExactTest.pValue(4_000_000, 900_000_000, 4_000_000, 900_000_000, 1.5))
        .isCloseTo(1, within(1e-9));
    assertThat(ExactTest.logFactorial(20))
        .isCloseTo(Math.log(2432902008176640000.0), within(1e-12));
  }
}
