package io.puraify.blackbox.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.engine.collector.Collector;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.vertx.core.http.HttpMethod;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * What the API is made of.
 *
 * @param checks how each component does, by name
 */
public record HttpApi(
    Collector collector,
    Consumers consumers,
    EventStore store,
    Supplier<Map<String, Health>> checks,
    PrometheusMeterRegistry registry,
    InstantSource clock) {

  private static final String LOGS = "/monitoring/logs";

  /** The routes of one event loop, which has a lane of its own into the journal. */
  List<Route> routes(EventLoop loop, Blocking blocking) {
    IngestHandler ingest = new IngestHandler(collector.lane(loop::later), consumers, blocking);
    LogsHandler logs = new LogsHandler(store, blocking, clock);
    StatusHandler status = new StatusHandler(checks, registry, blocking);
    OpenApiHandler openApi = new OpenApiHandler();
    return List.of(
        new Route(HttpMethod.POST, LOGS, ingest::ingest),
        new Route(HttpMethod.GET, LOGS, logs::search),
        new Route(HttpMethod.GET, LOGS + "/{event_id}", logs::find),
        new Route(HttpMethod.GET, "/health/live", status::live),
        new Route(HttpMethod.GET, "/health/ready", status::ready),
        new Route(HttpMethod.GET, "/metrics", status::metrics),
        new Route(HttpMethod.GET, "/openapi.yaml", openApi::document));
  }
}
