package io.puraify.blackbox.bench;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.collector.BodyFormat;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.collector.EventIdWindow;
import io.puraify.blackbox.engine.collector.Ingest;
import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.errors.ErrorGroups;
import io.puraify.blackbox.engine.errors.GroupQuery;
import io.puraify.blackbox.engine.errors.GroupView;
import io.puraify.blackbox.engine.errors.StoredEvents;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalOptions;
import io.puraify.blackbox.journal.Sync;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Groups the errors of a file of events, without a server, and lists the groups. */
@Command(
    name = "errors",
    description = "Groups the errors of a file of events, and measures what that costs.")
final class ErrorsCommand implements Callable<Integer> {

  private static final int BUFFER_BYTES = 1 << 20;
  private static final int WARM_UPS = 5;
  private static final int REQUESTS = 30;

  @Parameters(paramLabel = "FILE", description = "Events as NDJSON, see generate.")
  private Path file = Path.of("events.ndjson");

  @Option(
      names = "--events",
      defaultValue = "5000000",
      description = "Only so many, from the file's beginning (${DEFAULT-VALUE}).")
  private long events;

  private final MeterRegistry registry = new SimpleMeterRegistry();

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder = Files.createTempDirectory("bench-errors-");
    StateOptions options = StateOptions.of(folder.resolve("errors.sqlite"), ErrorConsumer.SCHEMA);
    try (Journal journal =
            new Journal(
                JournalOptions.in(folder.resolve("journal"))
                    .withSync(Sync.INTERVAL)
                    .withMaxBytes(Long.MAX_VALUE));
        StateDatabase state = new StateDatabase(options)) {
      journal.start();
      state.start();
      record(journal);
      group(journal, state);
      list(state);
    } finally {
      Folders.delete(folder);
    }
    return 0;
  }

  private void record(Journal journal) throws IOException {
    Collector collector =
        new Collector(
            journal,
            new EventIdWindow(),
            RedactionOptions.DEFAULT,
            InstantSource.system(),
            registry);
    try (ExecutorService thread = Executors.newSingleThreadExecutor();
        InputStream in = Files.newInputStream(file)) {
      Ingest ingest = collector.lane(thread).ingest(BodyFormat.NDJSON, null);
      byte[] buffer = new byte[BUFFER_BYTES];
      long lines = 0;
      for (int read = in.read(buffer); read > 0 && lines < events; read = in.read(buffer)) {
        int end = 0;
        for (; end < read && lines < events; end++) {
          lines += buffer[end] == '\n' ? 1 : 0;
        }
        int length = end;
        CompletableFuture.runAsync(() -> ingest.feed(buffer, 0, length), thread).join();
      }
      thread.execute(ingest::finish);
      var _ = ingest.result().join();
    }
  }

  private void group(Journal journal, StateDatabase state) throws InterruptedException {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    try (ErrorConsumer grouping = new ErrorConsumer(state, new NothingStored(), registry)) {
      grouping.start(Position.START);
      try (Consumers consumers = new Consumers(journal, List.of(grouping), registry)) {
        consumers.start();
        Thread thread =
            Thread.getAllStackTraces().keySet().stream()
                .filter(each -> each.getName().equals("consumer-" + ErrorConsumer.NAME))
                .findFirst()
                .orElseThrow();
        consumers.reached(ErrorConsumer.NAME, new Position(journal.end())).join();
        double seconds = (double) threads.getThreadCpuTime(thread.threadId()) / 1e9;
        double errors = registry.get("blackbox.errors.events").counter().count();
        double groups = registry.get("blackbox.errors.groups").gauge().value();
        System.out.printf(
            Locale.ROOT,
            "%,d events, %,.0f errors, %,.0f groups: %.1f s of CPU, %.1f µs an error, %.2f an"
                + " event; %.1f MB%n",
            journal.end(),
            errors,
            groups,
            seconds,
            1e6 * seconds / errors,
            1e6 * seconds / (double) journal.end(),
            (double) state.bytes() / 1e6);
      }
    }
  }

  /** Of the project that the group with the most errors is of, by each order. */
  private static void list(StateDatabase state) {
    ErrorGroups groups = new ErrorGroups(state, InstantSource.system());
    GroupView top = page(groups, Map.of("sort", List.of("errors"))).groups().getFirst();
    for (String sort : List.of("last_seen", "first_seen", "errors", "users")) {
      Map<String, List<String>> asked =
          Map.of("project_id", List.of(top.project()), "sort", List.of(sort));
      double[] millis = new double[REQUESTS];
      for (int i = -WARM_UPS; i < REQUESTS; i++) {
        long began = System.nanoTime();
        var _ = page(groups, asked);
        if (i >= 0) {
          millis[i] = (double) (System.nanoTime() - began) / 1e6;
        }
      }
      Arrays.sort(millis);
      System.out.printf(
          Locale.ROOT,
          "a project's groups by %s: median %.1f ms, most %.1f ms%n",
          sort,
          millis[REQUESTS / 2],
          millis[REQUESTS - 1]);
    }
  }

  private static GroupView.Page page(ErrorGroups groups, Map<String, List<String>> parameters) {
    return groups.list(GroupQuery.parse(parameters));
  }

  /** Rules are not changed here, so that nothing is asked of a store. */
  private static final class NothingStored implements StoredEvents {

    @Override
    public Position position() {
      return Position.START;
    }

    @Override
    public void scan(long from, long to, Consumer<Event> sink) {
      throw new UnsupportedOperationException("nothing is stored");
    }
  }
}
