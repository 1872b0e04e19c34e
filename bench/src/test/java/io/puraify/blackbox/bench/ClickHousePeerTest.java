package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ClickHousePeerTest {

  private static final String SAID =
      """
      {"version": "26.7.2.1", "events": 1000, "loadMillis": 4000, "bytes": 50000,
       "mergedBytes": 40000, "mostResidentKib": 2048, "answers": {
         "newest_errors": {"millis": [5, 7], "events": [100, 93]},
         "newest": {"millis": [9, 9], "events": [100, 100]},
         "histogram": {"millis": [60, 62], "events": [1000, 1000]},
         "percentiles": {"millis": [80, 82], "events": [1000, 1000]},
         "rare_word": {"millis": [6, 8], "events": [2, 3]},
         "session": {"millis": [3, 3], "events": [10, 11]},
         "missing_trace": {"millis": [2, 2], "events": [0, 0]},
         "top_users": {"millis": [40, 42], "events": [70, 70]}}}
      """;

  private static final Expected EXPECTED = new Expected(1_000, 70, List.of(2L, 3L));

  @Test
  void whatTheScriptSaysIsRead() {
    SystemResult result = ClickHousePeer.result(read(SAID), EXPECTED);
    assertThat(result.name()).isEqualTo("ClickHouse 26.7 (no HTTP, no fsync)");
    Measurements measured = result.measurements();
    assertThat(measured.figure(Work.NDJSON)).hasValue(250);
    assertThat(measured.figure(Work.DISK_FRESH)).hasValue(50);
    assertThat(measured.figure(Work.DISK)).hasValue(40);
    assertThat(measured.figure(Work.MEMORY)).hasValue(2);
    assertThat(measured.values(Work.NEWEST_ERRORS)).containsExactly(5.0, 7.0);
    assertThat(measured.values(Work.RARE_WORD)).containsExactly(6.0, 8.0);
    assertThat(measured.figure(Work.HISTOGRAM)).hasValue(61);
    assertThat(measured.figure(Work.PERCENTILES)).hasValue(81);
    assertThat(measured.figure(Work.TOP_USERS)).hasValue(41);
    assertThat(measured.figure(Work.BY_ID)).isEmpty();
    assertThat(measured.notes()).noneMatch(note -> note.startsWith("not measured"));
  }

  @Test
  void missingEventsEndTheMeasurement() {
    Expected more = new Expected(1_001, 70, List.of(2L, 3L));
    assertThatThrownBy(() -> ClickHousePeer.result(read(SAID), more))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has 1000 events and should have 1001");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "SESSION     | [10, 11]     | [10, 0]     | 0 events",
        "RARE_WORD   | [2, 3]       | [2, 2]      | 2 events, not 3",
        "TOP_USERS   | [70, 70]     | [70, 69]    | 69 events, not 70",
        "PERCENTILES | [80, 82], \"events\": [1000, 1000] | [80, 82], \"events\": [999, 1000]"
            + " | 999 events, not 1000"
      })
  void anAnswerThatCannotBeRightIsNotedAndNotMeasured(
      Question question, String right, String wrong, String noted) {
    JsonNode said = read(SAID.replace(right, wrong));
    Measurements measured = ClickHousePeer.result(said, EXPECTED).measurements();
    assertThat(measured.values(question.work())).isEmpty();
    assertThat(measured.values(Work.NEWEST)).isNotEmpty();
    assertThat(measured.notes())
        .contains(
            "not measured, since it was answered with " + noted + ": " + question.work().title());
  }

  @Test
  void theScriptIsToldWhatToAsk() {
    Samples samples = new Samples(List.of(new Samples.Sample("pf_1", "s_2", "00", "AB1")));
    JsonNode questions = read(ClickHousePeer.questions(samples));
    assertThat(questions.propertyNames())
        .containsExactly(
            "warmUps",
            "requests",
            "newest_errors",
            "newest",
            "histogram",
            "percentiles",
            "rare_word",
            "session",
            "missing_trace",
            "top_users");
    assertThat(questions.path("session"))
        .isEqualTo(
            read(
                """
                [{"project_id": "pf_1", "session_id": "s_2", "trace_id": "00", "word": "AB1"}]
                """));
  }

  private static JsonNode read(String json) {
    return JsonMapper.shared().readTree(json);
  }
}
