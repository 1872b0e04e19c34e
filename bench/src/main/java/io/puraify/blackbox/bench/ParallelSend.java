package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Sends the slices of a file over a few connections at the same time. */
final class ParallelSend {

  /** Sends one slice until it is taken; called by one thread for each connection. */
  @FunctionalInterface
  interface Sender {
    void send(HttpConnection connection, LineSlices.Slice slice)
        throws IOException, InterruptedException;
  }

  private ParallelSend() {}

  /** Returns when every slice is sent. */
  static void all(URI server, int connections, LineSlices slices, Sender sender)
      throws IOException, InterruptedException {
    try (ExecutorService threads = Executors.newFixedThreadPool(connections)) {
      List<Future<?>> running = new ArrayList<>();
      for (int i = 0; i < connections; i++) {
        running.add(
            threads.submit(() -> {
              sendOn(server, slices, sender);
              return null;
            }));
      }
      for (Future<?> one : running) {
        one.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("sending failed: " + e.getCause(), e.getCause());
    }
  }

  private static void sendOn(URI server, LineSlices slices, Sender sender)
      throws IOException, InterruptedException {
    try (HttpConnection connection = new HttpConnection(server)) {
      LineSlices.@Nullable Slice slice = slices.next();
      while (slice != null) {
        sender.send(connection, slice);
        slice = slices.next();
      }
    }
  }
}
