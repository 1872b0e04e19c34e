package io.puraify.blackbox.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Timestamps;
import io.puraify.blackbox.engine.performance.PerformanceConsumer;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.performance.Spike;
import io.puraify.blackbox.engine.performance.SpikeKind;
import io.puraify.blackbox.engine.performance.SpikesRequest;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the Performance Monitor makes of the generator's traffic. {@code -Dspikes.quiet.minutes=N}
 * lets it be quiet for longer.
 */
class SpikesOfTrafficTest {

  private static final Instant START = Instant.parse("2026-01-05T00:00:00Z");
  private static final int QUIET_MINUTES = Integer.getInteger("spikes.quiet.minutes", 90);
  private static final int SLOW_MINUTES = 25;
  private static final double EVENTS_A_SECOND = 300;
  private static final List<Field> LABELS =
      List.of(Field.PROJECT_ID, Field.ENGINE, Field.PLATFORM, Field.ACTION, Field.STATUS);

  @TempDir private Path folder;
  private final Traffic traffic = new Traffic(TrafficOptions.steady(7, START, EVENTS_A_SECOND));
  private final byte[] line = new byte[Traffic.MAX_LINE_BYTES];
  private long position;
  private long calls;

  @Test
  void quietTrafficHasNoSpikesAndACallInTwentyFiveTimesSlowerIsOne() {
    StateOptions options =
        StateOptions.of(folder.resolve("state.sqlite"), PerformanceConsumer.SCHEMA);
    try (StateDatabase state = new StateDatabase(options)) {
      state.start();
      PerformanceConsumer consumer = new PerformanceConsumer(state, new SimpleMeterRegistry());
      consumer.start(Position.START);
      PerformanceMonitor monitor = new PerformanceMonitor(state, consumer);
      Instant minute = START;
      Instant slow = START.plus(Duration.ofMinutes(QUIET_MINUTES));
      while (minute.isBefore(slow)) {
        minute = pass(consumer, minute, false);
      }
      assertThat(spikes(monitor, minute)).isEmpty();

      while (minute.isBefore(slow.plus(Duration.ofMinutes(SLOW_MINUTES)))) {
        minute = pass(consumer, minute, true);
      }
      List<Spike> spikes = spikes(monitor, minute);
      assertThat(spikes).allMatch(spike -> spike.kind() == SpikeKind.LATENCY);
      // Where it begins is an estimate: what chance has said just before is taken for part of it.
      long early = Micros.of(slow.minus(Duration.ofMinutes(5)));
      assertThat(spikes.stream().filter(spike -> spike.fromMicros() < early).count())
          .isLessThan(spikes.size() / 10);
      // Of all projects together, nearly every action has been found out by now.
      long together = spikes.stream().filter(spike -> spike.project() == null).count();
      System.out.printf("%d spikes, %d of all projects together%n", spikes.size(), together);
      assertThat(together).isGreaterThan(30);
    }
  }

  private static List<Spike> spikes(PerformanceMonitor monitor, Instant now) {
    return monitor.spikes(
        SpikesRequest.parse(
            Map.of("from", List.of(START.toString()), "limit", List.of("1000")), now));
  }

  private Instant pass(PerformanceConsumer consumer, Instant minute, boolean slow) {
    Instant end = minute.plusSeconds(60);
    List<EventBlock> blocks = new ArrayList<>();
    EventBlockBuilder builder = new EventBlockBuilder();
    int rows = 0;
    while (traffic.now().isBefore(end)) {
      add(builder, slow);
      if (++rows == 4_000) {
        blocks.add(block(builder, rows, end));
        builder = new EventBlockBuilder();
        rows = 0;
      }
    }
    blocks.add(block(builder, rows, end));
    consumer.apply(new EventBatch(blocks));
    return end;
  }

  private EventBlock block(EventBlockBuilder builder, int rows, Instant received) {
    EventBlock block =
        new EventBlock(new Position(position), builder.seal(Micros.of(received) - 1));
    position += rows;
    return block;
  }

  private void add(EventBlockBuilder builder, boolean slow) {
    int end = traffic.next(line, 0);
    JsonNode event = JsonMapper.shared().readTree(line, 0, end);
    for (Field label : LABELS) {
      JsonNode value = event.get(label.jsonName());
      if (value != null) {
        byte[] utf8 = value.asString().getBytes(StandardCharsets.UTF_8);
        builder.label(label, utf8, 0, utf8.length);
      }
    }
    byte[] time = event.path("timestamp").asString().getBytes(StandardCharsets.UTF_8);
    builder.integer(Field.TIMESTAMP, Timestamps.parse(time, 0, time.length));
    builder.integer(Field.RETRIES, event.path("retries").asLong(0));
    double times = slow && calls++ % 20 == 0 ? 5 : 1;
    builder.decimal(Field.DURATION_MS, times * event.path("duration_ms").asDouble(0));
    builder.endRow();
  }
}
