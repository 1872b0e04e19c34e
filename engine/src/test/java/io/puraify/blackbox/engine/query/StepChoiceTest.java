package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.TimeRange;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StepChoiceTest {

  @ParameterizedTest
  @CsvSource({
    "2025-07-25T12:00:00Z, 2025-07-25T12:00:00Z, 1ms",
    "2025-07-25T12:00:00Z, 2025-07-25T12:00:00.100Z, 1ms",
    "2025-07-25T12:00:00Z, 2025-07-25T12:01:00Z, 1s",
    "2025-07-25T12:00:00Z, 2025-07-25T12:15:00Z, 10s",
    "2025-07-25T12:00:00Z, 2025-07-25T13:00:00Z, 30s",
    "2025-07-25T12:00:00Z, 2025-07-25T14:00:00Z, 1m",
    "2025-07-25T00:00:00Z, 2025-07-26T00:00:00Z, 30m",
    "2025-07-01T00:00:00Z, 2025-07-08T00:00:00Z, 3h",
    "2025-07-01T00:00:00Z, 2025-07-31T00:00:00Z, 6h",
    "2025-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 1w",
    "2000-01-01T00:00:00Z, 2026-01-01T00:00:00Z, 52w",
  })
  void aStepIsChosenThatPeopleHaveANameFor(Instant from, Instant to, String step) {
    TimeRange range = new TimeRange(Micros.of(from), Micros.of(to));

    Step chosen = StepChoice.of(Optional.empty(), range);

    assertThat(StepChoice.format(chosen)).isEqualTo(step);
    assertThat(chosen.buckets(range)).isLessThanOrEqualTo(StepChoice.CHOSEN_BUCKETS);
  }

  @Test
  void thousandsOfYearsAreCutTooIntoFewBuckets() {
    TimeRange range = new TimeRange(0, Micros.of(Instant.parse("+10000-01-01T00:00:00Z")));

    assertThat(StepChoice.of(Optional.empty(), range).buckets(range))
        .isBetween(60L, (long) StepChoice.CHOSEN_BUCKETS);
  }

  @Test
  void aStepThatMakesTooManyBucketsIsRefusedWithOneThatDoesNot() {
    TimeRange day = new TimeRange(0, Micros.PER_DAY);

    assertThatThrownBy(() -> StepChoice.of(Optional.of(StepChoice.parse("1s")), day))
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused ->
                assertThat(refused.problem().errors().getFirst().detail())
                    .isEqualTo(
                        "'1s' cuts the range into 86,400 buckets, and at most 10,000 are answered;"
                            + " 30m would give 48"));
  }

  @ParameterizedTest
  @CsvSource({"90s, 90s", "60s, 1m", "24h, 1d", "14d, 2w", "1500ms, 1500ms"})
  void aStepIsWrittenInItsLargestUnit(String given, String written) {
    assertThat(StepChoice.format(StepChoice.parse(given))).isEqualTo(written);
  }
}
