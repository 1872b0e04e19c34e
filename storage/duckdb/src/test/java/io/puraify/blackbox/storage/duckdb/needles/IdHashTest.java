package io.puraify.blackbox.storage.duckdb.needles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IdHashTest {

  @ParameterizedTest
  @CsvSource({
    "'', 2179304668198460759",
    "a, 7388067101773140783",
    "s_0001e240, 3813975110119004351",
    "4bf92f3577b34da6a3ce929d0e0e4736, 6834419953022883072",
    "é😀, 5617497017070355874",
  })
  void theHashesOnDiskNeverChange(String id, long hash) {
    assertThat(IdHash.of(2, id)).isEqualTo(hash);
  }

  @Test
  void idsThatDifferLittleHaveHashesThatDifferInBothHalves() {
    Set<Long> high = new HashSet<>();
    Set<Long> low = new HashSet<>();
    for (int i = 0; i < 100_000; i++) {
      long hash = IdHash.of(1, "session-" + i);
      high.add(hash >>> (IdHash.BITS - 24));
      low.add(hash & 0xffffff);
    }

    // Of so many random numbers of 24 bits, 99,702 are different on average.
    assertThat(high).hasSizeBetween(99_500, 99_900);
    assertThat(low).hasSizeBetween(99_500, 99_900);
  }

  @Test
  void idsOfDifferentFieldsHaveDifferentHashes() {
    assertThat(IdHash.of(0, "x")).isNotEqualTo(IdHash.of(1, "x"));
  }
}
