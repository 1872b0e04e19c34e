package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClickHousePeerTest {

  private static final String SAID =
      """
      {"version": "26.7.2.1", "events": 1000, "loadMillis": 4000, "bytes": 50000,
       "mergedBytes": 40000, "mostResidentKib": 2048, "answers": {
         "newest_errors": {"millis": [5, 7], "rows": [100, 93]},
         "newest": {"millis": [9, 9], "rows": [100, 100]},
         "session": {"millis": [3, 3], "rows": [10, 11]},
         "missing_trace": {"millis": [2, 2], "rows": [0, 0]}}}
      """;

  @Test
  void whatTheScriptSaysIsRead() {
    SystemResult result = ClickHousePeer.result(read(SAID), 1_000);
    assertThat(result.name()).isEqualTo("ClickHouse 26.7 (no HTTP, no fsync)");
    Measurements measured = result.measurements();
    assertThat(measured.figure(Work.NDJSON)).hasValue(250);
    assertThat(measured.figure(Work.DISK_FRESH)).hasValue(50);
    assertThat(measured.figure(Work.DISK)).hasValue(40);
    assertThat(measured.figure(Work.MEMORY)).hasValue(2);
    assertThat(measured.values(Work.NEWEST_ERRORS)).containsExactly(5.0, 7.0);
    assertThat(measured.figure(Work.BY_ID)).isEmpty();
  }

  @Test
  void missingEventsAndEmptyAnswersAreNoMeasurement() {
    assertThatThrownBy(() -> ClickHousePeer.result(read(SAID), 1_001))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 1000 events and should have 1001");
    assertThatThrownBy(
            () -> ClickHousePeer.result(read(SAID.replace("[10, 11]", "[10, 0]")), 1_000))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("SESSION");
  }

  @Test
  void theScriptIsToldWhatToAsk() {
    Samples samples = new Samples(List.of(new Samples.Sample("pf_1", "s_2", "00")));
    JsonNode questions = read(ClickHousePeer.questions(samples));
    assertThat(questions.propertyNames())
        .containsExactly(
            "warmUps", "requests", "newest_errors", "newest", "session", "missing_trace");
    assertThat(questions.path("session"))
        .isEqualTo(
            read("[{\"project_id\": \"pf_1\", \"session_id\": \"s_2\", \"trace_id\": \"00\"}]"));
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
