package io.puraify.blackbox.engine.tail;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class TailPaceTest {

  private long now = -5;
  private final TailPace pace = new TailPace(1_000, () -> now);

  @Test
  void readersShareWhatMayBeSentASecond() {
    assertThat(pace.send(500)).isEqualTo(Duration.ofMillis(500));
    assertThat(pace.send(1_000)).isEqualTo(Duration.ofMillis(1_500));
    now += Duration.ofMillis(1_400).toNanos();
    assertThat(pace.send(100)).isEqualTo(Duration.ofMillis(200));
  }

  @Test
  void whatWasNotSentIsNotSavedUp() {
    now += Duration.ofHours(1).toNanos();
    assertThat(pace.send(500)).isEqualTo(Duration.ofMillis(500));
  }
}
