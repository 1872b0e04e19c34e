package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdHashTest {

  @ParameterizedTest
  @CsvSource({
    "'', 15344336",
    "a, 6391759",
    "s_0001e240, 60494",
    "4bf92f3577b34da6a3ce929d0e0e4736, 12541298",
    "é😀, 13479014",
  })
  void theHashesOnDiskNeverChange(String id, int hash) {
    assertThat(IdHash.of(id)).isEqualTo(hash);
  }

  @Test
  void idsThatDifferLittleHaveDifferentHashes() {
    Set<Integer> hashes = new HashSet<>();
    int ids = 100_000;
    for (int i = 0; i < ids; i++) {
      hashes.add(IdHash.of("session-" + i));
    }

    // Of so many random numbers of 24 bits, 99,702 are different on average.
    assertThat(hashes).hasSizeBetween(99_500, 99_900);
  }
}
