package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.replay.SessionsRequest;
import java.time.InstantSource;

/** {@code GET /monitoring/sessions} and what is below it. */
final class SessionsHandler {

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  SessionsHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void list(Exchange exchange) {
    var request = SessionsRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, SessionsJson.sessions(request.answer(store))));
  }
}
