package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ConditionsTest {

  @Test
  void theMemoryOfTheMachineIsInKibibytes() {
    assertThat(
            Conditions.memory(
                List.of("MemTotal:       24611228 kB", "MemFree:        23000000 kB")))
        .isEqualTo(24_611_228L * 1_024);
  }
}
