package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.performance.DifferencesRequest;
import io.puraify.blackbox.engine.performance.PerformanceMonitor;
import io.puraify.blackbox.engine.performance.PerformanceRequest;
import io.puraify.blackbox.engine.performance.SpikesRequest;
import io.puraify.blackbox.engine.performance.TimelineRequest;
import java.time.InstantSource;

/** {@code GET /monitoring/performance} and what is below it. */
final class PerformanceHandler {

  private final PerformanceMonitor monitor;
  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  PerformanceHandler(
      PerformanceMonitor monitor, EventStore store, Blocking blocking, InstantSource clock) {
    this.monitor = monitor;
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void overview(Exchange exchange) {
    var request = PerformanceRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, PerformanceJson.overview(monitor.overview(request))));
  }

  void timeline(Exchange exchange) {
    var request = TimelineRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, PerformanceJson.timeline(monitor.timeline(request))));
  }

  void heatmap(Exchange exchange) {
    var request = TimelineRequest.parseHeatmap(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, PerformanceJson.heatmap(monitor.heatmap(request))));
  }

  void spikes(Exchange exchange) {
    var request = SpikesRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, SpikeJson.spikes(monitor.spikes(request))));
  }

  void differences(Exchange exchange) {
    var request = DifferencesRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, DifferencesJson.differences(request.answer(store))));
  }
}
