package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.audit.AuditException;
import io.puraify.blackbox.engine.audit.AuditRequests;
import io.puraify.blackbox.engine.audit.AuditTrail;
import io.puraify.blackbox.engine.audit.Checkpoint;
import io.puraify.blackbox.engine.audit.Verification;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Verification, checkpoints and proofs of the audit trail. */
final class AuditHandler {

  private static final Logger log = LoggerFactory.getLogger(AuditHandler.class);

  /** Connections on which nothing passes are closed after a minute. */
  private static final long SIGN_OF_LIFE_SECONDS = 10;

  /** Of a bundle, on its way to a client. */
  private static final int PART_BYTES = 64 << 10;

  private final @Nullable AuditTrail trail;
  private final EventStore store;
  private final Blocking blocking;

  /**
   * @param trail {@code null} where events are not proven
   */
  AuditHandler(@Nullable AuditTrail trail, EventStore store, Blocking blocking) {
    this.trail = trail;
    this.store = store;
    this.blocking = blocking;
  }

  private AuditTrail trail() {
    if (trail == null) {
      throw new ProblemException(
          new Problem(
              404,
              "audit-not-enabled",
              "Events are not proven",
              "Start the server with audit.enabled: true; events are proven from then on"));
    }
    return trail;
  }

  /**
   * Answers when all is verified, which may take minutes: until then there are line breaks, which
   * JSON allows before a value, so that the connection is not closed as idle.
   */
  void verify(Exchange exchange) {
    AuditRequests.none(exchange.parameters());
    AuditTrail audit = trail();
    takeTurn(audit);
    ResponseStream stream = exchange.stream("application/json", Map.of());
    blocking.run(() -> inTurn(audit, stream, () -> verify(audit, stream)));
  }

  private void verify(AuditTrail audit, ResponseStream stream) {
    CompletableFuture<Verification> verification = new CompletableFuture<>();
    blocking.run(() -> {
      try {
        verification.complete(audit.verify());
      } catch (RuntimeException | Error e) {
        verification.completeExceptionally(e);
      }
    });
    boolean gone = false;
    while (!verification.isDone()) {
      try {
        var _ = verification.get(SIGN_OF_LIFE_SECONDS, TimeUnit.SECONDS);
      } catch (TimeoutException e) {
        gone = gone || !sendSignOfLife(stream);
      } catch (ExecutionException e) {
        throw new CompletionException(e.getCause());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while the audit trail was verified", e);
      }
    }
    stream.write(AuditJson.verification(verification.join(), audit.publicKey()));
  }

  /** Nobody else may begin before this one is through, also where its client has gone. */
  private static boolean sendSignOfLife(ResponseStream stream) {
    try {
      stream.write(new byte[] {'\n'});
      return true;
    } catch (ResponseStream.GoneException e) {
      return false;
    }
  }

  void bundle(Exchange exchange) {
    AuditRequests.none(exchange.parameters());
    AuditTrail audit = trail();
    takeTurn(audit);
    ResponseStream stream =
        exchange.stream(
            "application/gzip",
            Map.of("Content-Disposition", "attachment; filename=\"blackbox-audit.bundle\""));
    blocking.run(() -> inTurn(audit, stream, () -> bundle(audit, stream)));
  }

  private static void bundle(AuditTrail audit, ResponseStream stream) {
    try (OutputStream out = new BufferedOutputStream(new StreamBody(stream), PART_BYTES)) {
      audit.export(out);
    } catch (IOException e) {
      throw new IllegalStateException("writing to a response throws no such thing", e);
    }
  }

  /** The body of an answer for who writes bytes. */
  private static final class StreamBody extends OutputStream {
    private final ResponseStream stream;

    StreamBody(ResponseStream stream) {
      this.stream = stream;
    }

    @Override
    public void write(int b) {
      stream.write(new byte[] {(byte) b});
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
      stream.write(Arrays.copyOfRange(bytes, from, from + length));
    }
  }

  private static void takeTurn(AuditTrail audit) {
    if (!audit.takeTurn()) {
      throw new ProblemException(
          new Problem(
              429,
              "audit-busy",
              "The audit trail is being read",
              "One verification or export runs at a time; try again when it is through"));
    }
  }

  private static void inTurn(AuditTrail audit, ResponseStream stream, Runnable work) {
    try {
      try {
        work.run();
      } finally {
        // Before the end: whoever has this answer may ask again.
        audit.giveTurnBack();
      }
      stream.end();
    } catch (ResponseStream.GoneException e) {
      log.debug("the client of the audit trail has gone");
    } catch (RuntimeException e) {
      log.error("the audit trail could not be read", e);
      stream.abort();
    }
  }

  void checkpoints(Exchange exchange) {
    AuditRequests.Page page = AuditRequests.Page.parse(exchange.parameters());
    answer(
        exchange,
        () -> {
          List<Checkpoint> checkpoints = trail().before(page.before(), page.limit());
          return Answer.json(200, AuditJson.checkpoints(checkpoints));
        });
  }

  void inclusion(Exchange exchange) {
    String eventId = AuditRequests.eventId(exchange.parameters());
    answer(
        exchange,
        () -> {
          AuditTrail audit = trail();
          Event event =
              store
                  .find(eventId)
                  .orElseThrow(
                      () -> absent("event-not-found", "There is no such event", "id " + eventId));
          return audit
              .prove(event)
              .map(proof -> Answer.json(200, AuditJson.inclusion(proof, audit.publicKey())))
              .orElseThrow(() ->
                  absent(
                      "not-proven",
                      "There is no proof of the event",
                      "It came a moment ago, so try again; or before the audit trail began"));
        });
  }

  void consistency(Exchange exchange) {
    AuditRequests.Pair pair = AuditRequests.Pair.parse(exchange.parameters());
    answer(
        exchange,
        () -> {
          AuditTrail audit = trail();
          return audit
              .prove(pair.first(), pair.second())
              .map(proof -> Answer.json(200, AuditJson.consistency(proof, audit.publicKey())))
              .orElseThrow(() ->
                  absent(
                      "no-such-checkpoint",
                      "There is no such checkpoint",
                      "There is no checkpoint %d or none %d"
                          .formatted(pair.first(), pair.second())));
        });
  }

  void key(Exchange exchange) {
    AuditRequests.none(exchange.parameters());
    answer(
        exchange,
        () ->
            Answer.of(
                200,
                "application/x-pem-file",
                trail().publicKey().pem().getBytes(StandardCharsets.US_ASCII)));
  }

  private static ProblemException absent(String type, String title, String detail) {
    return new ProblemException(new Problem(404, type, title, detail));
  }

  private void answer(Exchange exchange, Supplier<Answer> work) {
    blocking.answer(
        exchange,
        () -> {
          try {
            return work.get();
          } catch (AuditException e) {
            return Answer.problem(
                new Problem(
                    409, "audit-damaged", "The audit trail does not hold", "" + e.getMessage()));
          }
        });
  }
}
