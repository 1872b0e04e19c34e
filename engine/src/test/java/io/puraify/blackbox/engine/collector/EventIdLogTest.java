package io.puraify.blackbox.engine.collector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.consumers.Consumers;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventIdLogTest {

  private static final byte[] PROJECT = "p".getBytes(StandardCharsets.UTF_8);

  @TempDir Path folder;
  private EventIdWindow window = new EventIdWindow();
  private Instant now = CollectorFixture.NOW;

  @Test
  void idsAndPositionAreThereAfterARestart() throws Exception {
    try (EventIdLog log = start()) {
      assertThat(log.name()).isEqualTo("event_ids");
      assertThat(log.position()).isEqualTo(Position.START);
      log.apply(batch(0, "a", null, "b"));
      log.apply(batch(3, null, null));
      log.apply(batch(5, "c"));
    }
    try (EventIdLog log = restart()) {
      assertThat(log.position()).isEqualTo(new Position(6));
      assertThat(known("a", "b", "c", "d")).containsExactly(true, true, true, false);
    }
  }

  @Test
  void whatWasAppliedBeforeIsSkippedInABatch() throws Exception {
    try (EventIdLog log = start()) {
      log.apply(batch(0, "a", "b"));
      EventBlock old = block(0, "a", "b");
      EventBlock next = block(2, "c");
      log.apply(new EventBatch(List.of(old, next)));
      assertThat(log.position()).isEqualTo(new Position(3));
    }
    long three = 3L * (24 + 16) - 24;
    assertThat(Files.size(file(0))).isEqualTo(three);
  }

  @Test
  void aRecordThatIsTornAnywhereIsCutOffAndWrittenAgain() throws Exception {
    try (EventIdLog log = start()) {
      log.apply(batch(0, "a", "b"));
      log.apply(batch(2, "c", "d"));
    }
    Path file = file(0);
    byte[] whole = Files.readAllBytes(file);
    int second = whole.length / 2;
    for (int length = second; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      try (EventIdLog log = restart()) {
        assertThat(log.position()).as("cut at %d", length).isEqualTo(new Position(2));
        assertThat(known("a", "b", "c", "d")).containsExactly(true, true, false, false);
        log.apply(batch(2, "c", "d"));
      }
      assertThat(file).as("cut at %d", length).hasBinaryContent(whole);
    }
  }

  @Test
  void aByteThatIsDamagedEndsWhatIsRead() throws Exception {
    try (EventIdLog log = start()) {
      log.apply(batch(0, "a"));
      log.apply(batch(1, "b"));
    }
    Path file = file(0);
    byte[] whole = Files.readAllBytes(file);
    for (int at = whole.length / 2; at < whole.length; at++) {
      byte[] damaged = whole.clone();
      damaged[at] ^= 0x40;
      Files.write(file, damaged);
      try (EventIdLog log = restart()) {
        assertThat(log.position()).as("flipped at %d", at).isEqualTo(new Position(1));
        assertThat(known("a", "b")).containsExactly(true, false);
      }
    }
  }

  @Test
  void anErrorOfTheDiskLosesNothing() throws Exception {
    try (EventIdLog log = start()) {
      Files.delete(folder);
      assertThatThrownBy(() -> log.apply(batch(0, "a")))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining(folder.toString());
      assertThat(log.position()).isEqualTo(Position.START);
      Files.createDirectory(folder);
      log.apply(batch(0, "a"));
    }
    try (EventIdLog log = restart()) {
      assertThat(log.position()).isEqualTo(new Position(1));
      assertThat(known("a")).containsExactly(true);
    }
  }

  @Test
  void theWindowsBoundHoldsAfterARestart() throws Exception {
    try (EventIdLog log = start()) {
      log.apply(batch(0, IntStream.range(0, 20).mapToObj(i -> "e" + i).toArray(String[]::new)));
    }
    window = new EventIdWindow(10);
    try (EventIdLog _ = open()) {
      assertThat(window.size()).isEqualTo(10);
      assertThat(known("e10", "e19")).containsExactly(true, true);
      assertThat(known("e9")).containsExactly(false);
    }
  }

  @Test
  void anIdIsKnownForADayAlsoAfterARestart() throws Exception {
    try (EventIdLog log = start()) {
      log.apply(batch(0, "old"));
      now = now.plus(Duration.ofHours(23));
      log.apply(batch(1, "new"));
    }
    now = now.plus(Duration.ofHours(2));
    try (EventIdLog _ = restart()) {
      assertThat(known("old", "new")).containsExactly(false, true);
    }
  }

  /** A file takes about a sixteenth of the window: 250,000 ids. */
  @Test
  void filesOfWhichTheWindowRemembersNothingAreDropped() throws Exception {
    long position = 0;
    try (EventIdLog log = start()) {
      for (int i = 0; i < 32; i++) {
        String[] ids = new String[EventBlock.MAX_ROWS];
        Arrays.setAll(ids, n -> "id" + n);
        log.apply(batch(position, ids));
        position += ids.length;
      }
      log.apply(batch(position, "second file"));
      position++;
      assertThat(files()).hasSize(2);
      now = now.plus(Duration.ofHours(25));
      log.apply(batch(position, "later"));
      assertThat(files()).hasSize(1);
    }
    try (EventIdLog log = restart()) {
      assertThat(log.position()).isEqualTo(new Position(position + 1));
      assertThat(known("later", "id7")).containsExactly(true, false);
    }
  }

  /** The journal had it, this log had not: the crash came in between. */
  @Test
  void aRepeatIsKnownAfterACrashOnceTheJournalIsReadAgain() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    Path journal = folder.resolve("journal");
    try (CollectorFixture before = new CollectorFixture(journal)) {
      CollectorFixture.get(before.way().send(event));
    }
    try (CollectorFixture after = new CollectorFixture(journal);
        EventIdLog log = new EventIdLog(folder.resolve("ids"), after.ids, () -> now)) {
      log.start();
      Consumers consumers = new Consumers(after.journal, List.of(log), new SimpleMeterRegistry());
      try (consumers) {
        consumers.start();
        consumers
            .reached(log.name(), new Position(after.journal.end()))
            .get(CollectorFixture.LONG.toSeconds(), TimeUnit.SECONDS);
        assertThat(CollectorFixture.get(after.way().send(event)).duplicates()).isEqualTo(1);
      }
    }
  }

  private EventIdLog start() {
    return open();
  }

  private EventIdLog restart() {
    window = new EventIdWindow();
    return open();
  }

  private EventIdLog open() {
    EventIdLog log = new EventIdLog(folder, window, () -> now);
    log.start();
    return log;
  }

  private Boolean[] known(String... ids) {
    return Stream.of(ids)
        .map(id -> !window.add(hash(id), now.getEpochSecond()))
        .toArray(Boolean[]::new);
  }

  private static EventIdHash hash(String id) {
    byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
    return EventIdHash.of(PROJECT, bytes, 0, bytes.length);
  }

  private static EventBatch batch(long first, String... ids) {
    return new EventBatch(List.of(block(first, ids)));
  }

  /** Events with these ids; {@code null} for one to which its sender gave none. */
  private static EventBlock block(long first, String... ids) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (String id : ids) {
      builder.label(Field.PROJECT_ID, PROJECT, 0, PROJECT.length);
      if (id != null) {
        byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
        builder.text(Field.EVENT_ID, bytes, 0, bytes.length);
      }
      builder.endRow();
    }
    return new EventBlock(new Position(first), builder.seal(0));
  }

  private Path file(long first) {
    return folder.resolve("%020d.ids".formatted(first));
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }
}
