package io.puraify.blackbox.engine.performance;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.performance.SpikeTables.Stored;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.storage.contract.EventRows;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SpikeDetectorTest {

  /** Calls a minute of each of the series. */
  private static final int CALLS = 300;

  private static final int SERIES = 5;

  @TempDir private Path folder;
  private final Random random = new Random(20260111);
  private StateDatabase state;
  private PerformanceConsumer consumer;
  private long position;
  private long minute = Span.minuteOf(MadeUpCalls.START);

  @BeforeEach
  void open() {
    state =
        new StateDatabase(
            StateOptions.of(folder.resolve("state.sqlite"), PerformanceConsumer.SCHEMA));
    state.start();
    consumer = new PerformanceConsumer(state, new SimpleMeterRegistry());
    consumer.start(Position.START);
  }

  @AfterEach
  void close() {
    state.close();
  }

  /** Changes a call of one series. */
  private interface Change extends BiConsumer<Event.Builder, Random> {}

  private static void none(Event.Builder event, Random random) {
    // As it always is.
  }

  /** Some minutes of calls as the generator has them: log-normal, 8 % errors, 2 % tried again. */
  private void minutes(int count, double busy, Change change) {
    for (int i = 0; i < count; i++) {
      List<Event> events = new ArrayList<>();
      for (int series = 0; series < SERIES; series++) {
        int calls = (int) (CALLS * (series == 0 ? busy : 1) + 17 * random.nextGaussian());
        for (int call = 0; call < calls; call++) {
          events.add(call(series, series == 0 ? change : SpikeDetectorTest::none));
        }
      }
      consumer.apply(EventRows.batch(events));
      minute++;
    }
  }

  private Event call(int series, Change change) {
    Event.Builder event =
        Event.at(position++)
            .set(Field.PROJECT_ID, "p")
            .set(Field.RECEIVED_AT, minute * Span.MICROS_PER_MINUTE + 59_000_000)
            .set(Field.TIMESTAMP, minute * Span.MICROS_PER_MINUTE + random.nextInt(60_000_000))
            .set(Field.PLATFORM, "f" + series)
            .set(Field.DURATION_MS, duration(random))
            .set(Field.STATUS, random.nextInt(100) < 8 ? "error" : "success");
    if (random.nextInt(50) == 0) {
      event.set(Field.RETRIES, 1L + random.nextInt(4));
    }
    change.accept(event, random);
    return event.build();
  }

  private static double duration(Random random) {
    return Math.rint(600 * Math.exp(0.55 * random.nextGaussian()));
  }

  private List<Stored> spikes() {
    return state.read(handle -> new SpikeTables(handle).between(0, Long.MAX_VALUE, 1_000));
  }

  private List<Stored> spikesOfTheProject() {
    return spikes().stream()
        .filter(spike -> spike.project() != SeriesCatalog.ALL_PROJECTS)
        .toList();
  }

  @Test
  void quietTrafficHasNone() {
    minutes(600, 1, SpikeDetectorTest::none);

    assertThat(spikes()).isEmpty();
  }

  /** What happens to the calls of one series. */
  enum Trouble {
    FIVE_PERCENT_FIVE_TIMES_SLOWER(SpikeKind.LATENCY),
    ALL_HALF_AS_SLOW_AGAIN(SpikeKind.LATENCY),
    A_TENTH_MORE_ERRORS(SpikeKind.ERRORS),
    SOME_TIMEOUTS(SpikeKind.TIMEOUTS),
    MANY_RETRIES(SpikeKind.RETRIES),
    THREE_TIMES_THE_LOAD(SpikeKind.LOAD);

    private final SpikeKind kind;

    Trouble(SpikeKind kind) {
      this.kind = kind;
    }

    private void change(Event.Builder event, Random random) {
      switch (this) {
        case FIVE_PERCENT_FIVE_TIMES_SLOWER -> {
          if (random.nextInt(20) == 0) {
            event.set(Field.DURATION_MS, 5 * duration(random));
          }
        }
        case ALL_HALF_AS_SLOW_AGAIN -> event.set(Field.DURATION_MS, 1.5 * duration(random));
        case A_TENTH_MORE_ERRORS -> {
          if (random.nextInt(10) == 0) {
            event.set(Field.STATUS, "error");
          }
        }
        case SOME_TIMEOUTS -> {
          if (random.nextInt(20) == 0) {
            event.set(Field.STATUS, "timeout");
          }
        }
        case MANY_RETRIES -> {
          if (random.nextInt(8) == 0) {
            event.set(Field.RETRIES, 2L);
          }
        }
        case THREE_TIMES_THE_LOAD -> {}
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void troubleIsReportedWithItsBeginAndItsEnd(Trouble trouble) {
    minutes(90, 1, SpikeDetectorTest::none);
    long start = minute;
    double busy = trouble == Trouble.THREE_TIMES_THE_LOAD ? 3 : 1;
    minutes(30, busy, trouble::change);
    long stop = minute;
    minutes(30, 1, SpikeDetectorTest::none);

    assertThat(spikesOfTheProject()).hasSize(1);
    Stored spike = spikesOfTheProject().getFirst();
    assertThat(spike.kind()).isEqualTo(trouble.kind);
    assertThat(spike.start()).isBetween(start - 2, start + 4);
    assertThat(spike.stop()).isNotNull().isBetween(stop - 4, stop + 4);
    assertThat(spike.observed()).isGreaterThan(1.2 * spike.expected());
    assertThat(
            consumer.catalog().projects().get(spike.project()).series()[spike.series()].platform())
        .isEqualTo("f0");
    // The same shows in all projects together.
    assertThat(spikes()).hasSize(2);
  }

  @Test
  void aRestartForgetsNoSpikeThatGoesOn() {
    minutes(90, 1, SpikeDetectorTest::none);
    minutes(20, 3, SpikeDetectorTest::none);
    close();
    open();
    minutes(10, 3, SpikeDetectorTest::none);
    assertThat(spikesOfTheProject()).hasSize(1);
    assertThat(spikesOfTheProject().getFirst().stop()).isNull();
    long stop = minute;
    minutes(20, 1, SpikeDetectorTest::none);

    assertThat(spikesOfTheProject()).hasSize(1);
    assertThat(spikesOfTheProject().getFirst().stop()).isNotNull().isBetween(stop - 3, stop + 3);
  }

  @Test
  void whatIsUsualAtThatTimeOfDayIsNoSpike() {
    // Three times as busy from ten to eleven on each of four days.
    for (int day = 0; day < 4; day++) {
      minute += 8 * 60;
      minutes(2 * 60, 1, SpikeDetectorTest::none);
      minutes(60, 3, SpikeDetectorTest::none);
      minutes(60, 1, SpikeDetectorTest::none);
      minute += 12 * 60;
    }
    long fourthDay = minute - 24 * 60;

    assertThat(spikes()).anyMatch(spike -> spike.kind() == SpikeKind.LOAD);
    assertThat(spikes()).noneMatch(spike -> spike.start() >= fourthDay);
  }
}
