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

  /** Somebody who understands answers. */
  @FunctionalInterface
  interface Understood {

    /** How many events the body of a good answer lists, or counts. */
    long events(Question question, String body);
  }

  private QueryTimes() {}

  /**
   * Measures every question. Where an answer is not what it should be, its time says nothing: there
   * is a note instead.
   */
  static void measure(Asked asked, Understood understood, Expected expected, Measurements into)
      throws IOException {
    for (Question question : Question.values()) {
      measure(asked, understood, expected, question, into);
    }
  }

  private static void measure(
      Asked asked, Understood understood, Expected expected, Question question, Measurements into)
      throws IOException {
    List<Double> millis = new ArrayList<>();
    for (int i = 0; i < WARM_UPS + REQUESTS; i++) {
      long began = System.nanoTime();
      HttpAnswer answer = asked.ask(question, i);
      millis.add((System.nanoTime() - began) / 1e6);
      long events = answer.status() == 200 ? understood.events(question, answer.body()) : 0;
      if (answer.status() != 200 || !expected.isMetBy(events, question, i)) {
        into.note(expected.miss(answer.status() + " and " + events, question, i));
        return;
      }
    }
    millis.stream().skip(WARM_UPS).forEach(value -> into.add(question.work(), value));
  }

  /** How often a part occurs in a text. */
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
