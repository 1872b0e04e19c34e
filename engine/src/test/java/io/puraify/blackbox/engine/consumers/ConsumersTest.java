package io.puraify.blackbox.engine.consumers;

import static io.puraify.blackbox.engine.NumberedEvents.block;
import static io.puraify.blackbox.engine.NumberedEvents.messages;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalException;
import io.puraify.blackbox.journal.JournalOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConsumersTest {

  @TempDir Path folder;
  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final RecordingConsumer consumer = new RecordingConsumer("store", 0);
  private Journal journal;
  private Consumers consumers;

  @BeforeEach
  void open() {
    // Little in memory and small segments, so that who lags reads many files.
    journal = new Journal(JournalOptions.in(folder).withSegmentBytes(2_000).withRecentBytes(300));
    journal.start();
    consumers = new Consumers(journal, List.of(consumer), registry);
  }

  @AfterEach
  void close() {
    consumer.release();
    consumers.close();
    journal.close();
  }

  @Test
  void aConsumerCatchesUpFromTheFilesAndFollowsWhileMoreIsWritten() throws Exception {
    append(0, 500);
    consumers.start();
    for (int i = 500; i < 2_000; i += 10) {
      append(i, i + 10);
    }
    reach(2_000);
    assertThat(consumer.messages()).isEqualTo(messages(0, 2_000));
  }

  @Test
  void aConsumerGoesOnFromItsPositionAlsoInTheMiddleOfARecord() throws Exception {
    append(0, 10);
    journal.append(block(10, 20), 10).join();
    append(20, 25);
    RecordingConsumer behind = new RecordingConsumer("behind", 13);
    try (Consumers more = new Consumers(journal, List.of(behind), registry)) {
      more.start();
      behind.awaitPosition(25);
    }
    assertThat(behind.messages()).isEqualTo(messages(13, 25));
  }

  @Test
  void batchesGrowWithWhatIsThere() throws Exception {
    consumer.hold();
    consumers.start();
    append(0, 1);
    consumer.awaitAttempts(1);
    append(1, 200);
    consumer.release();
    reach(200);
    assertThat(consumer.batches()).hasSizeLessThan(10);
  }

  static List<Supplier<Throwable>> failures() {
    return List.of(
        () -> new IllegalStateException("the store is away"),
        () -> new OutOfMemoryError("the store is away"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void whatCannotBeAppliedIsTriedUntilItCanAndNothingIsSkipped(Supplier<Throwable> failure)
      throws Exception {
    consumer.failNext(2, failure);
    consumers.start();
    append(0, 3);
    CompletableFuture<Void> reached = consumers.reached("store", new Position(3));
    consumer.awaitAttempts(2);
    assertThat(consumers.check())
        .containsEntry("store", Health.down("cannot apply events from 0 on: the store is away"));
    assertThat(reached).isNotDone();
    append(3, 5);

    reached.get(120, SECONDS);
    reach(5);
    assertThat(consumer.messages()).isEqualTo(messages(0, 5));
    assertThat(consumers.check()).containsEntry("store", Health.up("0 events behind"));
  }

  @Test
  void aConsumerThatWaitsForSomebodyElseIsAskedAgainAndNotBroken() throws Exception {
    consumer.failNext(3, () -> new PostponedException("datadog is away", Duration.ofMillis(50)));
    consumers.start();
    append(0, 3);
    consumer.awaitAttempts(2);
    assertThat(consumers.check())
        .containsEntry("store", Health.up("3 events behind: datadog is away"));
    reach(3);
    assertThat(consumer.messages()).isEqualTo(messages(0, 3));
    assertThat(consumers.check()).containsEntry("store", Health.up("0 events behind"));
  }

  @Test
  void whatAConsumerHasDoneOfABatchIsForgottenWhileItWaits() throws Exception {
    append(0, 500);
    long all = journal.bytes();
    consumer.moveBeforeFailing();
    consumer.failNext(
        Integer.MAX_VALUE, () -> new PostponedException("away", Duration.ofMillis(5)));
    consumers.start();
    consumer.awaitAttempts(3);
    long deadline = System.nanoTime() + SECONDS.toNanos(120);
    while (journal.bytes() > all / 2) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
    consumer.failNext(0, () -> new IllegalStateException("never"));
  }

  @Test
  void aBatchIsNoLargerThanItsConsumerWants() throws Exception {
    consumer.wantsAtMost(20);
    append(0, 200);
    consumers.start();
    reach(200);
    assertThat(consumer.batches()).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(20));
    assertThat(consumer.messages()).isEqualTo(messages(0, 200));
  }

  /** What is read last, up to 16 MiB, may make a batch larger. */
  @Test
  void aBatchHasAboutAsManyBytesAsItsConsumerWants() throws Exception {
    consumer.isFullAfterBytes(1 << 20);
    EventBlockBuilder builder = new EventBlockBuilder();
    builder.text(Field.MESSAGE, new byte[2 << 20], 0, 2 << 20);
    builder.endRow();
    byte[] large = builder.seal(0);
    assertThat(large).hasSizeGreaterThan(2 << 20);
    for (int i = 0; i < 20; i++) {
      journal.append(large, 1).join();
    }
    consumers.start();
    reach(20);
    assertThat(consumer.batches()).allSatisfy(size -> assertThat(size).isLessThanOrEqualTo(8));
    assertThat(consumer.messages()).hasSize(20);
  }

  @Test
  void whatCannotBeReadIsTriedUntilItCanAndNothingIsSkipped() throws Exception {
    append(0, 100);
    Path damaged = segments().getFirst();
    byte[] whole = Files.readAllBytes(damaged);
    byte[] flipped = whole.clone();
    flipped[flipped.length - 1] ^= 1;
    Files.write(damaged, flipped);

    consumers.start();
    long deadline = System.nanoTime() + SECONDS.toNanos(120);
    while (consumers.check().get("store").healthy()) {
      assertThat(System.nanoTime()).isLessThan(deadline);

      Thread.sleep(5);
    }
    assertThat(consumers.check().get("store").detail())
        .startsWith("cannot read the journal: " + damaged + " is damaged at offset ");
    assertThat(consumer.messages()).as("what is before it").isNotEmpty();

    Files.write(damaged, whole);
    reach(100);
    assertThat(consumer.messages()).isEqualTo(messages(0, 100));
  }

  @Test
  void whoWaitsIsToldWhenItsEventsAreApplied() throws Exception {
    append(0, 10);
    consumers.start();
    reach(10);
    assertThat(consumers.reached("store", new Position(10))).isCompleted();
    assertThat(consumers.reached("store", Position.START)).isCompleted();

    consumer.hold();
    CompletableFuture<Void> next = consumers.reached("store", new Position(11));
    CompletableFuture<Void> later = consumers.reached("store", new Position(12));
    append(10, 11);
    consumer.awaitAttempts(2);
    assertThat(next).isNotDone();
    consumer.release();
    next.get(120, SECONDS);
    assertThat(later).isNotDone();
    append(11, 12);
    later.get(120, SECONDS);
  }

  @Test
  void whoWaitsNoLongerIsForgotten() {
    consumers.start();
    CompletableFuture<Void> reached = consumers.reached("store", new Position(1));
    assertThat(gauge("blackbox.consumer.waiters")).isEqualTo(1);
    assertThatThrownBy(() -> reached.orTimeout(1, MILLISECONDS).join())
        .hasCauseInstanceOf(TimeoutException.class);
    assertThat(gauge("blackbox.consumer.waiters")).isZero();
  }

  @Test
  void closingTellsWhoStillWaits() {
    consumers.start();
    CompletableFuture<Void> reached = consumers.reached("store", new Position(7));
    consumers.close();
    consumers.close();
    for (CompletableFuture<Void> waiting :
        List.of(reached, consumers.reached("store", new Position(7)))) {
      assertThatThrownBy(waiting::join)
          .isInstanceOf(CompletionException.class)
          .hasRootCauseMessage("store was stopped before it came to position 7");
    }
  }

  @Test
  void closingLetsTheBatchAtHandBeApplied() {
    consumer.hold();
    consumers.start();
    append(0, 5);
    consumer.awaitAttempts(1);
    CompletableFuture<Void> closed = CompletableFuture.runAsync(consumers::close);
    consumer.release();
    closed.orTimeout(120, SECONDS).join();
    assertThat(consumer.position().value()).isPositive();
  }

  @Test
  void closingDoesNotWaitForAConsumerThatFails() {
    consumer.failNext(Integer.MAX_VALUE, () -> new IllegalStateException("away"));
    consumers.start();
    append(0, 5);
    // The pause before the next attempt would be 3.2 s.
    consumer.awaitAttempts(6);
    long start = System.nanoTime();
    consumers.close();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
    assertThat(consumer.position()).isEqualTo(Position.START);
  }

  @Test
  void theJournalForgetsWhatTheSlowestHasApplied() throws Exception {
    RecordingConsumer slow = new RecordingConsumer("slow", 0);
    slow.hold();
    try (Consumers both = new Consumers(journal, List.of(consumer, slow), registry)) {
      both.start();
      append(0, 200);
      CompletableFuture<Void> all =
          both.reached(Set.of("store", "slow", "absent"), new Position(200));
      both.reached("store", new Position(200)).get(120, SECONDS);
      assertThat(all).isNotDone();
      assertThat(journal.firstPosition()).isEqualTo(0);
      slow.release();
      all.get(120, SECONDS);
      awaitTrimmed(150);
    } finally {
      slow.release();
    }
    assertThat(segments().size()).isLessThan(3);
  }

  /** Else a journal that is full after a crash stays full: nothing comes, nothing is applied. */
  @Test
  void whatIsAppliedAtTheStartIsForgottenAtOnce() {
    append(0, 200);
    RecordingConsumer done = new RecordingConsumer("done", 200);
    try (Consumers restarted = new Consumers(journal, List.of(done), registry)) {
      restarted.start();
      assertThat(journal.firstPosition()).isGreaterThan(150);
    }
  }

  /**
   * Else a journal that is full of what was taken in stays full: nothing new wakes the consumer.
   */
  @Test
  void whatAConsumerStoresLaterIsForgottenThoughNothingComes() throws Exception {
    RecordingConsumer later = new RecordingConsumer("later", 0);
    later.storeLater();
    try (Consumers both = new Consumers(journal, List.of(consumer, later), registry)) {
      both.start();
      append(0, 200);
      both.reached("store", new Position(200)).get(120, SECONDS);
      later.awaitMessages(200);
      CompletableFuture<Void> reached = both.reached("later", new Position(200));
      assertThat(reached).isNotDone();
      assertThat(journal.firstPosition()).isEqualTo(0);

      later.storeNow();
      reached.get(120, SECONDS);
      awaitTrimmed(150);
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aConsumerStandsBackWhereItSaysSo() throws Exception {
    RecordingConsumer back = new RecordingConsumer("back", 0);
    back.standBack();
    append(0, 1);
    try (Consumers both = new Consumers(journal, List.of(consumer, back), registry)) {
      both.start();
      both.reached("store", new Position(1)).get(120, SECONDS);
      both.reached("back", new Position(1)).get(120, SECONDS);
      assertThat(niceness("consumer-store")).isZero();
      assertThat(niceness("consumer-back")).isEqualTo(10);
      CompletableFuture<Integer> told =
          both.reached("back", new Position(2)).thenApply(nothing -> nicenessHere());
      append(1, 2);
      assertThat(told.get(120, SECONDS)).as("of who is told").isZero();
    }
  }

  /** Of a thread of this process, as Linux tells it (proc_pid_stat(5), field 19). */
  private static int niceness(String thread) throws IOException {
    try (Stream<Path> threads = Files.list(Path.of("/proc/self/task"))) {
      String fields =
          threads
              .map(each -> read(each.resolve("stat")))
              .filter(stat -> stat.contains("(" + thread + ")"))
              .findFirst()
              .orElseThrow();
      return nicenessOf(fields);
    }
  }

  private static int nicenessOf(String stat) {
    return Integer.parseInt(stat.substring(stat.indexOf(')') + 2).split(" ", -1)[16]);
  }

  private static int nicenessHere() {
    return nicenessOf(read(Path.of("/proc/thread-self/stat")));
  }

  /** Nothing where a thread has ended meanwhile. */
  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aConsumerOfAnotherJournalIsRefused() {
    append(0, 5);
    RecordingConsumer ahead = new RecordingConsumer("ahead", 6);
    try (Consumers more = new Consumers(journal, List.of(ahead), registry)) {
      assertThatThrownBy(more::start)
          .isInstanceOf(JournalException.class)
          .hasMessageContaining("a reader wants to go on at 6");
    }
    assertThatThrownBy(() -> consumers.reached("nobody", Position.START))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("there is no consumer called nobody");
  }

  @Test
  void lagAndBatchesAreMeasured() throws Exception {
    consumer.hold();
    consumers.start();
    append(0, 8);
    consumer.awaitAttempts(1);
    assertThat(gauge("blackbox.consumer.lag.events")).isEqualTo(8);
    consumer.release();
    reach(8);
    assertThat(gauge("blackbox.consumer.lag.events")).isZero();
    var batches = registry.get("blackbox.consumer.batch.events").tag("consumer", "store").summary();
    assertThat(batches.totalAmount()).isEqualTo(8);
    assertThat(registry.get("blackbox.consumer.apply").tag("consumer", "store").timer().count())
        .isEqualTo(batches.count());
  }

  private double gauge(String name) {
    return registry.get(name).tag("consumer", "store").gauge().value();
  }

  private void reach(long position) throws Exception {
    consumers.reached("store", new Position(position)).get(120, SECONDS);
  }

  private void awaitTrimmed(long first) throws InterruptedException {
    long deadline = System.nanoTime() + SECONDS.toNanos(120);
    while (journal.firstPosition() < first) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
  }

  /** Appends events with their position as message, a block each. */
  private void append(int from, int to) {
    CompletableFuture<?>[] appends =
        IntStream.range(from, to)
            .mapToObj(i -> journal.append(block(i, i + 1), 1))
            .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(appends).join();
  }

  private List<Path> segments() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.sorted().toList();
    }
  }
}
