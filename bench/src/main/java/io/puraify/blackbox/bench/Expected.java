package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * How many events the answers must list or count, as the file itself has them, so that a quick
 * wrong answer is no measurement.
 *
 * @param events all of them
 * @param topUsersErrors errors of the ten users that have the most
 * @param wordEvents of each sample, the events that have its word
 */
record Expected(long events, long topUsersErrors, List<Long> wordEvents) {

  static final int TOP_USERS = 10;

  Expected {
    wordEvents = List.copyOf(wordEvents);
  }

  /**
   * Counts the first so many events of a file. A word counts in the message, the error type and the
   * stack trace, in any case and also inside of other words, which is what Blackbox says it finds.
   */
  static Expected of(Path file, long count, Samples samples) throws IOException {
    Counter counter = new Counter(samples);
    EventLines.read(file, count, counter::add);
    return counter.expected();
  }

  /**
   * How many events the answer to a request must have; empty where any number but none will do.
   *
   * @param number of the request; chooses the sample
   */
  OptionalLong of(Question question, int number) {
    return switch (question) {
      case HISTOGRAM, PERCENTILES -> OptionalLong.of(events);
      case RARE_WORD -> OptionalLong.of(wordEvents.get(number % wordEvents.size()));
      case TOP_USERS -> OptionalLong.of(topUsersErrors);
      case MISSING_TRACE -> OptionalLong.of(0);
      case NEWEST_ERRORS, NEWEST, SESSION, BY_ID -> OptionalLong.empty();
    };
  }

  /** Whether so many events can be the answer; anything else is not worth a measurement. */
  boolean isMetBy(long found, Question question, int number) {
    OptionalLong exactly = of(question, number);
    return exactly.isPresent() ? found == exactly.getAsLong() : found > 0;
  }

  /**
   * Says why a question was not measured.
   *
   * @param found what the answer has, a number of events at its end
   */
  String miss(String found, Question question, int number) {
    OptionalLong exactly = of(question, number);
    return "not measured, since it was answered with %s events%s: %s"
        .formatted(
            found,
            exactly.isPresent() ? ", not " + exactly.getAsLong() : "",
            question.work().title());
  }

  /** Counts events one after the other. */
  private static final class Counter {

    private final List<String> words;
    private final long[] wordEvents;
    private final Map<String, Long> errorsOfUsers = new HashMap<>();
    private long events;

    Counter(Samples samples) {
      this.words =
          samples.all().stream().map(sample -> sample.word().toLowerCase(Locale.ROOT)).toList();
      this.wordEvents = new long[words.size()];
    }

    void add(EventLines.Event event) {
      events++;
      if (event.status().equals("error")) {
        errorsOfUsers.merge(event.userId(), 1L, Long::sum);
      }
      // A line break is in no word, so that none is found across two of the texts.
      String text =
          (event.message() + '\n' + event.errorType() + '\n' + event.stackTrace())
              .toLowerCase(Locale.ROOT);
      for (int i = 0; i < wordEvents.length; i++) {
        wordEvents[i] += text.contains(words.get(i)) ? 1 : 0;
      }
    }

    Expected expected() {
      long topUsersErrors =
          errorsOfUsers.values().stream()
              .sorted(Comparator.reverseOrder())
              .limit(TOP_USERS)
              .mapToLong(Long::longValue)
              .sum();
      return new Expected(events, topUsersErrors, Arrays.stream(wordEvents).boxed().toList());
    }
  }
}
