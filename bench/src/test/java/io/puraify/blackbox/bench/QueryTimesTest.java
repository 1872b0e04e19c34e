package io.puraify.blackbox.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;

class QueryTimesTest {

  private static final String EVENT = "\"event_id\":";

  private final Measurements measurements = new Measurements();

  @Test
  void everyQuestionIsMeasuredAfterItsWarmUp() throws IOException {
    QueryTimes.measure(
        (question, number) ->
            new HttpAnswer(200, question == Question.MISSING_TRACE ? "[]" : EVENT, 0),
        EVENT,
        measurements);
    for (Question question : Question.values()) {
      assertThat(measurements.values(question.work())).hasSize(QueryTimes.REQUESTS);
    }
  }

  @Test
  void anAnswerThatCannotBeRightIsNotedAndNotMeasured() throws IOException {
    QueryTimes.measure(
        (question, number) -> new HttpAnswer(question == Question.NEWEST ? 500 : 200, EVENT, 0),
        EVENT,
        measurements);
    assertThat(measurements.values(Work.NEWEST_ERRORS)).hasSize(QueryTimes.REQUESTS);
    assertThat(measurements.values(Work.NEWEST)).isEmpty();
    assertThat(measurements.values(Work.MISSING_TRACE)).isEmpty();
    assertThat(measurements.notes())
        .containsExactly(
            "not measured, since it was answered with 500 and 1 events: newest 100 of everything",
            "not measured, since it was answered with 200 and 1 events: a trace id that is not"
                + " there");
  }
}
