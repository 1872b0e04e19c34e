package io.puraify.blackbox.server.cli.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class IngestProgressTest {

  private static String line(long read, long total, long accepted, int seconds, int columns) {
    return new IngestProgress(read, total, accepted, Duration.ofSeconds(seconds)).line(columns);
  }

  @Test
  void theLineSaysHowFarItIsAndHowLongItTakes() {
    assertThat(line(500_000_000, 2_000_000_000, 1_200_000, 6, 100))
        .isEqualTo(
            "[======>                 ]  25 %  500 of 2,000 MB  200,000 events/s  0:18 left");
    assertThat(line(2_000_000, 2_000_000, 10, 61, 100))
        .isEqualTo("[========================] 100 %  2 of 2 MB  0 events/s  0:00 left");
    assertThat(line(0, 2_000_000, 0, 0, 100))
        .isEqualTo("[>                       ]   0 %  0 of 2 MB  0 events/s");
  }

  @Test
  void whereTheEndIsNotKnownItSaysWhatIsDone() {
    assertThat(line(500_000_000, 0, 1_200_000, 6, 100)).isEqualTo("500 MB  200,000 events/s");
  }

  @Test
  void theLineIsNoLongerThanTheTerminal() {
    assertThat(line(1, 2, 3, 4, 20)).hasSize(20);
  }
}
