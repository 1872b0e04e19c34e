package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

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
   * Measures every question.
   *
   * @param event what stands once for each event in the body of an answer
   * @throws IllegalStateException where an answer is not what it should be; its time says nothing
   */
  static void measure(Asked asked, String event, Measurements into) throws IOException {
    for (Question question : Question.values()) {
      for (int i = 0; i < WARM_UPS + REQUESTS; i++) {
        long began = System.nanoTime();
        HttpAnswer answer = asked.ask(question, i);
        double millis = (System.nanoTime() - began) / 1e6;
        require(question, answer, event);
        if (i >= WARM_UPS) {
          into.add(question.work(), millis);
        }
      }
    }
  }

  private static void require(Question question, HttpAnswer answer, String event) {
    long events = occurrences(answer.body(), event);
    if (answer.status() != 200 || !question.isAnsweredBy(events)) {
      int length = answer.body().getBytes(StandardCharsets.UTF_8).length;
      throw new IllegalStateException(
          "the answer to %s is %d, with %d events in %d bytes"
              .formatted(question, answer.status(), events, length));
    }
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
