package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Filling journals with short texts and reading them back, for tests. */
final class JournalFixture {

  /** Far longer than anything takes; only a failing test waits as long. */
  static final Duration LONG = Duration.ofMinutes(2);

  private JournalFixture() {}

  /** A journal that is started. */
  static Journal open(JournalOptions options) {
    Journal journal = new Journal(options);
    journal.start();
    return journal;
  }

  static Journal open(Path folder) {
    return open(JournalOptions.in(folder));
  }

  /** Appends texts, an event each, one group after the other. */
  static void append(Journal journal, String... texts) {
    for (String text : texts) {
      journal.append(bytes(text), 1).join();
    }
  }

  /** Everything that a journal holds, as texts. */
  static List<String> texts(Journal journal) throws InterruptedException {
    return texts(records(journal, journal.firstPosition()));
  }

  static List<String> texts(List<JournalRecord> records) {
    return records.stream().map(r -> new String(r.payload(), StandardCharsets.UTF_8)).toList();
  }

  /** All records from a position on to the end, which follow each other without a gap. */
  static List<JournalRecord> records(Journal journal, long from) throws InterruptedException {
    List<JournalRecord> records = new ArrayList<>();
    try (JournalTail tail = journal.tail(from)) {
      while (tail.position() < journal.end()) {
        for (JournalRecord record : tail.next(1_000, LONG)) {
          if (!records.isEmpty() && record.first() != records.getLast().end()) {
            throw new AssertionError("%s follows %s".formatted(record, records.getLast()));
          }
          records.add(record);
        }
      }
    }
    return records;
  }

  /** What a start finds in a folder, as texts. */
  static List<String> reopened(Path folder) throws InterruptedException {
    try (Journal journal = open(folder)) {
      return texts(journal);
    }
  }

  /** The segments' files, oldest first. */
  static List<Path> segments(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.filter(path -> path.toString().endsWith(Segment.SUFFIX)).sorted().toList();
    }
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
