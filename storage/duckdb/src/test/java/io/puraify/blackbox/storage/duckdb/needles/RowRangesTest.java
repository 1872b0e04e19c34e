package io.puraify.blackbox.storage.duckdb.needles;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class RowRangesTest {

  @Test
  void rowsLessThanAVectorApartAreOneRange() {
    assertThat(RowRanges.around(LongStream.of(5_000, 10, 11, 2_058)).condition())
        .isEqualTo("(rowid BETWEEN 10 AND 2058 OR rowid BETWEEN 5000 AND 5000)");
  }

  @Test
  void theNearestAreJoinedWhereThereAreTooMany() {
    LongStream apart = LongStream.range(0, 33).map(i -> i * i * 10_000);
    String condition = RowRanges.around(apart).condition();

    assertThat(condition.split(" OR ")).hasSize(32);
    assertThat(condition).startsWith("(rowid BETWEEN 0 AND 10000 OR rowid BETWEEN 40000 AND 40000");
  }

  @Test
  void noneIsEmptyAndAllIsNoCondition() {
    assertThat(RowRanges.around(LongStream.empty()).isEmpty()).isTrue();
    assertThat(RowRanges.ALL.isEmpty()).isFalse();
    assertThat(RowRanges.ALL.condition()).isEqualTo("TRUE");
  }
}
