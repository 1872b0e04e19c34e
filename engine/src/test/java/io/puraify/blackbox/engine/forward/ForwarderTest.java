package io.puraify.blackbox.engine.forward;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.engine.forward.FakeIntake.Trouble;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.query.QueryLanguage;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.storage.contract.EventRows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Each kind of destination, which takes everything at least once whatever it does wrong. */
class ForwarderTest {

  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  /** Long enough for a machine that is busy with other tests to answer in. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Where an answer, or the end of one, is waited for in vain. */
  private static final Duration IMPATIENT = Duration.ofMillis(700);

  @TempDir private Path folder;

  private volatile Instant now = START;
  private volatile boolean cutOff;
  private SimpleMeterRegistry registry;
  private StateDatabase state;
  private HttpPost http;

  @BeforeEach
  void start() {
    registry = new SimpleMeterRegistry();
    state =
        new StateDatabase(
            StateOptions.of(folder.resolve("state.sqlite"))
                .withFaultPoint(point -> {
                  if (cutOff && point.equals("state.applied")) {
                    throw new IllegalStateException("cut off");
                  }
                }));
    state.start();
    http = http(PATIENT);
  }

  private void waitBriefly() {
    http.close();
    http = http(IMPATIENT);
  }

  private HttpPost http(Duration timeout) {
    return new HttpPost(new AddressGuard(true, "forward.private.addresses"), () -> now, timeout);
  }

  @AfterEach
  void stop() {
    http.close();
    state.close();
  }

  private Forwarder forwarder(FakeIntake intake, Filter filter, Backlog backlog) {
    String document = "{\"destinations\": {\"other\": %s}}".formatted(intake.configuration());
    Forward read =
        DestinationsReader.read(JsonMapper.shared().readTree(document), http, Filter.ALL)
            .getFirst();
    Forwarder forwarder =
        new Forwarder(
            new Forward(read.name(), read.destination(), filter),
            state,
            backlog,
            () -> now,
            registry);
    forwarder.start(Position.START);
    return forwarder;
  }

  private Forwarder forwarder(FakeIntake intake) {
    return forwarder(intake, Filter.ALL, new Backlog(position -> 0, 1));
  }

  private static Event event(int number, String message) {
    return Event.at(number)
        .set(Field.EVENT_ID, "e" + number)
        .set(Field.PROJECT_ID, "pf_" + number % 3)
        .set(Field.TIMESTAMP, Micros.of(START))
        .set(Field.RECEIVED_AT, Micros.of(START))
        .set(Field.STATUS, number % 2 == 0 ? "error" : "success")
        .set(Field.MESSAGE, message)
        .build();
  }

  private static EventBatch events(int from, int to) {
    return EventRows.batch(
        IntStream.range(from, to).mapToObj(i -> event(i, "message " + i)).toList(), 7);
  }

  private static List<String> ids(int from, int to) {
    return IntStream.range(from, to).mapToObj(i -> "e" + i).toList();
  }

  /** What the pump does: asks again when it is told to, as long as that takes. */
  private void feed(Forwarder forwarder, EventBatch batch) {
    for (int asked = 0; asked < 100_000; asked++) {
      try {
        forwarder.apply(batch);
        return;
      } catch (PostponedException e) {
        assertThat(e.pause()).isBetween(Duration.ZERO, Duration.ofSeconds(1));
        now = now.plus(e.pause()).plusMillis(1);
      }
    }
    throw new AssertionError("it is not done after a day");
  }

  private double events(String outcome) {
    return registry.get("blackbox.forward.events").tag("outcome", outcome).counter().count();
  }

