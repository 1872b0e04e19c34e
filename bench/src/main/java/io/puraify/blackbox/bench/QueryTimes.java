package io.puraify.blackbox.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Asks each question many times, one after the other, and measures each answer. */
final class QueryTimes {

  /** Every sample once, so that all of them are warm. */
  static final int WARM_UPS = 10;

  static final int REQUESTS = 30;

  /** Somebody who answers questions. */
  @FunctionalInterface
  interface Asked {

    /**
     * Asks a question.
     *
     * @param number of the request; chooses the sample
     * @return the answer, complete
     */
    HttpAnswer ask(Question question, int number) throws IOException;
  }

  private QueryTimes() {}

  /**
   * Measures every question. Where an answer is not what it should be, its time says nothing: there
   * is a note instead.
   *
   * @param event what stands once for each event in the body of an answer
   */
  static void measure(Asked asked, String event, Measurements into) throws IOException {
    for (Question question : Question.values()) {
      measure(asked, question, event, into);
    }
  }

  private static void measure(Asked asked, Question question, String event, Measurements into)
      throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WARM_UPS + REQUESTS; i++) {
      long began = System.nanoTime();
      HttpAnswer answer = asked.ask(question, i);
      millis.add((System.nanoTime() - began) / 1e6);
      long events = occurrences(answer.body(), event);
      if (answer.status() != 200 || !question.isAnsweredBy(events)) {
        into.note(
            "not measured, since it was answered with %d and %d events: %s"
                .formatted(answer.status(), events, question.work().title()));
        return;
      }
    }
    millis.stream().skip(WARM_UPS).forEach(value -> into.add(question.work(), value));
  }

  static long occurrences(String text, String part) {
    long count = 0;
    int at = text.indexOf(part);
    while (at >= 0) {
      count++;
      at = text.indexOf(part, at + part.length());
    }
    return count;
  }
}
