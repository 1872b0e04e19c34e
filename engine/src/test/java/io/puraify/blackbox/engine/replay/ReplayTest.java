package io.puraify.blackbox.engine.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.consumers.MemoryEventStore;
import io.puraify.blackbox.storage.contract.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReplayTest {

  private static final SessionId ID = new SessionId("p", "s");

  @ParameterizedTest(name = "{0} events, {1} actions")
  @CsvSource({"1,1", "99,5", "100,5", "101,5", "700,20", "12345,40", "2000,300"})
  void seekingToAnyMomentGivesTheStateThatPlayingToItGives(int count, int actions) {
    long seed = System.nanoTime();
    List<Event> events = new RandomSession(seed, "p", "s").events(0, count, actions);
    Replay replay = new Replay(ID, RandomSession.lean(events));

    StateBuilder played = new StateBuilder();
    int next = 0;
    long end = replay.events().getLast().micros();
    for (long moment = replay.startMicros() - 500_000; moment <= end; moment += 500_000) {
      while (next < count && replay.events().get(next).micros() <= moment) {
        played.apply(replay.events().get(next++));
      }
      assertThat(replay.played(moment)).as("seed %d", seed).isEqualTo(next);
      assertThat(replay.state(next)).as("seed %d, %d", seed, moment).isEqualTo(played.state());
    }
    assertThat(next).isEqualTo(count);
  }

  @Test
  void aReplayHasExactlyTheSessionsEventsInTheirOrder() {
    long seed = System.nanoTime();
    List<Event> events = new RandomSession(seed, "p", "s").events(0, 3_000, 9);
    List<Event> others = new RandomSession(seed, "p", "other").events(3_000, 50, 3);
    List<Event> all = new ArrayList<>(events);
    all.addAll(others);

    Replay replay = open(store(all), "s");

    assertThat(replay.events().stream().map(ReplayEvent::eventId))
        .as("seed %d", seed)
        .containsExactlyElementsOf(
            events.stream()
                .sorted(
                    Comparator.comparingLong(Event::timestampMicros)
                        .thenComparingLong(Event::position))
                .map(Event::eventId)
                .toList());
  }

  @Test
  void aSessionLooksTheSameInTheListAndWhenItIsReplayed() {
    for (long seed = 1; seed <= 20; seed++) {
      EventStore store = store(new RandomSession(seed, "p", "s").events(0, 60, 4));

      Sessions listed = SessionsRequest.parse(Map.of(), Instant.EPOCH).answer(store);
      SessionSummary replayed = open(store, "s").summary();

      SessionSummary one = listed.listed().getFirst();
      assertThat(one.users()).isEqualTo(replayed.users());
      assertThat(one.engines()).containsExactlyInAnyOrderElementsOf(replayed.engines());
      assertThat(List.of(one.startMicros(), one.endMicros(), one.events(), one.errors()))
          .isEqualTo(
              List.of(
                  replayed.startMicros(),
                  replayed.endMicros(),
                  replayed.events(),
                  replayed.errors()));
      assertThat(one.retries()).as("seed %d", seed).isEqualTo(replayed.retries());
      assertThat(one.outcome()).as("seed %d", seed).isEqualTo(replayed.outcome());
    }
  }

  @Test
  void theOrderInWhichEventsAreReadDoesNotMatter() {
    List<ReplayEvent> events =
        new ArrayList<>(RandomSession.lean(new RandomSession(7, "p", "s").events(0, 500, 5)));
    Replay one = new Replay(ID, events);
    Collections.shuffle(events, new Random(7));

    assertThat(new Replay(ID, events).events()).isEqualTo(one.events());
  }

  @Test
  void aSpanBeginsItsDurationBeforeTheTimestamp() {
    Event event =
        Event.at(0)
            .set(Field.PROJECT_ID, "p")
            .set(Field.TIMESTAMP, 5_000_000L)
            .set(Field.EVENT_ID, "e")
            .set(Field.DURATION_MS, 1_500.25)
            .build();

    Replay replay = new Replay(ID, RandomSession.lean(List.of(event)));

    assertThat(replay.startMicros()).isEqualTo(5_000_000);
    assertThat(replay.earliestMicros()).isEqualTo(3_499_750);
  }

  @Test
  void whatIsNotASessionIsSaid() {
    EventStore store = store(new RandomSession(1, "p", "s").events(0, 5, 2));

    assertThatThrownBy(() -> open(store, "none"))
        .isInstanceOfSatisfying(
            ProblemException.class,
            e -> assertThat(e.problem().type()).isEqualTo("session-not-found"));
  }

  private static Replay open(EventStore store, String id) {
    return ReplayRequest.parse(id, Map.of(), Instant.EPOCH).open(store);
  }

  static EventStore store(List<Event> events) {
    MemoryEventStore store = new MemoryEventStore();
    store.append(EventRows.batch(events));
    return store;
  }
}
