package io.puraify.blackbox.server;

import io.puraify.blackbox.engine.collector.BodyFormat;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.collector.Ingest;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.collector.Lane;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.performance.SpikeReport;
import io.puraify.blackbox.server.http.SpikeJson;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records an event for each spike that begins or ends, as a sender would: so spikes are found,
 * watched and told like all else. Each is told once, also through a crash: its event id is the same
 * when it is told again.
 */
final class SpikeReporter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(SpikeReporter.class);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /** So many are told in one go. */
  private static final int AT_ONCE = 100;

  private final PerformanceMonitor monitor;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("spike-reporter").factory());

  /** The lane's own thread; what it waits for completes there. */
  private final ExecutorService laneThread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("spike-lane").factory());

  private final Lane lane;

  SpikeReporter(PerformanceMonitor monitor, Collector collector) {
    this.monitor = monitor;
    this.lane = collector.lane(laneThread);
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::report, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void report() {
    try {
      for (SpikeReport report : monitor.unreported(AT_ONCE)) {
        CompletableFuture<IngestResult> told = new CompletableFuture<>();
        laneThread.execute(() -> ingest(SpikeJson.event(report), told));
        if (told.get().accepted() != 1) {
          log.error("a spike was not accepted as an event: {}", report.spike());
        }
        monitor.reported(report);
      }
    } catch (ExecutionException | RuntimeException e) {
      log.warn("spikes could not be recorded as events; it is tried again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ingest(byte[] event, CompletableFuture<IngestResult> told) {
    Ingest ingest = lane.ingest(BodyFormat.NDJSON, null);
    ingest.feed(event, 0, event.length);
    ingest.finish();
    var _ =
        ingest
            .result()
            .whenComplete((result, failure) -> {
              if (failure == null) {
                told.complete(result);
              } else {
                told.completeExceptionally(failure);
              }
            });
  }

  /** Lets what is under way end. Closing twice is fine. */
  @Override
  public void close() {
    timer.close();
    laneThread.close();
  }
}
