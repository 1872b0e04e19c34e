package io.puraify.blackbox.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.cli.terminal.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Signals end processes, so they are sent to one of its own. */
class StopSignalsTest {

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
    return builder.redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  private static void signal(Process process, String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  private static void assertEnds(Process process, int exitCode) throws InterruptedException {
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(exitCode);
  }

  @ParameterizedTest
  @CsvSource({"TERM", "INT", "HUP"})
  void theFirstSignalStopsTheServerCleanly(String name) throws Exception {
    Process process = start();
    try (BufferedReader out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("Blackbox is ready at http://127.0.0.1:4711");
      signal(process, name);
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
      signal(process, "TERM");
      assertThat(out.readLine()).isEqualTo("closing");
      signal(process, "TERM");
      assertEnds(process, 143);
    } finally {
      process.destroyForcibly();
    }
  }
}
