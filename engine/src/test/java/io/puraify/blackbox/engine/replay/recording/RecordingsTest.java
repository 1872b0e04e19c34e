package io.puraify.blackbox.engine.replay.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecordingsTest {

  private static final Instant NOON = Instant.parse("2025-07-25T12:00:00Z");
  private static final long MILLIS = NOON.toEpochMilli();
  private static final long MANY = 1L << 30;

  @TempDir private Path folder;
  private SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private StateDatabase database = new StateDatabase(StateOptions.of(Path.of("unused")));

  private Recordings open(long maxSession, long maxBytes, Retention retention) {
    database.close();
    registry = new SimpleMeterRegistry();
    Path file = folder.resolve("recordings.sqlite");
    database = new StateDatabase(StateOptions.of(file, Recordings.SCHEMA));
    database.start();
    RecordingOptions options =
        new RecordingOptions(true, 1 << 20, maxSession, maxBytes, retention, () -> NOON);
    Recordings recordings = new Recordings(database, options, RecordingMaskTest::secrets, registry);
    recordings.start();
    return recordings;
  }

  private Recordings open() {
    return open(MANY, MANY, Retention.ALL);
  }

  @AfterEach
  void close() {
    database.close();
  }

  private static RecordingRequest chunk(String project, String session, int number) {
    return new RecordingRequest(session, Optional.of(project), Optional.of(number));
  }

  private static RecordingReceipt add(Recordings recordings, int number, String json) {
    return recordings.add(chunk("p", "s", number), json.getBytes(StandardCharsets.UTF_8));
  }

  private static String event(int type, long millis, String data) {
    return "{\"type\":%d,\"data\":%s,\"timestamp\":%d}".formatted(type, data, millis);
  }

  private static String move(long millis) {
    return "[" + event(3, millis, "{\"source\":1,\"positions\":[]}") + "]";
  }

  /** Text that does not compress. */
  private static String noise(long millis, int bytes) {
    Random random = new Random(bytes);
    String text =
        IntStream.range(0, bytes)
            .mapToObj(i -> Character.toString("ghjkmnpqrstvwxyz".charAt(random.nextInt(16))))
            .reduce("", String::concat);
    return "[" + event(5, millis, "{\"tag\":\"" + text + "\"}") + "]";
  }

  private static List<Integer> numbers(Recordings recordings, String session) {
    List<Integer> numbers = new ArrayList<>();
    SessionId id = new SessionId("p", session);
    Optional<RecordedChunk> next = recordings.chunkFrom(id, 0);
    while (next.isPresent()) {
      numbers.add(next.get().number());
      next = recordings.chunkFrom(id, next.get().number() + 1);
    }
    return numbers;
  }

  private static String content(Recordings recordings, int number) {
    RecordedChunk chunk = recordings.chunkFrom(new SessionId("p", "s"), number).orElseThrow();
    try (var json = new GZIPInputStream(new ByteArrayInputStream(chunk.content()))) {
      return new String(json.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void chunksAreThereInTheirOrderAfterTheNextStart() {
    Recordings before = open();
    for (int number : new int[] {2, 0, 1}) {
      assertThat(add(before, number, move(MILLIS + number)))
          .isEqualTo(new RecordingReceipt(number, 1, false));
    }
    Recordings after = open();

    assertThat(numbers(after, "s")).containsExactly(0, 1, 2);
    assertThat(content(after, 1)).isEqualTo(move(MILLIS + 1));
    Recording found = after.find(new RecordingRequest("s", Optional.empty(), Optional.empty()));
    assertThat(found.chunks()).isEqualTo(3);
    assertThat(found.events()).isEqualTo(3);
    // A browser's clock may be ahead.
    assertThat(found.endMicros()).isEqualTo(MILLIS * 1_000);
    assertThat(registry.get("blackbox.recordings.size").gauge().value()).isPositive();
  }

  @Test
  void aChunkThatIsSentAgainIsThereOnce() {
    Recordings recordings = open();
    var _ = add(recordings, 0, move(MILLIS));

    assertThat(add(recordings, 0, move(MILLIS))).isEqualTo(new RecordingReceipt(0, 0, true));
    assertThat(add(open(), 0, move(MILLIS))).isEqualTo(new RecordingReceipt(0, 0, true));
    assertThat(content(recordings, 0)).isEqualTo(move(MILLIS));
    assertThat(numbers(recordings, "s")).containsExactly(0);
  }

  @Test
  void maskingGoesOnWhereTheChunkBeforeHasEnded() {
    Recordings recordings = open();
    String page =
        "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[{\"type\":2,\"tagName\":\"textarea\","
            + "\"attributes\":{},\"id\":2,\"childNodes\":[{\"type\":3,\"textContent\":\"a\",\"id\":3}]}]}}";
    String texts =
        "["
            + event(
                3,
                MILLIS,
                "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"typed\"},{\"id\":1,\"value\":\"said\"}]}")
            + "]";
    var _ = add(recordings, 0, "[" + event(2, MILLIS, page) + "]");
    var _ = add(recordings, 1, texts);
    recordings = open();
    var _ = add(recordings, 2, texts);
    // The one before is missing, and might say anything.
    var _ = add(recordings, 4, texts);

    assertThat(content(recordings, 1)).contains("\"*****\"").contains("said");
    assertThat(content(recordings, 2)).contains("\"*****\"").contains("said");
    assertThat(content(recordings, 4)).doesNotContain("typed").doesNotContain("said");
  }

  @Test
  void anotherChunkOfTheSameNumberIsRefusedAndThePageUnknownUntilTheNextSnapshot() {
    Recordings recordings = open();
    String page =
        "[" + event(2, MILLIS - 9_000, "{\"node\":{\"type\":0,\"id\":1,\"childNodes\":[]}}") + "]";
    String texts =
        "[" + event(3, MILLIS, "{\"source\":0,\"texts\":[{\"id\":3,\"value\":\"words\"}]}") + "]";
    var _ = add(recordings, 0, page);
    var _ = add(recordings, 1, texts);
    assertThat(add(recordings, 0, page).duplicate()).isTrue();
    var _ = add(recordings, 2, texts);

    // A second page, on which the same ids are of other nodes.
    for (String other : List.of(move(MILLIS - 9_000), move(MILLIS), texts)) {
      assertThatThrownBy(() -> add(recordings, 0, other))
          .isInstanceOfSatisfying(
              ProblemException.class,
              e -> {
                assertThat(e.problem().status()).isEqualTo(409);
                assertThat(e.problem().type()).isEqualTo("chunk-exists");
                assertThat(e.problem().detail()).contains("sessionStorage");
              });
    }
    var _ = add(recordings, 3, texts);
    var _ = add(recordings, 4, page);
    var _ = add(recordings, 5, texts);

    assertThat(content(recordings, 0)).isEqualTo(page);
    assertThat(content(recordings, 2)).contains("words");
    assertThat(content(recordings, 3)).doesNotContain("words");
    assertThat(content(recordings, 5)).contains("words");
    assertThat(
            registry.get("blackbox.recordings.chunks").tag("result", "conflict").counter().count())
        .isEqualTo(3);
  }

  @Test
  void aSessionHasItsBoundAndKeepsWhatItHas() {
    Recordings recordings = open(500, MANY, Retention.ALL);
    var _ = add(recordings, 0, noise(MILLIS, 300));

    assertThatThrownBy(() -> add(recordings, 1, noise(MILLIS, 300)))
        .isInstanceOfSatisfying(
            ProblemException.class, e -> assertThat(e.problem().status()).isEqualTo(413));
    assertThat(numbers(recordings, "s")).containsExactly(0);
    assertThat(add(recordings, 1, move(MILLIS)).duplicate()).isFalse();
  }

  @Test
  void theOldestMakeRoomWhereAllAreTooMuch() {
    Recordings recordings = open(MANY, 5_000, Retention.ALL);
    for (int i = 0; i < 6; i++) {
      byte[] body = noise(MILLIS - 10_000 + i, 2_000).getBytes(StandardCharsets.UTF_8);
      var _ = recordings.add(chunk("p", "s" + i, 0), body);
    }

    assertThat(numbers(recordings, "s0")).isEmpty();
    assertThat(numbers(recordings, "s5")).containsExactly(0);
    assertThat(registry.get("blackbox.recordings.size").gauge().value()).isBetween(1.0, 5_000.0);
    assertThat(registry.get("blackbox.recordings.removed").tag("reason", "room").counter().count())
        .isPositive();
  }

  @Test
  void recordingsAreKeptAsLongAsEventsOfTheirProjectAndDay() throws IOException {
    Retention retention = new Retention(1, Map.of("kept", Retention.FOR_EVER));
    Recordings recordings = open(MANY, MANY, retention);
    long old = NOON.minus(Duration.ofDays(2)).toEpochMilli();
    byte[] body =
        ("[" + event(5, old, "{\"tag\":\"gone for good\"}") + "]").getBytes(StandardCharsets.UTF_8);
    var _ = recordings.add(chunk("p", "old", 0), body);
    var _ = recordings.add(chunk("kept", "old", 0), body);
    var _ = add(recordings, 0, move(MILLIS));

    recordings.maintain(NOON);

    assertThat(
            recordings.recorded(
                List.of(
                    new SessionId("p", "old"),
                    new SessionId("kept", "old"),
                    new SessionId("p", "s"))))
        .containsExactlyInAnyOrder(new SessionId("kept", "old"), new SessionId("p", "s"));
    recordings.maintain(NOON.plus(Duration.ofDays(2)));
    assertThat(recordings.recorded(List.of(new SessionId("p", "s")))).isEmpty();
    assertThat(registry.get("blackbox.recordings.size").gauge().value()).isPositive();
    assertThat(Files.size(folder.resolve("recordings.sqlite"))).isPositive();
  }

  @Test
  void whatIsNoChunkIsRefusedWithThePlace() {
    Recordings recordings = open();
    assertThatThrownBy(() -> add(recordings, 0, "[" + event(3, MILLIS, "{}") + ",{\"type\":9}]"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> {
              assertThat(e.problem().status()).isEqualTo(400);
              assertThat(e.problem().errors().getFirst().index()).isEqualTo(1);
              assertThat(e.problem().errors().getFirst().pointer()).isEqualTo("/type");
            });
    for (String json : List.of("", "{", "{}", "[]", "[1]", "[{\"type\":3,\"timestamp\":5}]")) {
      assertThatThrownBy(() -> add(recordings, 0, json)).isInstanceOf(ProblemException.class);
    }
  }

  @Test
  void ofSeveralProjectsOneHasToBeNamed() {
    Recordings recordings = open();
    byte[] body = move(MILLIS).getBytes(StandardCharsets.UTF_8);
    var _ = recordings.add(chunk("p", "s", 0), body);
    var _ = recordings.add(chunk("q", "s", 0), body);

    assertThatThrownBy(
            () -> recordings.find(new RecordingRequest("s", Optional.empty(), Optional.empty())))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().errors().getFirst().detail()).contains("p, q"));
    assertThat(
            recordings
                .find(new RecordingRequest("s", Optional.of("q"), Optional.empty()))
                .session())
        .isEqualTo(new SessionId("q", "s"));
  }
}
