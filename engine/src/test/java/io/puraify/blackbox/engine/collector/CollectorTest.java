package io.puraify.blackbox.engine.collector;

import static io.puraify.blackbox.engine.collector.CollectorFixture.LONG;
import static io.puraify.blackbox.engine.collector.CollectorFixture.failureOf;
import static io.puraify.blackbox.engine.collector.CollectorFixture.get;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.collector.CollectorFixture.Way;
import io.puraify.blackbox.engine.collector.Rejection.Reason;
import io.puraify.blackbox.journal.JournalFullException;
import io.puraify.blackbox.journal.JournalWriteException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CollectorTest {

  @TempDir Path folder;
  private CollectorFixture fixture;
  private Way way;

  @BeforeEach
  void start() {
    fixture = new CollectorFixture(folder);
    way = fixture.way();
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          JSON   | {"project_id":"p","message":"a"}                                         | a
          JSON   | [{"project_id":"p","message":"a"},{"project_id":"p","message":"b"}]      | a,b
          JSON   | {"project_id":"p","message":"a"} {"project_id":"p","message":"b"}        | a,b
          JSON   | []                                                                       | ``
          NDJSON | {"project_id":"p","message":"a"}                                         | a
          NDJSON | {"project_id":"p","message":"a"}⏎{"project_id":"p","message":"b"}⏎⏎      | a,b
          NDJSON | ``                                                                       | ``
          """)
  void anObjectAnArrayAndLinesAreTaken(BodyFormat format, String body, String messages)
      throws Exception {
    List<String> expected = messages.isEmpty() ? List.of() : List.of(messages.split(","));
    IngestResult result = get(way.send(format, null, body.replace('⏎', '\n')));
    assertThat(result)
        .isEqualTo(
            new IngestResult(expected.size(), 0, 0, List.of(), new Position(expected.size())));
    assertThat(fixture.events()).extracting(event -> event.text(Field.MESSAGE)).isEqualTo(expected);
    assertThat(fixture.events())
        .allMatch(event -> event.receivedAtMicros() == Micros.of(CollectorFixture.NOW));
  }

  /** Cut anywhere, also inside of a character and of an escape. */
  @ParameterizedTest
  @EnumSource
  void aBodyMayArriveInPieces(BodyFormat format) throws Exception {
    String one = "{\"project_id\":\"p\",\"message\":\"é\\u00e9 😀\"}";
    String body = format == BodyFormat.JSON ? "[" + one + ",{}," + one + "]" : one + "\n{}\n" + one;
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    List<CompletableFuture<IngestResult>> results = new ArrayList<>();
    for (int cut = 0; cut <= bytes.length; cut++) {
      int at = cut;
      Ingest ingest = way.begin(format, null);
      way.run(() -> {
        ingest.feed(bytes, 0, at);
        ingest.feed(bytes, at, bytes.length);
        ingest.finish();
        return null;
      });
      results.add(ingest.result());
    }
    for (CompletableFuture<IngestResult> result : results) {
      assertThat(get(result).accepted()).isEqualTo(2);
      assertThat(get(result).rejections()).extracting(Rejection::index).containsExactly(1L);
    }
    assertThat(fixture.events())
        .hasSize(2 * results.size())
        .allMatch(event -> "éé 😀".equals(event.text(Field.MESSAGE)));
  }

  /** What it would have folded is worth less than the events. */
  @Test
  void whereTheStoringPolicyFailsEveryEventIsTaken() throws Exception {
    Collector failing =
        new Collector(
            fixture.journal,
            fixture.ids,
            RedactionOptions.DEFAULT,
            () ->
                block -> {
                  throw new IllegalStateException("there is no policy for this");
                },
            () -> CollectorFixture.NOW,
            new SimpleMeterRegistry());
    try (Way other = new Way(failing)) {
      String line = "{\"project_id\":\"p\",\"message\":\"a\"}";
      assertThat(get(other.send(line, line)).accepted()).isEqualTo(2);
      assertThat(get(other.send(line)).accepted()).isEqualTo(1);
    }
    assertThat(fixture.events()).hasSize(3);
  }

  @Test
  void eachRejectionSaysWhichItemWhereAndWhyAndTheOthersAreTaken() throws Exception {
    IngestResult result =
        get(
            way.send(
                "{\"project_id\":\"p\"}",
                "{\"message\":\"m\"}",
                "nonsense",
                "[]",
                "{\"project_id\":\"p\",\"ts\":\"soon\"}",
                "{\"project_id\":\"p\"}"));
    assertThat(result.accepted()).isEqualTo(2);
    assertThat(result.rejected()).isEqualTo(4);
    assertThat(result.rejections())
        .extracting(r -> r.index() + " " + r.reason() + " " + r.pointer())
        .containsExactly(
            "1 NO_PROJECT_ID /project_id",
            "2 NOT_JSON ",
            "3 NOT_AN_OBJECT ",
            "4 BAD_TIMESTAMP /ts");
    assertThat(result.rejections()).allMatch(r -> !r.detail().isBlank());
    assertThat(fixture.events()).hasSize(2);
  }

  @Test
  void ofManyRejectionsTheFirstAreListedAndAllAreCounted() throws Exception {
    IngestResult result = get(way.send("{}\n".repeat(1_500)));
    assertThat(result.rejected()).isEqualTo(1_500);
    assertThat(result.rejections()).hasSize(IngestResult.MAX_REJECTIONS);
    assertThat(result.rejections().getLast().index()).isEqualTo(999);
    assertThat(result.end()).isEqualTo(Position.START);
  }

  @ParameterizedTest
  @EnumSource
  void anItemHasAMebibyteAndNotAByteMore(BodyFormat format) throws Exception {
    String begin = "{\"project_id\":\"p\",\"x\":\"";
    String fits = begin + "y".repeat(EventDecoder.MAX_EVENT_BYTES - begin.length() - 2) + "\"}";
    String tooLong = fits.replace("\"}", "y\"}");
    String body = fits + "\n" + tooLong + "\n{\"project_id\":\"p\"}";
    IngestResult result = get(way.send(format, null, body));
    assertThat(result.accepted()).isEqualTo(2);
    assertThat(result.rejections())
        .extracting(Rejection::index, Rejection::reason)
        .containsExactly(org.assertj.core.groups.Tuple.tuple(1L, Reason.TOO_LARGE));
  }

  @Test
  void anEventIdThatComesAgainIsAcceptedAndNotStored() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    assertThat(get(way.send(event, event, event)).duplicates()).isEqualTo(2);
    IngestResult again = get(way.send(event, "{\"project_id\":\"p\",\"event_id\":\"e2\"}"));
    assertThat(again.accepted()).isEqualTo(2);
    assertThat(again.duplicates()).isEqualTo(1);
    assertThat(get(way.send("{\"project_id\":\"other\",\"event_id\":\"e1\"}")).duplicates())
        .isZero();
    assertThat(fixture.events()).extracting(Event::eventId).containsExactly("e1", "e2", "e1");
  }

  @Test
  void aRejectedItemDoesNotUseUpItsEventId() throws Exception {
    get(way.send("{\"project_id\":\"p\",\"event_id\":\"e1\",\"ts\":\"never\"}"));
    assertThat(get(way.send("{\"project_id\":\"p\",\"event_id\":\"e1\"}")).duplicates()).isZero();
  }

  @Test
  void aRequestWithAnIdempotencyKeyIsTakenOnce() throws Exception {
    String body = "{\"project_id\":\"p\"}\n{}\n{\"project_id\":\"p\",\"event_id\":\"own\"}";
    IngestResult first = get(way.send(BodyFormat.NDJSON, "key", body));
    IngestResult second = get(way.send(BodyFormat.NDJSON, "key", body));
    IngestResult other = get(way.send(BodyFormat.NDJSON, "other key", body));
    assertThat(first.duplicates()).isZero();
    assertThat(second.accepted()).isEqualTo(2);
    assertThat(second.duplicates()).isEqualTo(2);
    assertThat(other.duplicates()).isEqualTo(1);
    assertThat(fixture.events())
        .extracting(Event::eventId)
        .containsExactly("key/0", "own", "other key/0");
  }

  @Test
  void aRepeatIsAnsweredOnlyWhenTheFirstIsSafe() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    fixture.gate.hold();
    CompletableFuture<IngestResult> first = way.send(event);
    fixture.gate.awaitHeld();
    CompletableFuture<IngestResult> repeat = fixture.way().send(event);
    Thread.sleep(50);
    assertThat(first).isNotDone();
    assertThat(repeat).isNotDone();

    fixture.gate.release();
    assertThat(get(first).duplicates()).isZero();
    assertThat(get(repeat).duplicates()).isEqualTo(1);
    // Whoever waits until all of it can be found waits for the first copy.
    assertThat(get(repeat).end()).isEqualTo(new Position(1));
    assertThat(fixture.events()).hasSize(1);
  }

  /** The first copy may still wait for its block to fill when the repeat is met. */
  @Test
  void aRepeatOfWhatIsNotEvenOnItsWaySendsIt() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    Ingest open = way.begin(BodyFormat.NDJSON, null);
    way.feed(open, event + "\n");
    assertThat(get(fixture.way().send(event)).duplicates()).isEqualTo(1);
    assertThat(fixture.events()).hasSize(1);
  }

  @Test
  void whatCouldNotBeKeptMayBeSentAgain() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    fixture.gate.hold();
    fixture.gate.failNext(1);
    CompletableFuture<IngestResult> first = way.send(event);
    fixture.gate.awaitHeld();
    CompletableFuture<IngestResult> repeat = fixture.way().send(event);
    fixture.gate.release();
    assertThat(failureOf(first)).isInstanceOf(JournalWriteException.class);
    assertThat(failureOf(repeat)).isInstanceOf(JournalWriteException.class);

    assertThat(get(way.send(event)).duplicates()).isZero();
    assertThat(get(fixture.way().send(event)).duplicates()).isEqualTo(1);
    assertThat(fixture.events()).hasSize(1);
  }

  /** The first copy's block is lost, but what the lane sent after it is kept. */
  @Test
  void aRepeatOfWhatIsLostIsNotAnsweredBecauseSomethingLaterIsSafe() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    fixture.gate.hold();
    fixture.gate.failNext(1);
    CompletableFuture<IngestResult> first = way.send(event);
    fixture.gate.awaitHeld();
    Way other = fixture.way();
    Ingest repeating = other.begin(BodyFormat.NDJSON, null);
    other.feed(repeating, event + "\n");
    fixture.gate.release();
    failureOf(first);
    get(way.send("{\"project_id\":\"p\",\"event_id\":\"e2\"}"));
    other.run(() -> {
      repeating.finish();
      return null;
    });
    assertThat(failureOf(repeating.result())).isInstanceOf(JournalWriteException.class);
    assertThat(fixture.events()).extracting(Event::eventId).containsExactly("e2");
  }

  @Test
  void anEarlierLossDoesNotSpoilLaterRepeats() throws Exception {
    String event = "{\"project_id\":\"p\",\"event_id\":\"e1\"}";
    fixture.gate.failNext(1);
    Way unlucky = fixture.way();
    failureOf(unlucky.send("{\"project_id\":\"p\",\"event_id\":\"lost\"}"));
    get(way.send(event));
    assertThat(get(way.send(event)).duplicates()).isEqualTo(1);
    assertThat(get(unlucky.send(event)).duplicates()).isEqualTo(1);
  }

  @Test
  void aFullJournalFailsTheRequestUntilThereIsRoom() throws Exception {
    fixture.close();
    fixture =
        new CollectorFixture(folder.resolve("small"), options -> options.withMaxBytes(64_000));
    way = fixture.way();
    String event =
        "{\"project_id\":\"p\",\"event_id\":\"%d\",\"message\":\"" + "x".repeat(9_000) + "\"}";
    int kept = 0;
    CompletableFuture<IngestResult> result = way.send(event.formatted(kept));
    while (!result.handle((answer, thrown) -> thrown != null).get(120, TimeUnit.SECONDS)) {
      kept++;
      result = way.send(event.formatted(kept));
    }
    assertThat(kept).isGreaterThan(3);
    assertThat(failureOf(result))
        .isInstanceOfSatisfying(
            JournalFullException.class, e -> assertThat(e.retryAfter()).isPositive());

    fixture.journal.trim(kept);
    IngestResult retried = get(way.send(event.formatted(kept)));
    assertThat(retried.duplicates()).isZero();
    assertThat(retried.end()).isEqualTo(new Position(kept + 1));
  }

  @Test
  void aSenderThatIsFasterThanTheDiskIsAskedToPause() throws Exception {
    String line = "{\"project_id\":\"p\",\"message\":\"" + "x".repeat(1_000) + "\"}\n";
    fixture.gate.hold();
    Ingest ingest = way.begin(BodyFormat.NDJSON, null);
    int sent = 0;
    while (!way.run(ingest::congested)) {
      way.feed(ingest, line.repeat(100));
      sent += 100;
      assertThat(sent).as("lines that wait in memory").isLessThan(6_000);
    }
    CountDownLatch ready = new CountDownLatch(1);
    way.run(() -> {
      ingest.whenReady(ready::countDown);
      return null;
    });
    assertThat(ready.getCount()).isEqualTo(1);
    fixture.gate.release();
    assertThat(ready.await(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(way.run(ingest::congested)).isFalse();
    way.run(() -> {
      ingest.finish();
      return null;
    });
    assertThat(get(ingest.result()).accepted()).isEqualTo(sent);
    assertThat(fixture.events()).hasSize(sent);
  }

  @ParameterizedTest
  @EnumSource
  void aSenderThatGoesAwayLeavesWhatWasWhole(BodyFormat format) throws Exception {
    String one = "{\"project_id\":\"p\",\"message\":\"m\"}";
    String body = format == BodyFormat.JSON ? "[" + one + "," + one + "," : one + "\n" + one + "\n";
    Ingest ingest = way.begin(format, null);
    way.feed(ingest, body + "{\"project_id\":\"p\"");
    way.run(() -> {
      ingest.stop();
      ingest.stop();
      // Whatever comes late is of no use any more.
      byte[] rest = "}\n".getBytes(StandardCharsets.UTF_8);
      ingest.feed(rest, 0, rest.length);
      ingest.finish();
      return null;
    });
    assertThat(get(ingest.result()))
        .isEqualTo(new IngestResult(2, 0, 0, List.of(), new Position(2)));
    assertThat(fixture.events()).hasSize(2);
  }

  @Test
  void whatASlowSenderSentDoesNotWaitForTheRest() throws Exception {
    Ingest ingest = way.begin(BodyFormat.NDJSON, null);
    way.feed(ingest, "{\"project_id\":\"p\"}\n{\"project");
    long deadline = System.nanoTime() + LONG.toNanos();
    while (fixture.journal.end() == 0) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(5);
    }
    assertThat(ingest.result()).isNotDone();
    way.feed(ingest, "_id\":\"p\"}");
    way.run(() -> {
      ingest.finish();
      return null;
    });
    assertThat(get(ingest.result()).accepted()).isEqualTo(2);
  }

  @Test
  void smallRequestsShareABlock() throws Exception {
    fixture.gate.hold();
    CompletableFuture<IngestResult> first = way.send("{\"project_id\":\"p\"}");
    fixture.gate.awaitHeld();
    List<Ingest> others = new ArrayList<>();
    byte[] event = "{\"project_id\":\"p\"}".getBytes(StandardCharsets.UTF_8);
    way.run(() -> {
      for (int i = 0; i < 50; i++) {
        Ingest other = way.lane().ingest(BodyFormat.NDJSON, null);
        other.feed(event, 0, event.length);
        other.finish();
        others.add(other);
      }
      return null;
    });
    fixture.gate.release();
    assertThat(get(first).end()).isEqualTo(new Position(1));
    for (Ingest other : others) {
      assertThat(get(other.result()).end()).isEqualTo(new Position(51));
    }
    assertThat(fixture.records()).hasSize(2);
  }

  @Test
  void aRequestOfManyBlocksEndsBehindTheLast() throws Exception {
    int events = 3 * Lane.MAX_BLOCK_ROWS + 10;
    IngestResult result = get(way.send("{\"project_id\":\"p\"}\n".repeat(events)));
    assertThat(result.accepted()).isEqualTo(events);
    assertThat(result.end()).isEqualTo(new Position(events));
    assertThat(fixture.records()).hasSize(4);
  }

  @Test
  void everythingIsCounted() throws Exception {
    for (Reason reason : Reason.values()) {
      assertThat(fixture.counted("blackbox.events.rejected", "reason", reason.label())).isZero();
    }
    String event = "{\"project_id\":\"p\",\"event_id\":\"e\"}";
    get(way.send(event, event, "{}", "x", "y", "{\"project_id\":\"p\",\"retries\":\"many\"}"));
    get(way.send("{\"project_id\":\"p\",\"password\":\"x\",\"message\":\"Bearer abcdefghijk\"}"));
    fixture.gate.failNext(1);
    failureOf(way.send("{\"project_id\":\"p\"}", event));

    assertThat(fixture.counted("blackbox.events.accepted")).isEqualTo(3);
    assertThat(fixture.counted("blackbox.events.duplicates")).isEqualTo(1);
    assertThat(fixture.counted("blackbox.events.rejected", "reason", "no_project_id")).isEqualTo(1);
    assertThat(fixture.counted("blackbox.events.rejected", "reason", "not_json")).isEqualTo(2);
    assertThat(fixture.counted("blackbox.values.kept.aside")).isEqualTo(1);
    assertThat(fixture.counted("blackbox.secrets.masked", "rule", "password")).isEqualTo(1);
    assertThat(fixture.counted("blackbox.secrets.masked", "rule", "bearer_token")).isEqualTo(1);
  }

  /** Many senders repeat each other's events at the same time, and some blocks are lost. */
  @Test
  void eachEventIsStoredOnceHoweverOftenAndWhereverItIsSent() throws Exception {
    int lanes = 3;
    int requests = 60;
    fixture.gate.failNext(5);
    List<Thread> senders = new ArrayList<>();
    List<Throwable> trouble = java.util.Collections.synchronizedList(new ArrayList<>());
    for (int s = 0; s < lanes; s++) {
      Way own = fixture.way();
      senders.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int r = 0; r < requests; r++) {
                    sendUntilAccepted(own, r);
                  }
                } catch (Throwable e) {
                  trouble.add(e);
                }
              }));
    }
    for (Thread sender : senders) {
      sender.join();
    }
    assertThat(trouble).isEmpty();
    assertThat(fixture.events())
        .extracting(Event::eventId)
        .hasSize(3 * requests)
        .doesNotHaveDuplicates();
  }

  private static void sendUntilAccepted(Way way, int request) throws Exception {
    String[] events = new String[3];
    for (int i = 0; i < events.length; i++) {
      events[i] = "{\"project_id\":\"p\",\"event_id\":\"%d-%d\"}".formatted(request, i);
    }
    while (true) {
      CompletableFuture<IngestResult> result = way.send(events);
      if (result.handle((answer, thrown) -> thrown == null).get(120, TimeUnit.SECONDS)) {
        return;
      }
    }
  }
}
