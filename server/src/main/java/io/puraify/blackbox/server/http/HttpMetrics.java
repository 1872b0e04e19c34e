package io.puraify.blackbox.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** How long requests took, by route, method and status. Safe for any thread. */
final class HttpMetrics {

  /** From less than a sync of the disk to the longest that clients wait. */
  private static final Duration[] BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(2),
    Duration.ofMillis(5),
    Duration.ofMillis(10),
    Duration.ofMillis(20),
    Duration.ofMillis(50),
    Duration.ofMillis(100),
    Duration.ofMillis(250),
    Duration.ofMillis(500),
    Duration.ofSeconds(1),
    Duration.ofSeconds(5),
    Duration.ofSeconds(30)
  };

  private final MeterRegistry registry;
  private final Map<Kind, Timer> timers = new ConcurrentHashMap<>();

  private record Kind(String method, String template, int status) {}

  HttpMetrics(MeterRegistry registry) {
    this.registry = registry;
  }

  void answered(String method, String template, int status, long nanos) {
    timers
        .computeIfAbsent(new Kind(method, template, status), this::timer)
        .record(nanos, TimeUnit.NANOSECONDS);
  }

  private Timer timer(Kind kind) {
    return Timer.builder("blackbox.http.requests")
        .description("Time from a request's head to its answer")
        .tag("method", kind.method)
        .tag("route", kind.template)
        .tag("status", Integer.toString(kind.status))
        .serviceLevelObjectives(BUCKETS)
        .register(registry);
  }
}
