package io.puraify.blackbox.engine.consumers;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BatchSizeTest {

  private static final Duration SECOND = Duration.ofSeconds(1);

  /** Milliseconds that the last batch took, and that the next may wait. */
  @ParameterizedTest
  @CsvSource({"0,20", "1,20", "3,24", "50,400", "125,1000", "2000,1000"})
  void aSlowStoreIsGivenLargerBatches(long last, long linger) {
    assertThat(BatchSize.linger(Duration.ofMillis(last), Duration.ZERO, SECOND))
        .isEqualTo(Duration.ofMillis(linger));
  }

  @Test
  void aBatchWaitsNoLongerWhenNothingMoreComes() {
    assertThat(BatchSize.quiet(Duration.ofSeconds(1))).isEqualTo(Duration.ofMillis(250));
    assertThat(BatchSize.quiet(Duration.ofMillis(24))).isEqualTo(Duration.ofMillis(20));
  }

  @Test
  void aConsumerWhoseEffectNobodyWaitsForMayWantLargerOnes() {
    Duration atLeast = Duration.ofMillis(500);
    assertThat(BatchSize.linger(Duration.ofMillis(1), atLeast, SECOND)).isEqualTo(atLeast);
    assertThat(BatchSize.linger(Duration.ofSeconds(2), atLeast, SECOND)).isEqualTo(SECOND);
  }

  @Test
  void aConsumerWhoseEffectSomebodyWaitsForMayWantSmallerOnes() {
    Duration atMost = Duration.ofMillis(30);
    assertThat(BatchSize.linger(Duration.ofMillis(1), Duration.ZERO, atMost))
        .isEqualTo(Duration.ofMillis(20));
    assertThat(BatchSize.linger(Duration.ofSeconds(2), Duration.ZERO, atMost)).isEqualTo(atMost);
  }
}
