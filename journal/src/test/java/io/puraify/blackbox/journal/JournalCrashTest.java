package io.puraify.blackbox.journal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Kills a process that writes a journal, and looks at what is left. */
class JournalCrashTest {

  private static final int SEGMENT_BYTES = 3_000;

  @TempDir Path folder;

  /**
   * Appends without end and prints what is acknowledged, text and position; with a point and a
   * number it dies when it comes to the point for that many times.
   */
  static final class Writer {
    public static void main(String[] arguments) throws InterruptedException {
      AtomicInteger left = new AtomicInteger(Integer.parseInt(arguments[2]));
      JournalOptions options =
          JournalOptions.in(Path.of(arguments[0]))
              .withSegmentBytes(SEGMENT_BYTES)
              .withFaultPoint(point -> {
                if (point.equals(arguments[1]) && left.decrementAndGet() == 0) {
                  Runtime.getRuntime().halt(137);
                }
              });
      Journal journal = JournalFixture.open(options);
      long pid = ProcessHandle.current().pid();
      for (int i = 0; ; i++) {
        String text = pid + "-" + i;
        CompletableFuture<Long> append = journal.append(JournalFixture.bytes(text), 1 + i % 3);
        CompletableFuture<Void> printed =
            append.thenAccept(position -> System.out.println(text + " " + position));
        if (i % 5 == 0) {
          printed.join();
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "journal.segment-created, 1",
    "journal.segment-created, 3",
    "journal.written, 1",
    "journal.written, 40",
    "journal.synced, 1",
    "journal.synced, 40"
  })
  void whatWasAcknowledgedIsThereOnceAfterADeathAt(String point, int times) throws Exception {
    try (ChildProcess writer = new ChildProcess(Writer.class, folder, point, times)) {
      List<String> acknowledged = writer.lines();
      assertThat(writer.exit()).isEqualTo(137);
      assertKept(acknowledged);
    }
  }

  @Test
  void whatWasAcknowledgedIsThereOnceAfterOneKillAfterTheOther() throws Exception {
    for (int round = 0; round < 4; round++) {
      try (ChildProcess writer = new ChildProcess(Writer.class, folder, "never", 0)) {
        List<String> acknowledged = new ArrayList<>();
        while (acknowledged.size() < 100) {
          acknowledged.add(writer.line());
        }
        writer.kill();
        acknowledged.addAll(writer.lines());
        // The last line may be cut.
        acknowledged.removeLast();
        assertKept(acknowledged);
      }
    }
  }

  private void assertKept(List<String> acknowledged) throws InterruptedException {
    Map<String, Long> found = new HashMap<>();
    try (Journal journal = JournalFixture.open(folder)) {
      for (JournalRecord record : JournalFixture.records(journal, 0)) {
        String text = new String(record.payload(), StandardCharsets.UTF_8);
        assertThat(found.put(text, record.first())).as("a second %s", text).isNull();
      }
    }
    for (String line : acknowledged) {
      String[] parts = line.split(" ", 2);
      assertThat(found).containsEntry(parts[0], Long.valueOf(parts[1]));
    }
  }
}
