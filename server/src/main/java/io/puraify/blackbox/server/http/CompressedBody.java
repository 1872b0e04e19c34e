package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.engine.collector.Ingest;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;

/**
 * Expands the body of a request on a virtual thread and feeds it to its event loop chunk by chunk,
 * each when the one before was taken: however much a body expands to, little of it is in memory.
 */
final class CompressedBody {

  private static final int CHUNK_BYTES = 64 << 10;

  /**
   * Events compress thirty- to eightyfold. What expands to much more is made to fill a disk or to
   * keep a processor busy.
   */
  private static final long MAX_RATIO = 300;

  /** Short bodies of one repeated event may compress better than that. */
  private static final long FREE_BYTES = 64L << 20;

  private final Exchange exchange;
  private final HttpServerRequest request;
  private final Ingest ingest;
  private final Encoding encoding;
  private final ReceivedBytes received;

  CompressedBody(Exchange exchange, Ingest ingest, Encoding encoding) {
    this.exchange = exchange;
    this.request = exchange.request();
    this.ingest = ingest;
    this.encoding = encoding;
    this.received = new ReceivedBytes(request::pause, () -> exchange.loop().run(request::resume));
  }

  /** Begins; runs on the event loop. */
  void receive(Blocking blocking) {
    request.handler(buffer -> received.add(buffer.getBytes()));
    request.endHandler(_ -> received.end());
    request.exceptionHandler(cause -> {
      IngestHandler.answerIfMalformed(exchange, cause);
      received.fail(new IOException("the body broke off", cause));
    });
    blocking.run(this::expand);
  }

  private void expand() {
    try (InputStream expanded = encoding.expand(received)) {
      byte[] chunk = new byte[CHUNK_BYTES];
      long total = 0;
      for (int count = expanded.read(chunk); count >= 0; count = expanded.read(chunk)) {
        total += count;
        if (total > FREE_BYTES && total > MAX_RATIO * received.total()) {
          refuse(bomb());
          return;
        }
        if (!feed(chunk, count)) {
          // It has failed, and its answer is on its way.
          exchange.loop().run(ingest::stop);
          return;
        }
      }
      exchange.loop().run(ingest::finish);
    } catch (IOException e) {
      if (received.hasFailed()) {
        exchange.loop().run(ingest::stop);
      } else {
        refuse(broken(e));
      }
    } finally {
      received.discard();
    }
  }

  /** Waits until the chunk is taken and there is room for more; {@code false} to stop. */
  private boolean feed(byte[] chunk, int count) {
    CompletableFuture<Boolean> taken = new CompletableFuture<>();
    exchange
        .loop()
        .run(() -> {
          if (ingest.hasFailed()) {
            taken.complete(false);
            return;
          }
          ingest.feed(chunk, 0, count);
          if (ingest.congested()) {
            ingest.whenReady(() -> taken.complete(true));
          } else {
            taken.complete(true);
          }
        });
    return taken.join();
  }

  /** Answers at once; the whole items before this place are kept all the same. */
  private void refuse(Problem problem) {
    exchange
        .loop()
        .run(() -> {
          exchange.answer(Answer.problem(problem));
          ingest.stop();
        });
  }

  private static Problem bomb() {
    return new Problem(
        413,
        "expands-too-much",
        "The body expands too much",
        ("It has expanded more than %d-fold and was read no further; what came before is"
                + " recorded. Send such events with less or without compression")
            .formatted(MAX_RATIO));
  }

  private Problem broken(IOException cause) {
    return new Problem(
        400,
        "broken-compression",
        "The body cannot be expanded",
        "It is not the %s that Content-Encoding says, or ends early: %s; what came before is recorded"
            .formatted(encoding.name().toLowerCase(java.util.Locale.ROOT), cause.getMessage()));
  }
}
