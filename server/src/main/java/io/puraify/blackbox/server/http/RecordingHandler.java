package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.engine.replay.recording.Recording;
import io.puraify.blackbox.engine.replay.recording.RecordingReceipt;
import io.puraify.blackbox.engine.replay.recording.RecordingRequest;
import io.puraify.blackbox.engine.replay.recording.RecordingRoom;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /monitoring/sessions/{session_id}/recording}: what a page looked like. */
final class RecordingHandler {

  private static final Logger log = LoggerFactory.getLogger(RecordingHandler.class);

  private static final String ID = "session_id";

  private final Recordings recordings;
  private final Blocking blocking;
  private final InstantSource clock;

  RecordingHandler(Recordings recordings, Blocking blocking, InstantSource clock) {
    this.recordings = recordings;
    this.blocking = blocking;
    this.clock = clock;
  }

  /** Takes a chunk in. */
  void add(Exchange exchange) {
    RecordingRequest request =
        RecordingRequest.parseChunk(
            exchange.pathParameter(ID), exchange.parameters(), clock.instant());
    requireJson(exchange.header("Content-Type"));
    Encoding encoding = Encoding.of(exchange.header("Content-Encoding"));
    ReceivedBytes received = received(exchange);
    blocking.report(
        exchange,
        () -> {
          RecordingReceipt receipt;
          try (RecordingRoom.Lease _ = recordings.room().receive()) {
            receipt = recordings.add(request, body(received, encoding));
          } finally {
            received.discard();
          }
          return Answer.json(
              receipt.duplicate() ? 200 : 201, RecordingLines.receipt(request, receipt));
        });
  }

  private static void requireJson(@Nullable String contentType) {
    String type = contentType == null ? "" : contentType.toLowerCase(Locale.ROOT);
    if (!type.split(";", 2)[0].strip().equals("application/json")) {
      throw IngestHandler.unsupported(
          "Content-Type is %s; send rrweb events as an array in application/json"
              .formatted(contentType == null ? "missing" : "'" + contentType + "'"));
    }
  }

  private static ReceivedBytes received(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    ReceivedBytes received =
        new ReceivedBytes(request::pause, () -> exchange.loop().run(request::resume));
    request.handler(buffer -> received.add(buffer.getBytes()));
    request.endHandler(_ -> received.end());
    request.exceptionHandler(cause -> received.fail(new IOException("the body broke off", cause)));
    return received;
  }

  /** Reads no more than may be, however much a body expands to. */
  private byte[] body(ReceivedBytes received, Encoding encoding) {
    int most = (int) Math.min(recordings.maxChunkBytes(), Integer.MAX_VALUE - 16);
    try (InputStream expanded = encoding.expand(received)) {
      byte[] body = expanded.readNBytes(most + 1);
      if (body.length <= most) {
        return body;
      }
    } catch (IOException e) {
      throw new ProblemException(
          new Problem(
              400,
              "broken-body",
              "The body cannot be read",
              "It ends early, or is not as Content-Encoding says: %s".formatted(e.getMessage())));
    }
    throw new ProblemException(
        new Problem(
            413,
            "too-large",
            "The chunk is too large",
            "A chunk of at most %,d bytes before compression was expected; send smaller ones"
                .formatted(most)));
  }

  /** Answers line by line, chunk by chunk. */
  void read(Exchange exchange) {
    RecordingRequest request =
        RecordingRequest.parse(exchange.pathParameter(ID), exchange.parameters(), clock.instant());
    blocking.query(
        exchange,
        () -> recordings.find(request),
        recording -> exchange.loop().run(() -> send(exchange, recording)));
  }

  private void send(Exchange exchange, Recording recording) {
    RecordingRoom.Lease lease;
    try {
      lease = recordings.room().send();
    } catch (ProblemException e) {
      exchange.answer(Router.failure(e));
      return;
    }
    ResponseStream stream = exchange.stream("application/x-ndjson", Map.of());
    blocking.run(() -> {
      try (lease) {
        new RecordingLines(recording, recordings).write(stream::write);
        stream.end();
      } catch (ResponseStream.GoneException e) {
        log.debug("the client of a recording has gone");
      } catch (RuntimeException e) {
        log.error("a recording could not be sent", e);
        stream.abort();
      }
    });
  }
}
