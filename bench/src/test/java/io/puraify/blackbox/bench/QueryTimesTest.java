package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class QueryTimesTest {

  private static final Expected EXPECTED = new Expected(1_000, 70, List.of(2L, 3L));

  private final Measurements measurements = new Measurements();

  /** An answer that says how many events it has. */
  private static HttpAnswer answer(int status, long events) {
    return new HttpAnswer(status, Long.toString(events), 0);
  }

  @Test
  void everyQuestionIsMeasuredAfterItsWarmUp() throws IOException {
    QueryTimes.measure(
        (question, number) -> answer(200, EXPECTED.of(question, number).orElse(1)),
        (question, body) -> Long.parseLong(body),
        EXPECTED,
        measurements);
    for (Question question : Question.values()) {
      assertThat(measurements.values(question.work())).hasSize(QueryTimes.REQUESTS);
    }
    assertThat(measurements.notes()).isEmpty();
  }

  @Test
  void anAnswerThatCannotBeRightIsNotedAndNotMeasured() throws IOException {
    QueryTimes.measure(
        (question, number) -> answer(question == Question.NEWEST ? 500 : 200, 2),
        (question, body) -> Long.parseLong(body),
        EXPECTED,
        measurements);
    assertThat(measurements.values(Work.NEWEST_ERRORS)).hasSize(QueryTimes.REQUESTS);
    assertThat(measurements.values(Work.SESSION)).hasSize(QueryTimes.REQUESTS);
    assertThat(measurements.values(Work.BY_ID)).hasSize(QueryTimes.REQUESTS);
    assertThat(measurements.values(Work.NEWEST)).isEmpty();
    assertThat(measurements.values(Work.RARE_WORD)).isEmpty();
    assertThat(measurements.notes())
        .containsExactly(
            "not measured, since it was answered with 500 and 0 events: newest 100 of everything",
            "not measured, since it was answered with 200 and 2 events, not 1000: count by minute"
                + " and status",
            "not measured, since it was answered with 200 and 2 events, not 1000: p50/p95/p99 of"
                + " the duration by engine and platform",
            "not measured, since it was answered with 200 and 2 events, not 3: count of a rare"
                + " word, any case",
            "not measured, since it was answered with 200 and 2 events, not 0: a trace id that is"
                + " not there",
            "not measured, since it was answered with 200 and 2 events, not 70: top ten users among"
                + " errors");
  }
}
