package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.HttpConnection;
import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
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
   * @param lost while the server cannot be reached
   * @param busy while it answers that it cannot take it yet
   */
  record Patience(Duration lost, Duration busy) {

    /** A restart takes seconds; a store that has fallen behind takes minutes. */
    static final Patience USUAL = new Patience(Duration.ofMinutes(1), Duration.ofMinutes(10));
  }

  private static final String LOGS = "/monitoring/logs";
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final int LONGEST_PAUSE_DOUBLINGS = 5;

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
   * @throws ServerFailedException where it does not decide, or refuses the slice as a whole
   */
  IngestAnswer deliver(Slice slice, boolean untilStored) throws IOException, InterruptedException {
    String path = untilStored ? LOGS + "?wait=stored" : LOGS;
    Map<String, String> headers =
        Map.of(
            "Content-Type",
            "application/x-ndjson",
            "Idempotency-Key",
            UUID.randomUUID().toString());
    Instant began = clock.instant();
    for (int attempt = 0; ; attempt++) {
      boolean answered = false;
      Outcome outcome;
      try {
        outcome = Outcome.of(connection().post(path, headers, slice));
        answered = true;
        reached.set(true);
      } catch (FileSystemException e) {
        throw e;
      } catch (IOException e) {
        outcome = lost(e, attempt);
      }
      switch (outcome) {
        case Outcome.Decided(IngestAnswer answer) -> {
          return answer;
        }
        case Outcome.Refused(String why) -> throw new ServerFailedException(why, null);
        case Outcome.Later(Duration after, String why) ->
            pause(after, began, answered ? patience.busy() : patience.lost(), why);
      }
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

  private Outcome lost(IOException cause, int attempt) {
    close();
    ServerFailedException unreachable = ServerFailedException.unreachable(server, cause);
    if (!reached.get()) {
      throw unreachable;
    }
    return new Outcome.Later(
        FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, LONGEST_PAUSE_DOUBLINGS)),
        String.valueOf(unreachable.getMessage()));
  }

  private void pause(Duration after, Instant began, Duration patience, String why)
      throws InterruptedException {
    Duration waited = Duration.between(began, clock.instant());
    if (waited.plus(after).compareTo(patience) > 0) {
      throw new ServerFailedException(
          "given up after %d s: %s".formatted(waited.toSeconds(), why), null);
    }
    Thread.sleep(after);
  }

  @Override
  public void close() {
    if (connection != null) {
      connection.close();
      connection = null;
    }
  }
}
