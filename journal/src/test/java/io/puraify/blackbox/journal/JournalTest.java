package io.puraify.blackbox.journal;

import static io.puraify.blackbox.journal.JournalFixture.LONG;
import static io.puraify.blackbox.journal.JournalFixture.append;
import static io.puraify.blackbox.journal.JournalFixture.bytes;
import static io.puraify.blackbox.journal.JournalFixture.open;
import static io.puraify.blackbox.journal.JournalFixture.records;
import static io.puraify.blackbox.journal.JournalFixture.reopened;
import static io.puraify.blackbox.journal.JournalFixture.segments;
import static io.puraify.blackbox.journal.JournalFixture.texts;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

@Isolated("a thread is looked for by its name")
class JournalTest {

  @TempDir Path folder;

  @Test
  void positionsCountEvents() {
    try (Journal journal = open(folder)) {
      assertThat(journal.append(bytes("a"), 1).join()).isEqualTo(0);
      assertThat(journal.append(bytes("bcd"), 3).join()).isEqualTo(1);
      assertThat(journal.append(bytes(""), 1).join()).isEqualTo(4);
      assertThat(journal.firstPosition()).isEqualTo(0);
      assertThat(journal.end()).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatWasAcknowledgedIsThereAfterReopening(Sync sync) throws Exception {
    JournalOptions options = JournalOptions.in(folder).withSync(sync);
    for (int start = 0; start < 3; start++) {
      try (Journal journal = open(options)) {
        assertThat(journal.end()).isEqualTo(2L * start);
        append(journal, "a" + start, "b" + start);
      }
    }
    assertThat(reopened(folder)).containsExactly("a0", "b0", "a1", "b1", "a2", "b2");
  }

  @Test
  void recordsThatWaitForASyncShareTheNext() throws Exception {
    AtomicInteger syncs = new AtomicInteger();
    Semaphore written = new Semaphore(0);
    Semaphore go = new Semaphore(0);
    JournalOptions options =
        JournalOptions.in(folder)
            .withFaultPoint(point -> {
              if (point.equals("journal.written")) {
                written.release();
                go.acquireUninterruptibly();
              } else if (point.equals("journal.synced")) {
                syncs.incrementAndGet();
              }
            });
    try (Journal journal = open(options)) {
      CompletableFuture<Long> first = journal.append(bytes("first"), 1);
      written.acquire();
      List<CompletableFuture<Long>> others = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        others.add(journal.append(bytes("other"), 1));
      }
      assertThat(first).isNotDone();
      go.release(2);
      CompletableFuture.allOf(others.toArray(CompletableFuture[]::new)).join();
      assertThat(first).isCompletedWithValue(0L);
      assertThat(others.getLast()).isCompletedWithValue(100L);
      assertThat(syncs).hasValue(2);
    }
  }

  @Test
  void nothingIsAcknowledgedOrShownBeforeItIsSynced() throws Exception {
    CountDownLatch written = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    JournalOptions options =
        JournalOptions.in(folder)
            .withFaultPoint(point -> {
              if (point.equals("journal.written")) {
                written.countDown();
                await(go);
              }
            });
    try (Journal journal = open(options);
        JournalTail tail = journal.tail(0)) {
      CompletableFuture<Long> append = journal.append(bytes("a"), 1);
      written.await();
      assertThat(append).isNotDone();
      assertThat(journal.end()).isEqualTo(0);
      assertThat(tail.next(10, Duration.ofMillis(20))).isEmpty();
      go.countDown();
      assertThat(append.join()).isEqualTo(0);
      assertThat(texts(tail.next(10, LONG))).containsExactly("a");
    }
  }

  @Test
  void withAnIntervalAnAppendDoesNotWaitForTheSyncButReadersDo() throws Exception {
    CountDownLatch synced = new CountDownLatch(1);
    JournalOptions options =
        JournalOptions.in(folder)
            .withSync(Sync.INTERVAL)
            .withFaultPoint(point -> {
              if (point.equals("journal.synced")) {
                synced.countDown();
              }
            });
    try (Journal journal = open(options);
        JournalTail tail = journal.tail(0)) {
      append(journal, "a");
      assertThat(texts(tail.next(10, LONG))).containsExactly("a");
      assertThat(synced.await(LONG.toSeconds(), SECONDS)).isTrue();
    }
  }

  @Test
  void eachThreadsPositionsAreInTheOrderOfItsCalls() throws Exception {
    int threads = 8;
    int each = 400;
    JournalOptions options = JournalOptions.in(folder).withSegmentBytes(20_000);
    List<List<Long>> positions = new ArrayList<>();
    try (Journal journal = open(options)) {
      List<Thread> running = new ArrayList<>();
      for (int t = 0; t < threads; t++) {
        List<Long> mine = new ArrayList<>();
        positions.add(mine);
        int thread = t;
        running.add(
            Thread.ofPlatform()
                .start(() -> {
                  List<CompletableFuture<Long>> appends = new ArrayList<>();
                  for (int i = 0; i < each; i++) {
                    appends.add(journal.append(bytes(thread + "/" + i), 1 + i % 3));
                  }
                  appends.forEach(append -> mine.add(append.join()));
                }));
      }
      for (Thread thread : running) {
        thread.join();
      }
    }

    assertThat(positions)
        .allSatisfy(mine -> assertThat(mine).hasSize(each).isSorted().doesNotHaveDuplicates());
    try (Journal journal = open(options)) {
      for (JournalRecord record : records(journal, 0)) {
        String[] name = new String(record.payload(), StandardCharsets.UTF_8).split("/", 2);
        int i = Integer.parseInt(name[1]);
        assertThat(record.events()).isEqualTo(1 + i % 3);
        assertThat(positions.get(Integer.parseInt(name[0])).get(i)).isEqualTo(record.first());
      }
      assertThat(records(journal, 0)).hasSize(threads * each);
      assertThat(segments(folder)).hasSizeGreaterThan(2);
    }
  }

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "1,33554433"})
  void aRecordHasLimits(int events, int bytes) {
    try (Journal journal = open(folder)) {
      assertThatThrownBy(() -> journal.append(new byte[bytes], events))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("at least 1 event and at most 33554432 bytes");
    }
  }

  @ParameterizedTest
  @CsvSource({"0,10", "6,10", "2147483648,9223372036854775807"})
  void optionsThatCannotWorkAreRefused(long segmentBytes, long maxBytes) {
    JournalOptions usual = JournalOptions.in(folder);
    assertThatThrownBy(() ->
            new JournalOptions(folder, Sync.ALWAYS, segmentBytes, maxBytes, 0, usual.faultPoint()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void segmentsThatAllReadersArePastAreTrimmed() throws Exception {
    JournalOptions options = JournalOptions.in(folder).withSegmentBytes(1_000);
    long bytes;
    try (Journal journal = open(options)) {
      for (int i = 0; i < 10; i++) {
        journal.append(new byte[1_000], 10).join();
      }
      assertThat(segments(folder)).hasSize(10);

      journal.trim(29);
      assertThat(journal.firstPosition()).isEqualTo(20);
      journal.trim(30);
      assertThat(journal.firstPosition()).isEqualTo(30);
      assertThat(segments(folder)).hasSize(7);
      journal.trim(5);
      assertThat(journal.firstPosition()).isEqualTo(30);
      journal.trim(100);
      assertThat(journal.firstPosition()).isEqualTo(90);
      bytes = journal.bytes();
    }
    assertThat(segments(folder))
        .hasSize(1)
        .first()
        .extracting(Path::toFile)
        .returns(bytes, File::length);
    try (Journal journal = open(options)) {
      assertThat(journal.firstPosition()).isEqualTo(90);
      assertThat(journal.end()).isEqualTo(100);
    }
  }

  @Test
  void theBoundTurnsIntoARefusalUntilReadersHaveCaughtUp() {
    JournalOptions options =
        JournalOptions.in(folder).withSegmentBytes(10_000).withMaxBytes(40_000);
    try (Journal journal = open(options)) {
      long end = fill(journal, 5_000);
      assertThat(journal.bytes()).isBetween(35_000L, 40_000L);
      assertThatThrownBy(() -> journal.append(new byte[5_000], 1).join())
          .cause()
          .isInstanceOfSatisfying(
              JournalFullException.class,
              e -> assertThat(e.retryAfter()).isEqualTo(Duration.ofSeconds(5)))
          .hasMessage(
              "the journal holds 40,000 bytes, as many as it may, until the stores have caught up");
      assertThat(journal.end()).isEqualTo(end);

      journal.trim(end / 2);
      assertThat(journal.append(new byte[5_000], 1).join()).isEqualTo(end);
      assertThat(journal.bytes()).isLessThanOrEqualTo(40_000);
    }
  }

  @Test
  void bytesForAReaderAreThoseThatItHasNotRead() {
    JournalOptions options =
        JournalOptions.in(folder).withSegmentBytes(10_000).withMaxBytes(40_000);
    try (Journal journal = open(options)) {
      assertThat(journal.bytesFrom(0)).isBetween(0L, 100L);
      long end = fill(journal, 1_000);
      assertThat(journal.bytesFrom(0)).isEqualTo(journal.bytes());
      assertThat(journal.bytesFrom(end)).isZero();
      long before = journal.bytes();
      for (long position = 1; position <= end; position++) {
        long now = journal.bytesFrom(position);
        assertThat(before - now).as("of the event at %d", position - 1).isBetween(1_000L, 1_100L);
        before = now;
      }
      journal.trim(end / 2);
      assertThat(journal.bytesFrom(0)).isEqualTo(journal.bytes());
    }
  }

  /** The last segment is never trimmed as long as it may grow; here it is all that there is. */
  @ParameterizedTest
  @EnumSource
  void aJournalFullOfWhatNobodyNeedsMakesRoomByItself(Sync sync) throws Exception {
    JournalOptions options =
        JournalOptions.in(folder)
            .withSync(sync)
            .withSegmentBytes(20_000)
            .withMaxBytes(40_000)
            .withSegmentBytes(20_000);
    try (Journal journal = open(options)) {
      append(journal, "x".repeat(19_000));
      append(journal, "y".repeat(19_000));
      assertThat(segments(folder)).hasSize(1);
      awaitEnd(journal, 2);
      journal.trim(2);
      // Nobody calls trim again: only a refused append tells that there is need of room.
      awaitRoom(journal, 19_000);
      awaitEnd(journal, 3);
      assertThat(journal.firstPosition()).isEqualTo(2);
    }
    assertThat(reopened(folder)).containsExactly("z".repeat(19_000));
  }

  @Test
  void aTrimThatFailsLeavesNoGap() throws Exception {
    JournalOptions options = JournalOptions.in(folder).withSegmentBytes(100);
    try (Journal journal = open(options)) {
      for (int i = 0; i < 4; i++) {
        journal.append(new byte[100], 1).join();
      }
      Path oldest = segments(folder).getFirst();
      byte[] content = Files.readAllBytes(oldest);
      Files.delete(oldest);
      // A folder in its place that is not empty cannot be deleted, not even by root.
      Files.createDirectories(oldest.resolve("stuck"));
      journal.trim(3);
      assertThat(segments(folder)).hasSize(4);
      assertThat(journal.firstPosition()).isEqualTo(0);

      Files.delete(oldest.resolve("stuck"));
      Files.delete(oldest);
      Files.write(oldest, content);
      journal.trim(3);
      assertThat(segments(folder)).hasSize(1);
      assertThat(journal.firstPosition()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void closingWritesWhatWaits(Sync sync) throws Exception {
    List<CompletableFuture<Long>> appends = new ArrayList<>();
    Journal journal = open(JournalOptions.in(folder).withSync(sync));
    for (int i = 0; i < 500; i++) {
      appends.add(journal.append(bytes("e" + i), 1));
    }
    journal.close();
    assertThat(appends).allSatisfy(append -> assertThat(append).isCompleted());
    assertThat(reopened(folder)).hasSize(500).endsWith("e499");
  }

  @Test
  void closingTwiceIsFineAndAClosedJournalTakesNothing() {
    Journal journal = new Journal(JournalOptions.in(folder));
    assertThat(causeOf(journal.append(bytes("early"), 1)))
        .isInstanceOf(JournalException.class)
        .hasMessage("the journal is closed");
    journal.start();
    journal.close();
    journal.close();
    assertThat(causeOf(journal.append(bytes("late"), 1)))
        .isInstanceOf(JournalException.class)
        .hasMessage("the journal is closed");
    new Journal(JournalOptions.in(folder)).close();
  }

  @Test
  void appendsDuringCloseAreKeptOrRefusedButNeverForgotten() throws Exception {
    Journal journal = open(folder);
    List<CompletableFuture<Long>> appends = new ArrayList<>();
    Thread appender =
        Thread.ofPlatform()
            .start(() -> {
              for (int i = 0; i < 5_000; i++) {
                appends.add(journal.append(bytes("e" + i), 1));
              }
            });
    Thread.sleep(2);
    journal.close();
    appender.join();
    long kept = 0;
    for (CompletableFuture<Long> append : appends) {
      Throwable refused = catchThrowable(() -> append.get(120, SECONDS));
      kept += refused == null ? 1 : 0;
    }
    assertThat(reopened(folder)).hasSize((int) kept);
  }

  /** Where something goes wrong, and what. */
  static List<Arguments> faults() {
    return List.of(
        arguments("journal.written", new UncheckedIOException(new IOException("I/O error"))),
        arguments("journal.written", new OutOfMemoryError("Java heap space")),
        arguments("journal.segment-created", new IllegalStateException("a mistake")));
  }

  @ParameterizedTest
  @MethodSource("faults")
  void afterAFailureTheGroupIsGoneAndTheNextIsKept(String at, Throwable fault) throws Exception {
    AtomicInteger strikes = new AtomicInteger();
    JournalOptions options =
        JournalOptions.in(folder)
            .withSegmentBytes(200)
            .withFaultPoint(point -> {
              if (point.equals(at) && strikes.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
                strike(fault);
              }
            });
    try (Journal journal = open(options)) {
      append(journal, "first", "x".repeat(200));
      strikes.set(2);
      for (int i = 0; i < 2; i++) {
        assertThat(causeOf(journal.append(bytes("failed"), 1)))
            .isInstanceOf(JournalWriteException.class)
            .hasMessageStartingWith("the journal cannot be written: ");
      }
      assertThat(journal.append(bytes("next"), 1).join()).isEqualTo(2);
      assertThat(texts(journal)).containsExactly("first", "x".repeat(200), "next");
    }
    assertThat(reopened(folder)).containsExactly("first", "x".repeat(200), "next");
  }

  /** The promise of an interval: lost if the machine goes down, not because something failed. */
  @Test
  void whatWasAcknowledgedWithoutASyncOutlivesTheFailureOfAnother() throws Exception {
    AtomicInteger written = new AtomicInteger();
    JournalOptions options =
        JournalOptions.in(folder)
            .withSync(Sync.INTERVAL)
            .withFaultPoint(point -> {
              if (point.equals("journal.written") && written.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("every second group fails");
              }
            });
    List<String> kept = new ArrayList<>();
    try (Journal journal = open(options)) {
      for (int i = 0; i < 100; i++) {
        if (causeOf(journal.append(bytes("e" + i), 1)) == null) {
          kept.add("e" + i);
        }
      }
      assertThat(kept).hasSize(50);
      awaitEnd(journal, 50);
      assertThat(texts(journal)).isEqualTo(kept);
    }
    assertThat(reopened(folder)).isEqualTo(kept);
  }

  @Test
  void aJournalWhoseThreadHasEndedRefusesInsteadOfKeepingItsAppendersWaiting() throws Exception {
    try (Journal journal = open(folder)) {
      append(journal, "kept");
      Thread writing =
          Thread.getAllStackTraces().keySet().stream()
              .filter(thread -> thread.getName().equals("journal"))
              .findFirst()
              .orElseThrow();
      writing.interrupt();
      writing.join();
      assertThat(causeOf(journal.append(bytes("late"), 1)))
          .isInstanceOf(JournalException.class)
          .hasMessage("the journal has stopped after an error; restart to go on");
    }
    assertThat(reopened(folder)).containsExactly("kept");
  }

  private static void strike(Throwable fault) {
    if (fault instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) fault;
  }

  private static long fill(Journal journal, int bytes) {
    long end = 0;
    while (catchThrowable(() -> journal.append(new byte[bytes], 1).join()) == null) {
      end++;
    }
    return end;
  }

  private static void awaitRoom(Journal journal, int bytes) throws InterruptedException {
    long deadline = System.nanoTime() + LONG.toNanos();
    while (causeOf(journal.append(bytes("z".repeat(bytes)), 1)) != null) {
      assertThat(System.nanoTime()).as("still full").isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  private static void awaitEnd(Journal journal, long end) throws InterruptedException {
    assertThat(journal.durable().awaitBeyond(end - 1, LONG)).isTrue();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Why an append failed, or {@code null} where it did not. */
  private static Throwable causeOf(CompletableFuture<Long> append) {
    try {
      append.join();
      return null;
    } catch (CompletionException e) {
      return e.getCause();
    }
  }
}
