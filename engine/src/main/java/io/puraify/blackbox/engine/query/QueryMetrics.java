package io.puraify.blackbox.engine.query;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.puraify.blackbox.core.RunningQuery.Stop;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** What the queries of a pool do: how many run and wait, how they end and how long that takes. */
final class QueryMetrics {

  /** From what a warm page takes to the usual time limit. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(10),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(10),
    Duration.ofSeconds(30)
  };

  private final String kind;
  private final MeterRegistry registry;
  private final Timer answered;
  private final Timer failed;
  private final Counter refused;

  QueryMetrics(String kind, MeterRegistry registry, ThreadPoolExecutor threads) {
    this.kind = kind;
    this.registry = registry;
    this.answered = timer("answered");
    this.failed = timer("failed");
    for (Stop reason : Stop.values()) {
      var _ = timer(outcome(reason));
    }
    this.refused =
        Counter.builder("blackbox.queries.refused")
            .description("Queries that were not begun because too many were waiting")
            .tag("kind", kind)
            .register(registry);
    Gauge.builder("blackbox.queries.running", threads, ThreadPoolExecutor::getActiveCount)
        .description("Queries that run")
        .tag("kind", kind)
        .register(registry);
    Gauge.builder("blackbox.queries.waiting", threads, it -> it.getQueue().size())
        .description("Queries that wait for their turn")
        .tag("kind", kind)
        .register(registry);
  }

  private static String outcome(Stop reason) {
    return reason.name().toLowerCase(Locale.ROOT);
  }

  private Timer timer(String outcome) {
    return Timer.builder("blackbox.queries")
        .description("Time from a query's arrival to its end")
        .tag("kind", kind)
        .tag("outcome", outcome)
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }

  void answered(long nanos) {
    answered.record(nanos, TimeUnit.NANOSECONDS);
  }

  void failed(long nanos) {
    failed.record(nanos, TimeUnit.NANOSECONDS);
  }

  void stopped(Stop reason, long nanos) {
    timer(outcome(reason)).record(nanos, TimeUnit.NANOSECONDS);
  }

  void refused() {
    refused.increment();
  }
}
