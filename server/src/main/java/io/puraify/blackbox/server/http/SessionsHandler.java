package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.replay.ErrorRequest;
import io.puraify.blackbox.engine.replay.Replay;
import io.puraify.blackbox.engine.replay.ReplayRequest;
import io.puraify.blackbox.engine.replay.ReplayRoom;
import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.replay.SessionKind;
import io.puraify.blackbox.engine.replay.SessionSummary;
import io.puraify.blackbox.engine.replay.Sessions;
import io.puraify.blackbox.engine.replay.SessionsRequest;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import java.time.InstantSource;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /monitoring/sessions} and what is below it. */
final class SessionsHandler {

  private static final Logger log = LoggerFactory.getLogger(SessionsHandler.class);

  private static final String ID = "session_id";

  private final EventStore store;
  private final ReplayRoom room;
  private final Recordings recordings;
  private final CauseRulings rulings;
  private final Blocking blocking;
  private final InstantSource clock;

  SessionsHandler(
      EventStore store,
      ReplayRoom room,
      Recordings recordings,
      CauseRulings rulings,
      Blocking blocking,
      InstantSource clock) {
    this.store = store;
    this.room = room;
    this.recordings = recordings;
    this.rulings = rulings;
    this.blocking = blocking;
    this.clock = clock;
  }

  void list(Exchange exchange) {
    var request = SessionsRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(
        exchange,
        () -> {
          Sessions found = request.answer(store);
          return Answer.json(200, SessionsJson.sessions(found, recorded(found)));
        });
  }

  /** Those with a recording; only what has a {@code session_id} can have one. */
  private Set<SessionId> recorded(Sessions found) {
    return found.kind() == SessionKind.SESSION
        ? recordings.recorded(found.listed().stream().map(SessionSummary::session).toList())
        : Set.of();
  }

  private boolean isRecorded(SessionKind kind, SessionId session) {
    return kind == SessionKind.SESSION && !recordings.recorded(Set.of(session)).isEmpty();
  }

  /** Answers line by line, from the keyframe before the moment that is asked for. */
  void replay(Exchange exchange) {
    ReplayRequest request = request(exchange);
    blocking.query(
        exchange,
        () -> request.open(store),
        replay -> exchange.loop().run(() -> send(exchange, request, replay)));
  }

  private void send(Exchange exchange, ReplayRequest request, Replay replay) {
    ReplayRoom.Lease lease;
    try {
      lease = room.take(replay);
    } catch (ProblemException e) {
      exchange.answer(Router.failure(e));
      return;
    }
    ResponseStream stream = exchange.stream("application/x-ndjson", Map.of());
    blocking.run(() -> {
      try (lease) {
        int played = request.played(replay).orElse(0);
        boolean recorded = isRecorded(request.kind(), replay.session());
        new ReplayLines(replay, request.kind(), recorded).write(played, stream::write);
        stream.end();
      } catch (ResponseStream.GoneException e) {
        log.debug("the client of a replay has gone");
      } catch (RuntimeException e) {
        log.error("a replay failed", e);
        stream.abort();
      }
    });
  }

  void state(Exchange exchange) {
    ReplayRequest request = request(exchange);
    if (request.at().isEmpty() && request.offsetMicros().isEmpty()) {
      throw ReplayRequest.momentMissing();
    }
    blocking.answer(
        exchange,
        () -> {
          Replay replay = request.open(store);
          long moment = request.moment(replay).orElseThrow();
          return Answer.json(200, ReplayLines.state(replay, moment));
        });
  }

  void causes(Exchange exchange) {
    var request =
        ErrorRequest.parse(exchange.pathParameter(ID), exchange.parameters(), clock.instant());
    blocking.answer(
        exchange, () -> Answer.json(200, RelatedJson.causes(request.causes(store, rulings))));
  }

  void related(Exchange exchange) {
    var request =
        ErrorRequest.parseWindow(
            exchange.pathParameter(ID), exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, RelatedJson.related(request.related(store))));
  }

  private ReplayRequest request(Exchange exchange) {
    return ReplayRequest.parse(exchange.pathParameter(ID), exchange.parameters(), clock.instant());
  }
}
