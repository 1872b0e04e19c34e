package io.puraify.blackbox.engine.deployments;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RatesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "  0 | 10000 | 41 | 10000 | 0 → 41 in 10,000 calls",
        "100 | 10000 | 11 |   100 | 100 → 1,100 in 10,000 calls",
        "  1 | 20000 |  1 | 10000 | 0.5 → 1.0 in 10,000 calls",
        "  0 |     0 | 79 |  1004 | no calls before → 787 in 10,000 calls",
        " 79 |  1004 |  0 |     0 | 787 in 10,000 calls → no calls since",
        "  0 |     0 |  0 |     0 | no calls"
      })
  void aRateIsSaidOnlyWhereThereWereCalls(
      long failuresBefore, long callsBefore, long failuresAfter, long callsAfter, String words) {
    assertThat(new Rates(failuresBefore, callsBefore, failuresAfter, callsAfter).words())
        .isEqualTo(words);
  }

  /** An error that no stretch of time has more of than chance, by halves of the calls. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "100 | 1000 | 210 | 2000 | It is as frequent as it was, 1,000 → 1,050 in 10,000 calls, and comes and goes with the calls: 1,000 → 2,000",
        "  0 |    0 |  79 | 1004 | It has not become more frequent, beyond chance: 787 in 10,000 calls",
        "  0 |   40 |  79 |  964 | It has not become more frequent, beyond chance: 787 in 10,000 calls",
        "  4 |  100 |   9 |  100 | It has not become more frequent, beyond chance: 650 in 10,000 calls",
        " 10 |  100 |   0 |  100 | It has not become more frequent, beyond chance: 500 in 10,000 calls"
      })
  void onlyRatesThatAreAlikeAreCalledSo(
      long failuresBefore, long callsBefore, long failuresAfter, long callsAfter, String words) {
    Rates halves = new Rates(failuresBefore, callsBefore, failuresAfter, callsAfter);

    assertThat(Wording.unchanged(halves)).isEqualTo(words);
  }

  /** Counts by bucket, and those of the two halves of the time that has calls. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 0 0 0 5 6 | 5 | 6",
        "1 2 3 4     | 3 | 7",
        "0 0 7 0 0 8 9 9 0 0 0 | 7 | 26",
        "0 0 5 0     | 0 | 5",
        "0 0         | 0 | 0"
      })
  void halvesAreOfTheTimeThatHasCalls(String calls, long before, long after) {
    long[] counts = Arrays.stream(calls.trim().split(" ")).mapToLong(Long::parseLong).toArray();

    Rates halves =
        new Traffic(Traffic.Part.ofEngine("e"), counts, new long[counts.length]).halves();

    assertThat(halves).isEqualTo(new Rates(0, before, 0, after));
  }
}
