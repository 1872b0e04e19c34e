package io.puraify.blackbox.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that runs as a child process until it is closed. */
final class ServerProcess implements AutoCloseable {

  private static final Pattern READY = Pattern.compile("\\w+ is ready at (http://[\\w.:]+)");

  /** A server that is not ready by then never will be. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Child child;
  private final URI uri;
  private final Duration startToReady;

  private ServerProcess(Child child, URI uri, Duration startToReady) {
    this.child = child;
    this.uri = uri;
    this.startToReady = startToReady;
  }

  /**
   * Starts a server and waits until it says that it is ready, in a line on its standard output.
   *
   * @param log where its standard error goes
   */
  static ServerProcess start(List<String> command, Path log)
      throws IOException, InterruptedException {
    long began = System.nanoTime();
    Child child = Child.start(command, log);
    CompletableFuture<URI> ready = new CompletableFuture<>();
    Thread.ofPlatform().daemon().start(() -> read(child.process().inputReader(), ready));
    try {
      URI uri = ready.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      return new ServerProcess(child, uri, Duration.ofNanos(System.nanoTime() - began));
    } catch (ExecutionException | TimeoutException e) {
      child.close();
      throw new IOException(command.getFirst() + " did not get ready; " + log + " says why", e);
    }
  }

  /** Reads all there is, so that the server never has to wait for a reader. */
  private static void read(BufferedReader out, CompletableFuture<URI> ready) {
    try (out) {
      String line = out.readLine();
      while (line != null) {
        readyAt(line, ready);
        line = out.readLine();
      }
      ready.completeExceptionally(new IOException("it has ended"));
    } catch (IOException e) {
      ready.completeExceptionally(e);
    }
  }

  private static void readyAt(String line, CompletableFuture<URI> ready) {
    Matcher matcher = READY.matcher(line);
    if (matcher.matches()) {
      ready.complete(URI.create(matcher.group(1)));
    }
  }

  URI uri() {
    return uri;
  }

  long pid() {
    return child.process().pid();
  }

  /** From the start of the process until its line was read. */
  Duration startToReady() {
    return startToReady;
  }

  /** The most resident memory it has had so far, in MiB. */
  double mostResidentMib() throws IOException {
    return ProcessWatch.mostResident(pid()) / (double) (1 << 20);
  }

  @Override
  public void close() {
    child.close();
  }
}
