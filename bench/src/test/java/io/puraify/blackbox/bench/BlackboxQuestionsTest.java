package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlackboxQuestionsTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "NEWEST_ERRORS | /monitoring/logs?project_id=pf_1&status=error&limit=100",
        "NEWEST        | /monitoring/logs?limit=100",
        "HISTOGRAM     | /monitoring/logs/histogram?step=1m&by=status",
        "PERCENTILES   | /monitoring/stats?group_by=engine,platform"
            + "&measure=p50:duration_ms,p95:duration_ms,p99:duration_ms",
        "RARE_WORD     | /monitoring/stats?q=AB1",
        "SESSION       | /monitoring/logs?session_id=s_2&order=oldest&limit=1000",
        "MISSING_TRACE | /monitoring/logs?trace_id=00",
        "TOP_USERS     | /monitoring/stats?status=error&group_by=user_id&limit=10",
        "BY_ID         | /monitoring/logs/e3"
      })
  void aQuestionIsARequest(Question question, String path) {
    Samples.Sample sample = new Samples.Sample("pf_1", "s_2", "00", "AB1");
    assertThat(BlackboxQuestions.path(question, sample, "e3")).isEqualTo(path);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "NEWEST        | 2 | {\"logs\": [{\"event_id\":\"a\"}, {\"event_id\":\"b\"}]}",
        "MISSING_TRACE | 0 | {\"logs\": []}",
        "HISTOGRAM     | 6 | {\"total\": 9, \"counts\": [4, 5],"
            + " \"series\": [{\"value\": \"error\", \"counts\": [1, 2]},"
            + " {\"value\": \"success\", \"counts\": [3, 0]},"
            + " {\"value\": null, \"counts\": [0, 1]}]}",
        "RARE_WORD     | 3 | {\"groups\": 1, \"rows\": [{\"group\": {}, \"count\": 3}]}",
        "TOP_USERS     | 7 | {\"rows\": [{\"count\": 4}, {\"count\": 3}], \"other\": [{\"count\":"
            + " 90}]}",
        "TOP_USERS     | 0 | {\"title\": \"something else\"}"
      })
  void anAnswerSaysHowManyEventsItListsOrCounts(Question question, long events, String body) {
    assertThat(BlackboxQuestions.events(question, body)).isEqualTo(events);
  }

  @Test
  void aGroupWithoutItsPercentilesDoesNotCount() {
    String body =
        """
        {"rows": [
          {"count": 4, "p50:duration_ms": 1, "p95:duration_ms": 2, "p99:duration_ms": 3.5},
          {"count": 2, "p50:duration_ms": 1, "p95:duration_ms": 2, "p99:duration_ms": null}]}
        """;
    assertThat(BlackboxQuestions.events(Question.PERCENTILES, body)).isEqualTo(4);
  }
}
