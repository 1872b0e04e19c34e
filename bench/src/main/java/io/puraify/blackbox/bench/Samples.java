package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Values to ask for, taken from the events themselves, so that every peer is asked the same.
 *
 * @param all in the order of the file, at least one
 */
record Samples(List<Sample> all) {

  private static final JsonMapper JSON = JsonMapper.shared();

  /** Enough that no answer is remembered from the one before. */
  private static final int COUNT = 10;

  /**
   * One event's values.
   *
   * @param missingTrace looks like a trace id, and no event has it
   * @param word that few events have in their message, with its letters in the other case
   */
  record Sample(String project, String session, String missingTrace, String word) {}

  Samples {
    all = List.copyOf(all);
  }

  /**
   * Takes samples from all over the first so many events of a file.
   *
   * @throws IOException also where no word is rare enough
   */
  static Samples of(Path events, long count) throws IOException {
    List<String> words = RareWords.of(events, count, COUNT);
    if (words.isEmpty()) {
      throw new IOException("no message of " + events + " has a rare word to look for");
    }
    List<Sample> samples = new ArrayList<>();
    try (FileChannel file = FileChannel.open(events)) {
      long end = LineSlices.endOfLine(file, count);
      for (int i = 0; i < COUNT; i++) {
        JsonNode event = JSON.readTree(LineSlices.line(file, end / COUNT * i));
        samples.add(
            new Sample(
                event.path("project_id").asString(),
                event.path("session_id").asString(),
                "%032x".formatted(i),
                RareWords.inOtherCase(words.get(i % words.size()))));
      }
    }
    return new Samples(samples);
  }

  /** One of them for each number, in turn. */
  Sample get(int number) {
    return all.get(number % all.size());
  }
}
