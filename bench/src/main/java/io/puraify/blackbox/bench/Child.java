package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A child process that ends with this one at the latest, also on Ctrl-C. */
final class Child implements AutoCloseable {

  /** A server that has just taken millions of events may have a lot to write down. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Thread onExit;

  private Child(Process process) {
    this.process = process;
    this.onExit = new Thread(process::destroy);
  }

  /**
   * Starts a command.
   *
   * @param log where its standard error goes; replaced
   */
  static Child start(List<String> command, Path log) throws IOException {
    Files.createDirectories(log.toAbsolutePath().getParent());
    Process process = new ProcessBuilder(command).redirectError(log.toFile()).start();
    Child child = new Child(process);
    Runtime.getRuntime().addShutdownHook(child.onExit);
    return child;
  }

  Process process() {
    return process;
  }

  /** Asks it to end and waits; in the end it is killed. Closing twice is fine. */
  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      Runtime.getRuntime().removeShutdownHook(onExit);
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    } catch (IllegalStateException e) {
      // This process ends already, and takes the child with it.
      process.destroy();
    }
  }
}
