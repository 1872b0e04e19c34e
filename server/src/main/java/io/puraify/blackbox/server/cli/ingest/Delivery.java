package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import io.puraify.blackbox.server.cli.ingest.Outcome.Trouble;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Sends slices over one connection, each until the server has decided about it. A slice has one key
 * for all attempts, so that the server takes it once. Used by one thread.
 */
final class Delivery implements AutoCloseable {

  /**
   * How long a slice is sent again.
   *
   * @param busy while the server answers that it cannot take it yet
   * @param away while it does not answer, or only that it failed
   */
  record Patience(Duration busy, Duration away) {

    /** A store that has fallen behind takes minutes; a restart takes seconds. */
    static final Patience USUAL = new Patience(Duration.ofMinutes(10), Duration.ofMinutes(1));

    Duration with(Trouble trouble) {
      return switch (trouble) {
        case BUSY -> busy;
        case AWAY -> away;
      };
    }
  }

  private static final String LOGS = "/monitoring/logs";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int MOST_DOUBLINGS = 5;

  private static final Outcome.Later STORING =
      new Outcome.Later(
          Trouble.BUSY, FIRST_PAUSE, "the events are safe, but cannot be queried yet");

  private final ServerAddress server;
  private final Patience patience;
  private final InstantSource clock;
  private final AtomicBoolean reached;
  private @Nullable HttpConnection connection;

  /**
   * Prepares the sending; connects when there is something to send.
   *
   * @param reached whether the server has ever answered, shared by all connections; before it has,
   *     a connection that fails is no restart but a wrong address
   */
  Delivery(ServerAddress server, Patience patience, InstantSource clock, AtomicBoolean reached) {
    this.server = server;
    this.patience = patience;
    this.clock = clock;
    this.reached = reached;
  }

  /**
   * Sends a slice until the server has decided about it.
   *
   * @param untilStored whether the answer is to wait until the events can be queried
   * @throws ServerFailedException where it does not decide, refuses the slice as a whole or cannot
   *     store it in time
   */
  IngestAnswer deliver(Slice slice, boolean untilStored) throws IOException, InterruptedException {
    String path = untilStored ? LOGS + "?wait=stored" : LOGS;
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/x-ndjson",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    IngestAnswer decided = null;
    Trouble trouble = Trouble.BUSY;
    Instant since = clock.instant();
    int repeats = 0;
    while (true) {
      Outcome.Later later;
      switch (attempt(path, headers, slice)) {
        case Outcome.Decided(IngestAnswer answer) -> {
          return decided == null ? answer : decided;
        }
        case Outcome.Pending(IngestAnswer answer) -> {
          // Asked again, it would call them repeats.
          decided = decided == null ? answer : decided;
          later = STORING;
        }
        case Outcome.Refused(String why) -> throw new ServerFailedException(why, null);
        case Outcome.Later busyOrAway -> later = busyOrAway;
      }
      boolean same = later.trouble() == trouble;
      trouble = later.trouble();
      since = same ? since : clock.instant();
      repeats = same ? repeats + 1 : 0;
      pause(later, since, repeats);
    }
  }

  private Outcome attempt(String path, Map<String, String> headers, Slice slice)
      throws FileSystemException {
    try {
      Outcome outcome = Outcome.of(connection().post(path, headers, slice));
      reached.set(true);
      return outcome;
    } catch (FileSystemException e) {
      // The slice's own trouble: its file is gone or has become shorter.
      throw e;
    } catch (IOException e) {
      return away(e);
    }
  }

  private HttpConnection connection() throws IOException {
    HttpConnection open = connection;
    if (open == null || !open.isReusable()) {
      close();
      open = HttpConnection.open(server);
      connection = open;
    }
    return open;
  }

  private Outcome away(IOException cause) {
    close();
    ServerFailedException unreachable = ServerFailedException.unreachable(server, cause);
    if (!reached.get()) {
      throw unreachable;
    }
    return new Outcome.Later(Trouble.AWAY, FIRST_PAUSE, String.valueOf(unreachable.getMessage()));
  }

  /** A busy server says itself when to come back; one that is away is asked less and less often. */
  private void pause(Outcome.Later later, Instant since, int repeats) throws InterruptedException {
    Duration pause =
        switch (later.trouble()) {
          case BUSY -> later.after();
          case AWAY -> later.after().multipliedBy(1L << Math.min(repeats, MOST_DOUBLINGS));
        };
    Duration waited = Duration.between(since, clock.instant());
    if (waited.plus(pause).compareTo(patience.with(later.trouble())) > 0) {
      throw new ServerFailedException(
          "given up after %d s: %s".formatted(waited.toSeconds(), later.why()), null);
    }
    Thread.sleep(pause);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
