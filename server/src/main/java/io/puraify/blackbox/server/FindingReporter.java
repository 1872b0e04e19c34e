package io.puraify.blackbox.server;

import io.puraify.blackbox.engine.collector.BodyFormat;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.collector.Ingest;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.collector.Lane;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records an event for what Blackbox itself has found, such as a spike that begins or a group of
 * errors that regresses, as a sender would: so it is found, watched and told like all else. Each is
 * told once, also through a crash: its event id is the same when it is told again.
 */
final class FindingReporter implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(FindingReporter.class);

  private static final Duration EVERY = Duration.ofSeconds(5);

  /** So many are told in one go. */
  private static final int AT_ONCE = 100;

  /**
   * Something that was found.
   *
   * @param event as JSON, with an event id that is always the same
   * @param told to be run when it is recorded
   */
  record Finding(byte[] event, Runnable told) {}

  /** Where findings come from. */
  @FunctionalInterface
  interface Source {
    /** What was not told yet, at most so much, the oldest first. */
    List<Finding> untold(int limit);
  }

  private final List<Source> sources;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().name("finding-reporter").factory());

  /** The lane's own thread; what it waits for completes there. */
  private final ExecutorService laneThread =
      Executors.newSingleThreadExecutor(Thread.ofPlatform().name("finding-lane").factory());

  private final Lane lane;

  FindingReporter(List<Source> sources, Collector collector) {
    this.sources = List.copyOf(sources);
    this.lane = collector.lane(laneThread);
  }

  void start() {
    var _ =
        timer.scheduleWithFixedDelay(
            this::report, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void report() {
    for (Source source : sources) {
      report(source);
    }
  }

  private void report(Source source) {
    try {
      for (Finding finding : source.untold(AT_ONCE)) {
        CompletableFuture<IngestResult> told = new CompletableFuture<>();
        laneThread.execute(() -> ingest(finding.event(), told));
        if (told.get().accepted() != 1) {
          log.error(
              "a finding was not accepted as an event: {}",
              new String(finding.event(), StandardCharsets.UTF_8));
        }
        finding.told().run();
      }
    } catch (ExecutionException | RuntimeException e) {
      log.warn("findings could not be recorded as events; it is tried again", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ingest(byte[] event, CompletableFuture<IngestResult> told) {
    try {
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
    } catch (RuntimeException | Error e) {
      // Whoever waits would wait for ever.
      told.completeExceptionally(e);
    }
  }

  /** Lets what is under way end. Closing twice is fine. */
  @Override
  public void close() {
    timer.close();
    laneThread.close();
  }
}
