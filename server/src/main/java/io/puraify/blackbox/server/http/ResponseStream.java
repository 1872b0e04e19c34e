package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.RunningQuery.Stop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer that is written part by part, by a thread that may wait. No more than a few
 * parts are on their way at once, so that a slow client needs no memory here.
 */
final class ResponseStream {

  /** The client has gone, or the server stops: whoever writes may stop as well. */
  static final class GoneException extends RuntimeException {
    private static final long serialVersionUID = 1;

    GoneException() {
      super("nobody reads the answer any more", null, false, false);
    }
  }

  private static final int PARTS_ON_THEIR_WAY = 4;

  /** A client that takes nothing for so long counts as gone. */
  private static final long PATIENCE_SECONDS = 60;

  private final HttpServerResponse response;
  private final EventLoop loop;
  private final Semaphore room = new Semaphore(PARTS_ON_THEIR_WAY);
  private volatile boolean gone;
  private volatile RunningQuery query = new RunningQuery();

  /** Begins the body; on the connection's event loop. */
  ResponseStream(HttpServerResponse response, EventLoop loop) {
    this.response = response;
    this.loop = loop;
    response.setChunked(true);
    response.closeHandler(_ -> gone());
    response.exceptionHandler(_ -> gone());
  }

  private void gone() {
    gone = true;
    query.stop(Stop.CLIENT_GONE);
    room.release(PARTS_ON_THEIR_WAY);
  }

  /** A query for what is to be written next, which stops when nobody reads any more. */
  RunningQuery newQuery() {
    RunningQuery next = new RunningQuery();
    query = next;
    if (gone) {
      next.stop(Stop.CLIENT_GONE);
    }
    return next;
  }

  /**
   * Writes a part, as soon as the client has taken enough of those before.
   *
   * @throws GoneException where nobody reads any more
   */
  void write(byte[] part) {
    if (part.length == 0) {
      return;
    }
    try {
      if (!room.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        abort();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      abort();
    }
    requireReader();
    loop.run(() -> {
      if (!gone) {
        var _ = response.write(Buffer.buffer(part)).onComplete(_ -> room.release());
      }
    });
  }

  /**
   * For whoever works long before there is something to write.
   *
   * @throws GoneException where nobody reads any more
   */
  void requireReader() {
    if (gone) {
      throw new GoneException();
    }
  }

  /** Ends the body as a whole one. */
  void end() {
    loop.run(() -> {
      if (!gone && !response.ended()) {
        var _ = response.end();
      }
    });
  }

  /** Breaks the connection, so that the client does not take what it has for all. */
  void abort() {
    gone = true;
    loop.run(response::reset);
  }
}
