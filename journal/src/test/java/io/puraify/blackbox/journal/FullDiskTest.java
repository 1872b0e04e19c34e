package io.puraify.blackbox.journal;

import static io.puraify.blackbox.journal.JournalFixture.open;
import static io.puraify.blackbox.journal.JournalFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FullDiskTest {

  private static final int DISK = 1 << 20;

  @TempDir Path folder;

  private final List<String> acknowledged = new ArrayList<>();
  private int number;

  @ParameterizedTest
  @EnumSource
  void appendsFailWhileTheDiskIsFullAndGoOnByThemselvesWhenThereIsRoom(Sync sync) throws Exception {
    JournalOptions options =
        JournalOptions.in(folder.resolve("journal")).withSync(sync).withSegmentBytes(100_000);
    try (SmallDisk disk = new SmallDisk(folder, DISK)) {
      try (Journal journal = open(options)) {
        assertThat(append(journal, 20)).isEqualTo(20);
        for (int round = 0; round < 3; round++) {
          disk.fill();
          // What was allocated already may take a few more.
          while (append(journal, 1) == 1) {
            assertThat(number).isLessThan(1_000);
          }
          assertThat(append(journal, 5)).isZero();
          assertThat(acknowledgedIn(journal)).isTrue();

          disk.free();
          assertThat(append(journal, 20)).isEqualTo(20);
          assertThat(acknowledgedIn(journal)).isTrue();
        }
        disk.fill();
      }
      try (Journal journal = open(options)) {
        assertThat(acknowledgedIn(journal)).isTrue();
        disk.free();
        assertThat(append(journal, 20)).isEqualTo(20);
      }
      try (Journal journal = open(options)) {
        assertThat(acknowledgedIn(journal)).isTrue();
      }
    }
  }

  /** Appends texts of 4 to 12 KB, and returns how many were kept. */
  private int append(Journal journal, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      String text = number++ + " " + "x".repeat(4_000 + number % 3 * 4_000);
      try {
        journal.append(JournalFixture.bytes(text), 1).join();
        acknowledged.add(text);
        kept++;
      } catch (CompletionException e) {
        assertThat(e.getCause())
            .isInstanceOf(JournalWriteException.class)
            .hasMessage("the journal cannot be written: No space left on device");
      }
    }
    return kept;
  }

  /** Whether the journal holds what it has acknowledged, all of it once and nothing else. */
  private boolean acknowledgedIn(Journal journal) throws InterruptedException {
    if (acknowledged.isEmpty()) {
      return journal.end() == 0;
    }
    journal.durable().awaitBeyond(acknowledged.size() - 1, JournalFixture.LONG);
    assertThat(texts(journal)).isEqualTo(acknowledged);
    return true;
  }
}
