package io.puraify.blackbox.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The packaged server in a process of its own, started as a user would. */
final class ServerProcess implements AutoCloseable {

  /** The exit code of a process that was killed with signal 9. */
  static final int KILLED = 128 + 9;

  private static final String READY = "Blackbox is ready at ";

  private final Process process;
  private final Output out;
  private final Output err;

  private ServerProcess(Process process) {
    this.process = process;
    this.out = new Output(process.inputReader(StandardCharsets.UTF_8));
    this.err = new Output(process.errorReader(StandardCharsets.UTF_8));
  }

  /** Starts it, and returns before it is ready. */
  static ServerProcess launch(Setup setup) throws IOException {
    return new ServerProcess(setup.serve().start());
  }

  /** Starts it, and returns when it is ready. */
  static ServerProcess start(Setup setup) throws IOException, InterruptedException {
    ServerProcess server = launch(setup);
    if (!server.awaitReady()) {
      server.close();
      throw new AssertionError("the server is not ready; it says:\n" + server.err);
    }
    return server;
  }

  static ServerProcess start(Path folder) throws IOException, InterruptedException {
    return start(Setup.in(folder));
  }

  /** Waits until it is ready; {@code false} where it has ended before. */
  boolean awaitReady() throws InterruptedException {
    return readyLine().isPresent();
  }

  private Optional<String> readyLine() throws InterruptedException {
    return out.await(line -> line.startsWith(READY), Patience.LONG);
  }

  URI uri() throws InterruptedException {
    return URI.create(readyLine().orElseThrow().substring(READY.length()));
  }

  long pid() {
    return process.pid();
  }

  /** What it has printed on standard output, to its end. */
  List<String> out() throws InterruptedException {
    return out.toTheEnd();
  }

  /** What it has printed on standard error, to its end. */
  List<String> err() throws InterruptedException {
    return err.toTheEnd();
  }

  /** Waits until it says something on standard error. */
  boolean says(String text) throws InterruptedException {
    return err.await(line -> line.contains(text), Patience.LONG).isPresent();
  }

  /** Waits for its end and returns the exit code. */
  int exit() throws InterruptedException {
    if (!process.waitFor(Patience.LONG.toSeconds(), TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not end; it says:\n" + err);
    }
    return process.exitValue();
  }

  /** Ends it as {@code kill -9} does. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    exit();
  }

  /** Sends SIGTERM, and does not wait. */
  void askToStop() {
    // Process.destroy() would close its streams, and lose what it says at the end.
    process.toHandle().destroy();
  }

  /** Sends SIGTERM, waits for the end, and returns the exit code. */
  int stop() throws InterruptedException {
    askToStop();
    return exit();
  }

  /** What it has resident in memory, in bytes, as Linux says it. */
  long residentBytes() {
    Path status = Path.of("/proc", Long.toString(pid()), "status");
    try {
      Matcher found = Pattern.compile("VmRSS:\\s+(\\d+) kB").matcher(Files.readString(status));
      return found.find() ? Long.parseLong(found.group(1)) * 1024 : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Kills it if it runs. Closing twice is fine. */
  @Override
  public void close() {
    process.destroyForcibly();
    process.onExit().join();
  }

  @Override
  public String toString() {
    return "the server with pid %d, which says:\n%s".formatted(pid(), err);
  }
}
