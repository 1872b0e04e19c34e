package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.collector.BodyFormat;
import io.puraify.blackbox.engine.collector.Ingest;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.collector.Lane;
import io.puraify.blackbox.engine.collector.Rejection;
import io.puraify.blackbox.engine.collector.Rejection.Reason;
import io.puraify.blackbox.engine.consumers.Consumers;
import io.puraify.blackbox.engine.errors.ErrorConsumer;
import io.puraify.blackbox.engine.performance.PerformanceConsumer;
import io.puraify.blackbox.journal.JournalException;
import io.puraify.blackbox.journal.JournalFullException;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** {@code POST /monitoring/logs}. One for each event loop, whose lane it fills. */
final class IngestHandler {

  /** With the number of an item behind it, the key still fits into an {@code event_id}. */
  private static final int MAX_KEY_LENGTH = 100;

  /** Whoever finds the disk full does not need to look more often. */
  private static final long DISK_RETRY_SECONDS = 5;

  /** Those that apply at once what they are given; others store it later, or wait for somebody. */
  private static final Set<String> APPLYING =
      Set.of(Consumers.EVENT_STORE, PerformanceConsumer.NAME, ErrorConsumer.NAME);

  private final Lane lane;
  private final Consumers consumers;
  private final Blocking blocking;
  private final Duration longestWait;
  // Bytes of a request on their way from Vert.x into the lane; one is fed at a time.
  private byte[] scratch = new byte[64 << 10];

  /**
   * @param longestWait how long an answer waits for more than that the events are safe, shorter
   *     than a connection may be idle
   */
  IngestHandler(Lane lane, Consumers consumers, Blocking blocking, Duration longestWait) {
    this.lane = lane;
    this.consumers = consumers;
    this.blocking = blocking;
    this.longestWait = longestWait;
  }

  void ingest(Exchange exchange) {
    BodyFormat format = format(exchange.header("Content-Type"));
    Encoding encoding = Encoding.of(exchange.header("Content-Encoding"));
    Wait wait = wait(exchange.parameters());
    Ingest ingest = lane.ingest(format, key(exchange.header("Idempotency-Key")));
    var _ =
        ingest
            .result()
            .whenComplete((result, thrown) -> {
              if (result == null) {
                exchange.answer(failure(thrown));
              } else if (wait == Wait.DURABLE || result.accepted() == 0) {
                exchange.answer(answer(result, null));
              } else {
                answerAfter(wait, exchange, result);
              }
            });
    if (encoding == Encoding.IDENTITY) {
      receive(exchange, ingest);
    } else {
      new CompressedBody(exchange, ingest, encoding).receive(blocking);
    }
  }

  private void receive(Exchange exchange, Ingest ingest) {
    HttpServerRequest request = exchange.request();
    request.handler(buffer -> {
      int length = buffer.length();
      if (scratch.length < length) {
        scratch = new byte[Math.max(length, 2 * scratch.length)];
      }
      buffer.getBytes(0, length, scratch, 0);
      feed(request, ingest, scratch, length);
    });
    request.endHandler(_ -> ingest.finish());
    request.exceptionHandler(cause -> {
      answerIfMalformed(exchange, cause);
      ingest.stop();
    });
  }

  /** A body that breaks off because the client has gone needs no answer; a broken chunk does. */
  static void answerIfMalformed(Exchange exchange, Throwable cause) {
    if (cause instanceof HttpClosedException) {
      return;
    }
    exchange.answer(
        Answer.problem(
            new Problem(
                400,
                "malformed-request",
                "The request cannot be read",
                "Its body is not sent as its head says: %s; what came before is recorded"
                    .formatted(cause.getMessage()))));
  }

  private static void feed(HttpServerRequest request, Ingest ingest, byte[] bytes, int length) {
    if (ingest.hasFailed()) {
      // The answer is on its way. What still comes is read and forgotten, because a connection
      // that is closed on unread bytes may lose the answer.
      ingest.stop();
      request.handler(_ -> {});
      request.endHandler(_ -> {});
      return;
    }
    ingest.feed(bytes, 0, length);
    if (ingest.congested()) {
      request.pause();
      ingest.whenReady(request::resume);
    }
  }

