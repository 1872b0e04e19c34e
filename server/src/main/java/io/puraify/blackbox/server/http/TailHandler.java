package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.query.BoundedPage;
import io.puraify.blackbox.engine.query.TailId;
import io.puraify.blackbox.engine.query.TailRequest;
import io.puraify.blackbox.engine.tail.LiveTail;
import io.puraify.blackbox.engine.tail.TailEvent;
import io.puraify.blackbox.engine.tail.TailReader;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code GET /monitoring/logs/stream}: events as they come in, as Server-Sent Events.
 *
 * <p>Some of the past first, then what comes. Where events are left out, because the reader or
 * Blackbox is too slow for all of them, an event {@code left_out} says how many.
 */
final class TailHandler {

  private static final Logger log = LoggerFactory.getLogger(TailHandler.class);

  /** Proxies and clients give up connections on which nothing is sent for longer. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(15);

  /** How long the past may lag before a reader gets what is stored of it. */
  private static final Duration PAST_WAIT = Duration.ofSeconds(2);

  private final LiveTail tail;
  private final EventStore store;
  private final Consumers consumers;
  private final Blocking blocking;
  private final InstantSource clock;

  TailHandler(
      LiveTail tail,
      EventStore store,
      Consumers consumers,
      Blocking blocking,
      InstantSource clock) {
    this.tail = tail;
    this.store = store;
    this.consumers = consumers;
    this.blocking = blocking;
    this.clock = clock;
  }

  void stream(Exchange exchange) {
    Optional<String> last = Optional.ofNullable(exchange.header("Last-Event-ID"));
    TailRequest request = TailRequest.parse(exchange.parameters(), last, clock.instant());
    TailReader opened = tail.open(request.filter());
    ResponseStream stream =
        exchange.stream("text/event-stream; charset=utf-8", Map.of("Cache-Control", "no-store"));
    blocking.run(() -> send(request, opened, stream));
  }

  private void send(TailRequest request, TailReader opened, ResponseStream stream) {
    try (TailReader reader = opened) {
      // A reader knows that it is connected before the first event comes.
      stream.write(bytes(": Blackbox\n\n"));
      past(request, reader, stream);
      while (!reader.isClosed()) {
        TailReader.Batch batch = reader.next(HEARTBEAT);
        byte[] text = batch.isEmpty() ? bytes(":\n\n") : text(batch);
        stream.write(text);
        reader.pause(text.length);
      }
      stream.end();
    } catch (ResponseStream.GoneException e) {
      log.debug("a reader of the live tail has gone");
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stream.abort();
    } catch (RuntimeException e) {
      log.error("the live tail of a reader failed", e);
      stream.abort();
    }
  }

  /** What came before the reader was opened, as far as it is wanted and stored. */
  private void past(TailRequest request, TailReader reader, ResponseStream stream)
      throws InterruptedException {
    if (request.past().isEmpty()) {
      return;
    }
    awaitStored(reader);
    Page<Event> page;
    try {
      page = blocking.ask(stream, () -> BoundedPage.of(store::search, request.past().get()));
    } catch (StoreException | ProblemException e) {
      log.warn("the live tail begins without the past: {}", e.getMessage());
      stream.write(leftOut("the event store cannot be read; the past is missing"));
      return;
    }
    long behind = request.last().map(TailId::position).orElse(-1L);
    List<TailEvent> events =
        page.items().reversed().stream()
            .filter(event -> event.position() > behind)
            .filter(event -> event.position() < reader.start().value())
            .map(TailEvent::new)
            .toList();
    if (request.last().isPresent() && !page.complete()) {
      stream.write(
          leftOut("more than %d events came meanwhile".formatted(TailRequest.MAX_HISTORY)));
    }
    stream.write(text(new TailReader.Batch(events, 0, 0)));
  }

  private void awaitStored(TailReader reader) throws InterruptedException {
    try {
      consumers
          .reached(Consumers.EVENT_STORE, reader.start())
          .get(PAST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException | TimeoutException e) {
      log.debug("the past of a live tail lags", e);
    }
  }

  private static byte[] text(TailReader.Batch batch) {
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    if (batch.leftOut() > 0 || batch.unseen() > 0) {
      text.writeBytes(
          bytes(
              "event: left_out\ndata: {\"matching\":%d,\"unseen\":%d}\n\n"
                  .formatted(batch.leftOut(), batch.unseen())));
    }
    batch.events().forEach(event -> text.writeBytes(event.text(TailHandler::text)));
    return text.toByteArray();
  }

  private static byte[] text(Event event) {
    String json = new String(Json.event(event), StandardCharsets.UTF_8);
    return bytes("id: " + TailId.of(event) + "\ndata: " + json + "\n\n");
  }

  private static byte[] leftOut(String reason) {
    return bytes("event: left_out\ndata: {\"reason\":\"%s\"}\n\n".formatted(reason));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
