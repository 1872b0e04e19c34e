package io.puraify.blackbox.journal;

import static io.puraify.blackbox.journal.JournalFixture.LONG;
import static io.puraify.blackbox.journal.JournalFixture.append;
import static io.puraify.blackbox.journal.JournalFixture.bytes;
import static io.puraify.blackbox.journal.JournalFixture.open;
import static io.puraify.blackbox.journal.JournalFixture.segments;
import static io.puraify.blackbox.journal.JournalFixture.texts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JournalTailTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  @TempDir Path folder;

  @Test
  void whatIsNewComesFromMemory() throws Exception {
    try (Journal journal = open(folder);
        JournalTail tail = journal.tail(0)) {
      append(journal, "a", "b");
      Files.delete(segments(folder).getFirst());
      assertThat(texts(tail.next(10, LONG))).containsExactly("a", "b");
      assertThat(tail.position()).isEqualTo(2);
    }
  }

  @Test
  void whatIsOldComesFromTheFiles() throws Exception {
    try (Journal journal = open(options(100))) {
      append(journal, "a", "b", "c", "d");
    }
    try (Journal journal = open(options(100));
        JournalTail tail = journal.tail(1)) {
      assertThat(texts(tail.next(10, LONG))).containsExactly("b", "c", "d");
      append(journal, "e");
      assertThat(texts(tail.next(10, LONG))).containsExactly("e");
    }
  }

  /** Readers at every distance behind a writer, over many hand-overs from files to memory. */
  @ParameterizedTest
  @EnumSource
  void nothingIsSkippedOrRepeatedWhileOthersWrite(Sync sync) throws Exception {
    int total = 3_000;
    JournalOptions options =
        JournalOptions.in(folder).withSync(sync).withSegmentBytes(4_000).withRecentBytes(2_000);
    try (Journal journal = open(options)) {
      AtomicReference<Throwable> trouble = new AtomicReference<>();
      List<Thread> readers =
          List.of(reader(journal, total, 1, trouble), reader(journal, total, 7, trouble));
      for (int i = 0; i < total; i++) {
        CompletableFuture<Long> done = journal.append(payload(i), 1);
        if (i % 50 == 0) {
          done.join();
        }
      }
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(trouble.get()).isNull();
    }
  }

  private static Thread reader(
      Journal journal, int total, int maxEvents, AtomicReference<Throwable> trouble) {
    return Thread.ofPlatform()
        .start(() -> {
          Random random = new Random(maxEvents);
          try (JournalTail tail = journal.tail(0)) {
            long next = 0;
            while (next < total) {
              for (JournalRecord record : tail.next(maxEvents, LONG)) {
                assertThat(record.first()).isEqualTo(next);
                assertThat(record.payload()).isEqualTo(payload((int) next));
                next = record.end();
              }
              if (random.nextInt(40) == 0) {
                Thread.sleep(1);
              }
            }
          } catch (Throwable e) {
            trouble.set(e);
          }
        });
  }

  private static byte[] payload(int i) {
    return bytes("record " + i + " " + "x".repeat(i % 90));
  }

  @Test
  void aReaderMayBeginInTheMiddleOfARecord() throws Exception {
    try (Journal journal = open(folder)) {
      journal.append(bytes("ten"), 10).join();
      journal.append(bytes("five"), 5).join();
    }
    for (boolean fromFiles : new boolean[] {true, false}) {
      try (Journal journal = open(folder)) {
        if (!fromFiles) {
          JournalTail reading = journal.tail(0);
          journal.durable().add(reading.next(100, LONG), 15);
        }
        try (JournalTail tail = journal.tail(4)) {
          assertThat(tail.position()).isEqualTo(4);
          assertThat(tail.next(100, LONG))
              .extracting(JournalRecord::first, JournalRecord::end)
              .containsExactly(
                  org.assertj.core.groups.Tuple.tuple(0L, 10L),
                  org.assertj.core.groups.Tuple.tuple(10L, 15L));
          assertThat(tail.position()).isEqualTo(15);
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aCallReturnsNoMoreEventsThanAskedForButAlwaysARecord(boolean fromFiles) throws Exception {
    Journal journal = open(folder);
    for (int events : new int[] {10, 2, 3, 1}) {
      journal.append(bytes("r" + events), events).join();
    }
    if (fromFiles) {
      journal.close();
      journal = open(folder);
    }
    try (Journal _ = journal;
        JournalTail tail = journal.tail(0)) {
      assertThat(texts(tail.next(5, LONG))).containsExactly("r10");
      assertThat(texts(tail.next(5, LONG))).containsExactly("r2", "r3");
      assertThat(texts(tail.next(5, LONG))).containsExactly("r1");
      assertThat(tail.next(5, AT_ONCE)).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 4})
  void aPositionThatTheJournalDoesNotHoldIsRefused(long position) {
    try (Journal journal = open(options(1))) {
      append(journal, "a", "b", "c");
      journal.trim(1);
      assertThatThrownBy(() -> journal.tail(position))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining(
              "holds positions 1 to 3, but a reader wants to go on at " + position)
          .hasMessageContaining("Restore both from the same copy");
      assertThatThrownBy(() -> journal.tail(position)).hasMessageContaining(folder.toString());
    }
  }

  @Test
  void aReaderWhosePlaceIsTrimmedIsTold() throws Exception {
    try (Journal journal = open(options(1));
        JournalTail tail = journal.tail(0)) {
      append(journal, "a", "b", "c");
      journal.trim(2);
      assertThatThrownBy(() -> tail.next(10, AT_ONCE))
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("position 0 was trimmed");
    }
  }

  @Test
  void aReaderWhoseFileIsDeletedUnderItIsToldAndMayTryAgain() throws Exception {
    try (Journal journal = open(options(1));
        JournalTail tail = journal.tail(0)) {
      append(journal, "a", "b", "c");
      Path file = segments(folder).getFirst();
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(() -> tail.next(10, AT_ONCE))
            .isInstanceOf(JournalException.class)
            .hasMessageContaining("position 0 was trimmed");
      }
      Files.write(file, content);
      assertThat(texts(tail.next(10, AT_ONCE))).containsExactly("a", "b", "c");
    }
  }

  /** Files may be damaged after the start has looked at them. */
  @Test
  void damageIsMetWhereItIsAndWhatIsBeforeItIsStillRead() throws Exception {
    try (Journal journal = open(folder)) {
      append(journal, "first", "second", "third");
    }
    Path file = segments(folder).getFirst();
    byte[] whole = Files.readAllBytes(file);
    int second = Segment.HEADER_BYTES + Frame.HEADER_BYTES + "first".length();
    try (Journal journal = open(folder)) {
      for (int at = second; at < second + Frame.HEADER_BYTES + "second".length(); at++) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 0x20;
        Files.write(file, damaged);
        try (JournalTail tail = journal.tail(0)) {
          assertThat(texts(tail.next(10, AT_ONCE))).containsExactly("first");
          assertThatThrownBy(() -> tail.next(10, AT_ONCE))
              .as("flipped at %d", at)
              .isInstanceOf(JournalException.class)
              .hasMessageStartingWith(file + " is damaged at offset " + second);
          Files.write(file, whole);
          assertThat(texts(tail.next(10, AT_ONCE))).containsExactly("second", "third");
        }
      }
      Files.write(file, java.util.Arrays.copyOf(whole, whole.length - 1));
      try (JournalTail tail = journal.tail(2)) {
        assertThatThrownBy(() -> tail.next(10, AT_ONCE))
            .isInstanceOf(JournalException.class)
            .hasMessageStartingWith("cannot read the journal at position 2: the file ends at");
      }
    }
  }

  @Test
  void aReaderThatIsInterruptedStopsAndMayGoOn() throws Exception {
    try (Journal journal = open(folder)) {
      append(journal, "a");
    }
    try (Journal journal = open(folder);
        JournalTail tail = journal.tail(0)) {
      // Set when the wait is over already, so that it is the read that meets it.
      Throwable thrown =
          catchThrowable(() -> {
            Thread.currentThread().interrupt();
            tail.next(10, AT_ONCE);
          });
      assertThat(thrown).isInstanceOf(InterruptedException.class);
      assertThat(Thread.interrupted()).isFalse();
      assertThat(texts(tail.next(10, AT_ONCE))).containsExactly("a");
    }
  }

  @Test
  void closingTheJournalEndsTheWaiting() throws Exception {
    Journal journal = open(folder);
    JournalTail tail = journal.tail(0);
    CompletableFuture<List<JournalRecord>> waiting =
        CompletableFuture.supplyAsync(() -> {
          try {
            return tail.next(10, LONG);
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
        });
    Thread.sleep(20);
    journal.close();
    assertThat(waiting.get(10, java.util.concurrent.TimeUnit.SECONDS)).isEmpty();
  }

  /** A record that was made durable and never shown, as after a failure in between. */
  @Test
  void aGapInMemoryIsFilledFromTheFiles() throws Exception {
    DurableRecords durable = new DurableRecords(1_000);
    durable.add(List.of(record(0), record(1)), 2);
    durable.add(List.of(record(3)), 4);
    assertThat(durable.from(0, 100)).extracting(JournalRecord::first).containsExactly(0L, 1L);
    assertThat(durable.from(2, 100)).isEmpty();
    assertThat(durable.from(3, 100)).extracting(JournalRecord::first).containsExactly(3L);
  }

  @Test
  void memoryIsBounded() {
    DurableRecords durable = new DurableRecords(40);
    for (int i = 0; i < 10; i++) {
      durable.add(List.of(record(i)), i + 1);
    }
    assertThat(durable.from(5, 100)).isEmpty();
    assertThat(durable.from(6, 100)).hasSize(4);
  }

  @Test
  void oneReadFromMemoryIsBoundedInBytes() {
    DurableRecords durable = new DurableRecords(64 << 20);
    for (int i = 0; i < 6; i++) {
      durable.add(List.of(new JournalRecord(i, 1, new byte[5 << 20])), i + 1);
    }
    assertThat(durable.from(0, 100)).extracting(JournalRecord::first).containsExactly(0L, 1L, 2L);
    assertThat(durable.from(3, 100)).extracting(JournalRecord::first).containsExactly(3L, 4L, 5L);
  }

  @Test
  void whatIsForgottenIsNotKeptInMemory() {
    DurableRecords durable = new DurableRecords(1_000);
    durable.add(List.of(record(0), record(1), record(2)), 3);
    durable.forget(2);
    assertThat(durable.from(1, 100)).isEmpty();
    assertThat(durable.from(2, 100)).hasSize(1);
  }

  @Test
  void whatAllWhoFollowHaveReadIsNotKeptInMemoryAndWhoLagsReadsFiles() throws Exception {
    try (Journal journal = open(folder);
        JournalTail one = journal.tail(0);
        JournalTail other = journal.tail(0)) {
      append(journal, "first", "second");
      assertThat(texts(one.next(10, AT_ONCE))).containsExactly("first", "second");
      assertThat(journal.durable().oldest()).isEqualTo(0);
      assertThat(texts(other.next(10, AT_ONCE))).containsExactly("first", "second");
      assertThat(journal.durable().oldest()).isEqualTo(2);

      try (JournalTail lagging = journal.tail(0)) {
        append(journal, "third");
        one.next(10, AT_ONCE);
        other.next(10, AT_ONCE);
        assertThat(journal.durable().oldest()).isEqualTo(3);
        assertThat(texts(lagging.next(10, AT_ONCE))).containsExactly("first", "second", "third");
      }
    }
  }

  @Test
  void whoHasStoppedReadingKeepsNothingInMemory() throws Exception {
    try (Journal journal = open(folder);
        JournalTail one = journal.tail(0)) {
      JournalTail other = journal.tail(0);
      append(journal, "first");
      one.next(10, AT_ONCE);
      assertThat(journal.durable().oldest()).isEqualTo(0);
      other.close();
      assertThat(journal.durable().oldest()).isEqualTo(1);
    }
  }

  private static JournalRecord record(long first) {
    return new JournalRecord(first, 1, ByteBuffer.allocate(10).array());
  }

  private JournalOptions options(long segmentBytes) {
    return JournalOptions.in(folder).withSegmentBytes(segmentBytes).withRecentBytes(0);
  }
}
