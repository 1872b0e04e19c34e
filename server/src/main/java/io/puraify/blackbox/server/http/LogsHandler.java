package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.ContextRequest;
import io.puraify.blackbox.engine.query.EventContext;
import io.puraify.blackbox.engine.query.SearchRequest;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/** {@code GET /monitoring/logs}, {@code …/logs/{event_id}} and {@code …/{event_id}/context}. */
final class LogsHandler {

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  LogsHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void search(Exchange exchange) {
    Map<String, List<String>> parameters = exchange.parameters();
    SearchRequest request = SearchRequest.parse(parameters, clock.instant());
    blocking.answer(
        exchange,
        () -> {
          Page<Event> page = BoundedPage.of(store::search, request.search());
          return Answer.json(200, Json.page(page, request.nextCursor(page)));
        });
  }

  void find(Exchange exchange) {
    String eventId = exchange.pathParameter("event_id");
    blocking.answer(exchange, () -> Answer.json(200, Json.event(require(eventId))));
  }

  void context(Exchange exchange) {
    String eventId = exchange.pathParameter("event_id");
    ContextRequest request = ContextRequest.parse(exchange.parameters());
    blocking.answer(
        exchange,
        () -> {
          EventContext context =
              EventContext.of(
                  search -> BoundedPage.of(store::search, search),
                  require(eventId),
                  request.by(),
                  request.before(),
                  request.after());
          return Answer.json(200, Json.context(context));
        });
  }

  private Event require(String eventId) {
    return store
        .find(eventId)
        .orElseThrow(() ->
            new ProblemException(
                new Problem(
                    404,
                    "event-not-found",
                    "There is no such event",
                    "No event has the id %s; it may have passed its retention, or not be stored yet"
                        .formatted(eventId))));
  }
}