  static Stream<Arguments> kindsAndTroubles() {
    return Stream.of("datadog", "sentry")
        .flatMap(kind ->
            Stream.of(Trouble.values())
                .filter(trouble -> trouble != Trouble.REFUSES)
                .map(trouble -> Arguments.of(kind, trouble)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndTroubles")
  void everyEventArrivesThroughEachTrouble(String kind, Trouble trouble) {
    if (trouble == Trouble.SILENT || trouble == Trouble.CUT_ANSWER) {
      waitBriefly();
    }
    try (FakeIntake intake = new FakeIntake(kind);
        Forwarder forwarder = forwarder(intake)) {
      intake.next(trouble, trouble);
      feed(forwarder, events(0, 30));
      feed(forwarder, events(25, 40));

      assertThat(forwarder.position()).isEqualTo(new Position(40));
      assertThat(new HashSet<>(intake.ids())).containsExactlyInAnyOrderElementsOf(ids(0, 40));
      assertThat(events("taken")).isEqualTo(40);
      assertThat(events("left_out")).isZero();
      if (kind.equals("datadog") && trouble != Trouble.CUT_OFF) {
        assertThat(intake.ids()).as("in order, and once").isEqualTo(ids(0, 40));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "sentry"})
  void whoIsAskedTooOftenIsLeftInPeaceAsLongAsItWants(String kind) {
    try (FakeIntake intake = new FakeIntake(kind);
        Forwarder forwarder = forwarder(intake)) {
      intake.next(Trouble.TOO_MANY);
      EventBatch batch = events(0, 1);
      for (int second = 0; second < FakeIntake.RETRY_AFTER; second++) {
        assertThatThrownBy(() -> forwarder.apply(batch))
            .isInstanceOf(PostponedException.class)
            .hasMessage("other is asked again at 2026-03-02T12:02:00Z: 429 slowly");
        assertThat(intake.attempts()).isEqualTo(1);
        now = now.plusSeconds(1);
      }
      forwarder.apply(batch);
      assertThat(intake.ids()).containsExactly("e0");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "sentry"})
  void whatWasTakenBeforeACrashIsSentAgainUnderTheSameId(String kind) {
    try (FakeIntake intake = new FakeIntake(kind)) {
      try (Forwarder forwarder = forwarder(intake)) {
        feed(forwarder, events(0, 10));
        cutOff = true;
        assertThatThrownBy(() -> forwarder.apply(events(10, 20))).hasMessage("cut off");
        cutOff = false;
      }
      try (Forwarder forwarder = forwarder(intake)) {
        assertThat(forwarder.position()).isEqualTo(new Position(10));
        feed(forwarder, events(10, 20));
      }
      assertThat(intake.ids()).hasSizeGreaterThan(20);
      assertThat(new HashSet<>(intake.ids())).containsExactlyInAnyOrderElementsOf(ids(0, 20));
      List<String> names =
          intake.taken().stream()
              .flatMap(request -> request.items().stream())
              .map(item -> item.path("event_id").asString("") + item.path("extra"))
              .distinct()
              .toList();
      assertThat(names).hasSizeLessThanOrEqualTo(20);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "sentry"})
  void whatWasTakenIsNotSentAgainWhileItCannotBeStored(String kind) {
    try (FakeIntake intake = new FakeIntake(kind);
        Forwarder forwarder = forwarder(intake)) {
      EventBatch batch = events(0, 20);
      cutOff = true;
      assertThatThrownBy(() -> forwarder.apply(batch)).hasMessage("cut off");
      int taken = intake.ids().size();
      for (int retry = 0; retry < 5; retry++) {
        assertThatThrownBy(() -> forwarder.apply(batch)).hasMessage("cut off");
      }
      assertThat(intake.ids()).hasSize(taken);
      assertThat(forwarder.position()).isEqualTo(Position.START);
      cutOff = false;
      feed(forwarder, batch);
      assertThat(intake.ids()).containsExactlyInAnyOrderElementsOf(ids(0, 20));
      assertThat(events("taken")).isEqualTo(20);
    }
  }

  @Test
  void whoIsSlowlyTakingEventsKeepsNobodyWaiting() {
    try (FakeIntake intake = new FakeIntake("sentry");
        Forwarder forwarder =
            forwarder(
                intake,
                Filter.ALL,
                new Backlog(
                    position -> {
                      now = now.plusMillis(400);
                      return 0;
                    },
                    1))) {
      EventBatch batch = events(0, 60);
      int turns = 0;
      while (forwarder.position().value() < 60) {
        long before = forwarder.position().value();
        turns++;
        try {
          forwarder.apply(batch);
        } catch (PostponedException e) {
          assertThat(e).hasMessage("other is taking them");
          assertThat(e.pause()).isZero();
        }
        assertThat(forwarder.position().value() - before).isBetween(1L, 24L);
      }
      assertThat(turns).isEqualTo(3);
      assertThat(intake.ids()).containsExactlyInAnyOrderElementsOf(ids(0, 60));
    }
  }

  @Test
  void anOutageOfAnHourLosesNothing() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      EventBatch batch = events(0, 10);
      while (now.isBefore(START.plus(Duration.ofHours(1)))) {
        intake.next(Trouble.FAILS);
        PostponedException postponed =
            catchThrowableOfType(PostponedException.class, () -> forwarder.apply(batch));
        assertThat(postponed).isNotNull();
        now = now.plus(Duration.ofMinutes(6));
      }
      assertThat(intake.attempts()).isEqualTo(10);
      feed(forwarder, batch);
      feed(forwarder, events(10, 12));
      assertThat(intake.ids()).isEqualTo(ids(0, 12));
    }
  }

  @Test
  void requestsToDatadogAreAsLargeAsItAllows() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      feed(forwarder, events(0, 2_500));
      assertThat(intake.taken())
          .extracting(it -> it.items().size())
          .containsExactly(1_000, 1_000, 500);

      String long64 = "x".repeat(64 << 10);
      List<Event> large = new ArrayList<>();
      for (int i = 2_500; i < 2_700; i++) {
        large.add(event(i, long64));
      }
      feed(forwarder, EventRows.batch(large));
      assertThat(intake.ids()).isEqualTo(ids(0, 2_700));
      assertThat(intake.taken().subList(3, 6))
          .allSatisfy(request -> assertThat(request.bytes()).isBetween(3_000_000L, 5_000_000L));
    }
  }

