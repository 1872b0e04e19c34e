package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.query.FieldsRequest;
import io.puraify.blackbox.engine.query.HistogramRequest;
import io.puraify.blackbox.engine.query.StatsRequest;
import io.puraify.blackbox.engine.query.ValuesRequest;
import java.time.InstantSource;

/** Numbers about events: histograms, statistics, fields and their values. */
final class StatsHandler {

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  StatsHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void histogram(Exchange exchange) {
    var request = HistogramRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, StatsJson.histogram(request.by(), request.answer(store))));
  }

  void stats(Exchange exchange) {
    var request = StatsRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, StatsJson.stats(request.answer(store))));
  }

  void fields(Exchange exchange) {
    var request = FieldsRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, StatsJson.fields(request.answer(store))));
  }

  void values(Exchange exchange) {
    var request =
        ValuesRequest.parse(exchange.pathParameter("name"), exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, StatsJson.values(request.answer(store))));
  }
}