  private static BodyFormat format(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    int parameters = type.indexOf(';');
    return switch (parameters < 0 ? type.strip() : type.substring(0, parameters).strip()) {
      case "application/json" -> BodyFormat.JSON;
      case "application/x-ndjson",
          "application/ndjson",
          "application/jsonl",
          "application/x-jsonlines" ->
          BodyFormat.NDJSON;
      default ->
          throw unsupported(
              "Content-Type is %s; send application/json for an event or an array of them, or"
                      .formatted(contentType == null ? "missing" : "'" + contentType + "'")
                  + " application/x-ndjson for an event a line");
    };
  }

  static ProblemException unsupported(String detail) {
    return new ProblemException(
        new Problem(415, "unsupported-media-type", "The body cannot be read", detail));
  }

  /** How long the answer waits. */
  private enum Wait {
    /** Until the events are safe. */
    DURABLE,
    /** Until they can be found. */
    STORED,
    /** Until they are also counted and grouped. */
    APPLIED;

    String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private static Wait wait(Map<String, List<String>> parameters) {
    Wait wait = Wait.DURABLE;
    for (Map.Entry<String, List<String>> parameter : parameters.entrySet()) {
      String name = parameter.getKey();
      if (name.equals("wait") && parameter.getValue().equals(List.of("stored"))) {
        wait = Wait.STORED;
      } else if (name.equals("wait") && parameter.getValue().equals(List.of("applied"))) {
        wait = Wait.APPLIED;
      } else {
        throw new ProblemException(
            new Problem(
                400,
                "invalid-parameters",
                "The request cannot be understood",
                "The only parameter here is wait, with stored or applied",
                List.of(
                    new Problem.Item(
                        null, name, "wait=stored or wait=applied was expected, or nothing"))));
      }
    }
    return wait;
  }

  private static @Nullable String key(@Nullable String key) {
    if (key != null && (key.isEmpty() || key.length() > MAX_KEY_LENGTH)) {
      throw new ProblemException(
          new Problem(
              400,
              "invalid-idempotency-key",
              "The request cannot be understood",
              "Idempotency-Key has %d characters; it must have 1 to %d"
                  .formatted(key.length(), MAX_KEY_LENGTH)));
    }
    return key;
  }

  private void answerAfter(Wait wait, Exchange exchange, IngestResult result) {
    CompletableFuture<Void> reached =
        wait == Wait.STORED
            ? consumers.reached(Consumers.EVENT_STORE, result.end())
            : consumers.reached(APPLYING, result.end());
    // The events are safe: who waits too long for the rest is told that it is still to come.
    var _ =
        reached
            .thenApply(_ -> answer(result, null))
            .completeOnTimeout(
                answer(result, wait.label()), longestWait.toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((answer, thrown) -> {
              reached.cancel(false);
              exchange.answer(thrown == null ? answer : failure(thrown));
            });
  }

  /**
   * @param pending what was waited for and has not come to be
   */
  private static Answer answer(IngestResult result, @Nullable String pending) {
    if (result.accepted() > 0) {
      return Answer.json(202, Json.ingested(result, pending));
    }
    if (result.rejected() == 0) {
      return Answer.problem(
          new Problem(400, "no-events", "There is nothing to record", "The body holds no event"));
    }
    boolean tooLarge =
        result.rejections().stream().allMatch(each -> each.reason() == Reason.TOO_LARGE);
    String detail =
        result.rejected() == 1
            ? result.rejections().getFirst().detail()
            : "None of the %,d items became an event".formatted(result.rejected());
    return Answer.problem(
        new Problem(
            tooLarge ? 413 : 400,
            tooLarge ? "too-large" : "nothing-accepted",
            "No event was accepted",
            detail,
            result.rejections().stream().map(IngestHandler::item).toList()));
  }

  private static Problem.Item item(Rejection rejection) {
    return new Problem.Item(rejection.index(), rejection.pointer(), rejection.detail());
  }

  /** Why events could not be kept; what was not answered for may be sent again. */
  private static Answer failure(Throwable thrown) {
    Throwable cause =
        thrown instanceof CompletionException && thrown.getCause() != null
            ? thrown.getCause()
            : thrown;
    return switch (cause) {
      case JournalFullException full ->
          Answer.retryLater(
              unavailable("journal-full", String.valueOf(full.getMessage())),
              full.retryAfter().toSeconds());
      case JournalException failed ->
          Answer.retryLater(
              unavailable("journal-unavailable", String.valueOf(failed.getMessage())),
              DISK_RETRY_SECONDS);
      default -> Router.failure(cause);
    };
  }

  private static Problem unavailable(String type, String detail) {
    return new Problem(503, type, "Events cannot be recorded at the moment", detail);
  }
}