  @Test
  void whatIsTooLargeIsSentInHalves() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      intake.takesAtMost(3);
      feed(forwarder, events(0, 10));
      assertThat(intake.ids()).isEqualTo(ids(0, 10));
      assertThat(intake.taken()).allSatisfy(it -> assertThat(it.items()).hasSizeBetween(1, 3));
      intake.takesAtMost(0);
      feed(forwarder, events(10, 12));
      assertThat(events("refused")).isEqualTo(2);
      assertThat(forwarder.position()).isEqualTo(new Position(12));
    }
  }

  @Test
  void aHalfThatFailsIsSentAgainWithoutTheOther() {
    waitBriefly();
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      intake.takesAtMost(5);
      intake.next(Trouble.CUT_ANSWER, Trouble.FAILS);
      feed(forwarder, events(0, 10));
      assertThat(intake.ids()).isEqualTo(ids(0, 10));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "sentry"})
  void whatIsRefusedForGoodIsCountedAndNotSentAgain(String kind) {
    try (FakeIntake intake = new FakeIntake(kind);
        Forwarder forwarder = forwarder(intake)) {
      intake.next(Trouble.REFUSES);
      feed(forwarder, events(0, 1));
      feed(forwarder, events(1, 5));
      assertThat(new HashSet<>(intake.ids())).containsExactlyInAnyOrderElementsOf(ids(1, 5));
      assertThat(events("refused")).isEqualTo(1);
      assertThat(events("taken")).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"datadog", "sentry"})
  void aKeyIsInNoMessage(String kind) {
    try (FakeIntake intake = new FakeIntake(kind);
        Forwarder forwarder = forwarder(intake)) {
      intake.next(Trouble.FORBIDS);
      assertThatThrownBy(() -> forwarder.apply(events(0, 1)))
          .hasMessageContaining("403 nobody knows the key [redacted]");
    }
  }

  @Test
  void oneEventThatIsRefusedTakesNoOthersWithIt() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      intake.refuses("e617");
      feed(forwarder, events(0, 1_000));
      List<String> expected = new ArrayList<>(ids(0, 1_000));
      expected.remove("e617");
      assertThat(intake.ids()).isEqualTo(expected);
      assertThat(events("refused")).isEqualTo(1);
      assertThat(intake.attempts()).isLessThanOrEqualTo(21);
    }
  }

  @Test
  void whereEveryEventIsRefusedItIsStillDoneInTheEnd() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake)) {
      intake.refuses(ids(0, 100).toArray(String[]::new));
      feed(forwarder, events(0, 102));
      assertThat(intake.ids()).isEqualTo(ids(100, 102));
      assertThat(events("refused")).isEqualTo(100);
      assertThat(events("taken")).isEqualTo(2);
    }
  }

  @Test
  void onlyWhatTheFilterMeansIsForwarded() {
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder =
            forwarder(intake, QueryLanguage.parse("status:error"), new Backlog(position -> 0, 1))) {
      feed(forwarder, events(0, 20));
      feed(forwarder, events(20, 21));
      assertThat(intake.ids())
          .containsExactly("e0", "e2", "e4", "e6", "e8", "e10", "e12", "e14", "e16", "e18", "e20");
      feed(forwarder, events(21, 22));
      assertThat(intake.attempts()).isEqualTo(2);
      assertThat(forwarder.position()).isEqualTo(new Position(22));
    }
  }

  /** Blocks here have 7 events and a few hundred bytes; in the journal, an event has 50. */
  @Test
  void whatIsMoreThanTheJournalMayKeepIsLeftOutFromTheOldestOnAndCounted() {
    Backlog backlog = new Backlog(position -> 50 * (20_000 - position), 500_000);
    try (FakeIntake intake = new FakeIntake("datadog");
        Forwarder forwarder = forwarder(intake, QueryLanguage.parse("status:error"), backlog)) {
      intake.next(Trouble.FAILS);
      EventBatch batch = events(0, 20_000);
      assertThatThrownBy(() -> forwarder.apply(batch)).isInstanceOf(PostponedException.class);
      long position = forwarder.position().value();
      assertThat(position).isBetween(10_000L, 10_100L);
      long left = (position + 1) / 2;
      assertThat(events("left_out")).isEqualTo((double) left);

      feed(forwarder, batch);
      assertThat(intake.ids()).hasSize((int) (10_000 - left)).endsWith("e19998");
      assertThat(events("left_out") + events("taken")).isEqualTo(10_000);
    }
  }
}
