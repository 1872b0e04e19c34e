package io.puraify.blackbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Signals end processes, so they are sent to one of its own. It is always SIGTERM: a process that
 * was started in the background may have inherited to ignore the others.
 */
class StopSignalsTest {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  /** A server that takes for ever to close where it is called with a word. */
  static final class Child {

    private Child() {}

    public static void main(String[] arguments) {
      boolean hangs = arguments.length > 0;
      ServerStarter starter = settings -> new Server(hangs);
      Cli cli = new Cli(Shell.ofProcess(), starter, InstantSource.system(), StopSignals::install);
      System.exit(cli.run("serve"));
    }
  }

  private record Server(boolean hangs) implements RunningServer {

    @Override
    public URI uri() {
      return URI.create("http://127.0.0.1:4711");
    }

    @Override
    public void close() {
      System.out.println("closing");
      try {
        new CountDownLatch(hangs ? 1 : 0).await();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static Process start(String... arguments) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName());
    builder.command().addAll(List.of(arguments));
    builder.environment().keySet().removeIf(name -> name.startsWith("BLACKBOX_"));
    Process process = builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    // Whoever reads from one that hangs reads its end then.
    CompletableFuture.delayedExecutor(PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .execute(process::destroyForcibly);
    return process;
  }

  private static void terminate(Process process) throws Exception {
    Process kill = new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static void assertEnds(Process process, int exitCode) throws InterruptedException {
    assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
  }

  @Test
  void theFirstSignalStopsTheServerCleanly() throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("Blackbox is ready at http://127.0.0.1:4711");
      terminate(process);
      assertThat(out.readLine()).isEqualTo("closing");
      assertEnds(process, 0);
    } finally {
      process.destroyForcibly();
    }
  }

  @Test
  void theSecondEndsTheProcessAtOnce() throws Exception {
    Process process = start("hang");
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).startsWith("Blackbox is ready");
      terminate(process);
      assertThat(out.readLine()).isEqualTo("closing");
      terminate(process);
      assertEnds(process, 143);
    } finally {
      process.destroyForcibly();
    }
  }
}
