package io.puraify.blackbox.server.cli.ingest;

import io.puraify.blackbox.server.cli.http.ServerAddress;
import io.puraify.blackbox.server.cli.http.ServerFailedException;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Sends all slices of a queue over a few connections. */
final class Ingestion {

  /**
   * How they are sent.
   *
   * @param connections at the same time, ≥ 1
   * @param untilStored whether to wait until the last event can be queried
   */
  record Options(
      ServerAddress server, int connections, boolean untilStored, Delivery.Patience patience) {}

  private final Options options;
  private final SliceQueue queue;
  private final Tally tally;
  private final InstantSource clock;
  private final AtomicBoolean reached = new AtomicBoolean();

  Ingestion(Options options, SliceQueue queue, Tally tally, InstantSource clock) {
    this.options = options;
    this.queue = queue;
    this.tally = tally;
    this.clock = clock;
  }

  /**
   * Returns when everything is sent. Where one connection fails, the others finish their slice, and
   * the tally tells how far they came.
   *
   * @throws IOException where an input cannot be read
   * @throws ServerFailedException where the server does not take the events
   */
  void run() throws IOException, InterruptedException {
    List<Future<?>> senders = new ArrayList<>();
    try (ExecutorService threads = Executors.newFixedThreadPool(options.connections())) {
      for (int i = 0; i < options.connections(); i++) {
        senders.add(threads.submit(this::sendUntilTheLast));
      }
    }
    for (Future<?> sender : senders) {
      await(sender);
    }
    SliceQueue.Numbered last = queue.last();
    if (last != null) {
      try (Delivery delivery = delivery()) {
        send(delivery, last, options.untilStored());
      }
    }
  }

  private @Nullable Void sendUntilTheLast() throws IOException, InterruptedException {
    try (Delivery delivery = delivery()) {
      SliceQueue.Numbered slice = queue.next();
      while (slice != null) {
        send(delivery, slice, false);
        slice = queue.next();
      }
      return null;
    } catch (IOException | RuntimeException e) {
      queue.stop();
      throw e;
    }
  }

  private void send(Delivery delivery, SliceQueue.Numbered slice, boolean untilStored)
      throws IOException, InterruptedException {
    tally.add(slice, delivery.deliver(slice.slice(), untilStored));
  }

  private Delivery delivery() {
    return new Delivery(options.server(), options.patience(), clock, reached);
  }

  private static void await(Future<?> sender) throws IOException, InterruptedException {
    try {
      sender.get();
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case IOException reading -> throw reading;
        case RuntimeException failed -> throw failed;
        case null, default -> throw new IllegalStateException(e);
      }
    }
  }
}
