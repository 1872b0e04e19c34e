package io.puraify.blackbox.bench;

import static io.puraify.blackbox.bench.Bar.Direction.AT_LEAST;
import static io.puraify.blackbox.bench.Bar.Direction.AT_MOST;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BarTest {

  @Test
  void theLimitItselfMeetsABar() {
    assertThat(new Bar(AT_LEAST, 25_000).isMetBy(25_000)).isTrue();
    assertThat(new Bar(AT_LEAST, 25_000).isMetBy(24_999.9)).isFalse();
    assertThat(new Bar(AT_MOST, 60).isMetBy(60)).isTrue();
    assertThat(new Bar(AT_MOST, 60).isMetBy(60.1)).isFalse();
  }

  @Test
  void aBarReadsAsPeopleWriteIt() {
    assertThat(new Bar(AT_LEAST, 200_000)).hasToString("≥ 200,000");
    assertThat(new Bar(AT_MOST, 1)).hasToString("≤ 1");
  }
}
