package io.puraify.blackbox.storage.duckdb;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.storage.duckdb.DayTask.Expired;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DayTaskTest {

  private static final long END = Micros.of(Instant.parse("2025-07-26T00:00:00Z"));

  @ParameterizedTest
  @CsvSource({
    // events, sorted, past their time, now, task
    "500, 0, NONE, 2025-07-25T12:00:00Z, NOTHING",
    "500, 0, NONE, 2025-07-26T00:59:59Z, NOTHING",
    "500, 0, NONE, 2025-07-26T01:00:00Z, SORT",
    " 99, 0, NONE, 2025-07-26T01:00:00Z, NOTHING",
    "100, 0, NONE, 2025-07-26T01:00:00Z, SORT",
    "500, 500, NONE, 2025-08-01T00:00:00Z, NOTHING",
    "599, 500, NONE, 2025-08-01T00:00:00Z, NOTHING",
    "600, 500, NONE, 2025-08-01T00:00:00Z, SORT_LATE_EVENTS",
    "9000, 8000, NONE, 2025-08-01T00:00:00Z, SORT_LATE_EVENTS",
    "8999, 8000, NONE, 2025-08-01T00:00:00Z, NOTHING",
    "500, 500, SOME, 2025-08-01T00:00:00Z, LEAVE_OUT_EXPIRED",
    "5, 0, SOME, 2025-08-01T00:00:00Z, LEAVE_OUT_EXPIRED",
    "500, 0, SOME, 2025-08-01T00:00:00Z, SORT",
    "500, 0, ALL, 2025-08-01T00:00:00Z, REMOVE",
    "0, 0, ALL, 2025-08-01T00:00:00Z, REMOVE",
  })
  void whatIsDueFollowsFromWhatIsInTheFile(
      long events, long sorted, Expired expired, Instant now, DayTask task) {
    DayMeta meta = new DayMeta(events, 0, events, sorted, 0);

    assertThat(DayTask.of(meta, END, expired, 100, now)).isEqualTo(task);
  }
}
