package io.puraify.blackbox.bench;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.performance.Figure;
import io.puraify.blackbox.engine.performance.Overview;
import io.puraify.blackbox.engine.performance.PerformanceConsumer;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.performance.PerformanceRequest;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Rolls up made-up calls of many days, without a server, and asks for a month of them. All are
 * received at their end, so that no minute is looked at for spikes.
 */
@Command(
    name = "rollups",
    description = "Rolls up calls of many days, and measures how long a month takes to answer.")
final class RollupsCommand implements Callable<Integer> {

  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int BLOCK_ROWS = 8_192;
  private static final int ACTIONS = 45;
  private static final int WARM_UPS = 5;
  private static final int REQUESTS = 30;

  @Option(
      names = "--days",
      defaultValue = "62",
      description = "How many days; a month and the one before it (${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--per-second",
      defaultValue = "2",
      description = "Calls a second of their own time (${DEFAULT-VALUE}).")
  private int perSecond;

  @Option(
      names = "--projects",
      defaultValue = "20",
      description = "How many projects have them (${DEFAULT-VALUE}).")
  private int projects;

  private final Random random = new Random(1);
  private long position;

  @Override
  public Integer call() throws IOException {
    Path folder = Files.createTempDirectory("bench-rollups-");
    StateOptions options =
        StateOptions.of(folder.resolve("state.sqlite"), PerformanceConsumer.SCHEMA);
    try (StateDatabase state = new StateDatabase(options)) {
      state.start();
      PerformanceConsumer consumer = new PerformanceConsumer(state, new SimpleMeterRegistry());
      consumer.start(Position.START);
      rollUp(consumer);
      System.out.printf(
          Locale.ROOT, "state: %.1f MB for %d days%n", (double) state.bytes() / 1e6, days);
      PerformanceMonitor monitor = new PerformanceMonitor(state, consumer);
      ask(monitor, "a month, by action", Map.of());
      ask(monitor, "a month, by platform", Map.of("group_by", "platform"));
      ask(monitor, "a month of a project, by action", Map.of("project_id", "p1"));
      ask(monitor, "a month, by project", Map.of("group_by", "project_id"));
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private Instant end() {
    return START.plus(Duration.ofDays(days));
  }

  private void rollUp(PerformanceConsumer consumer) {
    long calls = 0;
    long nanos = 0;
    long micros = Micros.of(START);
    long end = Micros.of(end());
    while (micros < end) {
      EventBlockBuilder builder = new EventBlockBuilder();
      int rows = 0;
      for (; rows < BLOCK_ROWS && micros < end; rows++) {
        add(builder, micros);
        micros += 1_000_000L / perSecond;
      }
      EventBlock block = new EventBlock(new Position(position), builder.seal(end));
      position += rows;
      calls += rows;
      long began = System.nanoTime();
      consumer.apply(new EventBatch(List.of(block)));
      nanos += System.nanoTime() - began;
    }
    System.out.printf(
        Locale.ROOT,
        "%,d calls rolled up, %.2f µs each in batches of %,d%n",
        calls,
        (double) nanos / 1e3 / (double) calls,
        BLOCK_ROWS);
  }

  private void add(EventBlockBuilder builder, long micros) {
    int action = random.nextInt(ACTIONS);
    label(builder, Field.PROJECT_ID, "p" + random.nextInt(projects));
    label(builder, Field.ENGINE, "e" + action % 4);
    label(builder, Field.PLATFORM, "f" + action % 12);
    label(builder, Field.ACTION, "a" + action);
    label(builder, Field.STATUS, random.nextInt(100) < 8 ? "error" : "success");
    builder.integer(Field.TIMESTAMP, micros);
    builder.decimal(
        Field.DURATION_MS, Math.rint(100 * (1 + action) * Math.exp(0.55 * random.nextGaussian())));
    builder.endRow();
  }

  private static void label(EventBlockBuilder builder, Field field, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    builder.label(field, utf8, 0, utf8.length);
  }

  private void ask(PerformanceMonitor monitor, String what, Map<String, String> parameters) {
    Map<String, List<String>> given = new HashMap<>();
    given.put("since", List.of("30d"));
    parameters.forEach((name, value) -> given.put(name, List.of(value)));
    PerformanceRequest request = PerformanceRequest.parse(given, end());
    double[] millis = new double[REQUESTS];
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    long cpu = 0;
    Overview overview = monitor.overview(request);
    for (int i = -WARM_UPS; i < REQUESTS; i++) {
      long began = System.nanoTime();
      long cpuBegan = threads.getCurrentThreadCpuTime();
      overview = monitor.overview(request);
      if (i >= 0) {
        cpu += threads.getCurrentThreadCpuTime() - cpuBegan;
        millis[i] = (double) (System.nanoTime() - began) / 1e6;
      }
    }
    Arrays.sort(millis);
    System.out.printf(
        Locale.ROOT,
        "%s and the one before: median %.1f ms, most %.1f ms, CPU %.1f ms"
            + " (%d groups, %,.0f calls, p99 %s)%n",
        what,
        millis[REQUESTS / 2],
        millis[REQUESTS - 1],
        (double) cpu / 1e6 / REQUESTS,
        overview.groups(),
        overview.total().now().get(Figure.CALLS),
        overview.total().now().get(Figure.P99));
  }
}
