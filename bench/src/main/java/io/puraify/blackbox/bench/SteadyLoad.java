package io.puraify.blackbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;

/**
 * The same load of single events, over and over, while something else goes on or nothing does, so
 * that what that costs recording can be read from one run.
 *
 * @param rate requests that arrive a second
 */
record SteadyLoad(ServerProcess server, double rate, Duration warmUp, Duration duration) {

  private static final int CONNECTIONS = 64;

  static void printHead() {
    System.out.printf(
        Locale.ROOT,
        "%-34s %10s %8s %8s %8s %8s%n",
        "meanwhile",
        "events/s",
        "p50 ms",
        "p99 ms",
        "max ms",
        "CPU s");
  }

  /** Runs it once and prints a line. */
  RequestLoad.Result run(String meanwhile) throws IOException {
    Duration before = ProcessWatch.cpu(server.pid());
    RequestLoad.Result result =
        new RequestLoad(
                new RequestLoad.Options(
                    server.uri(), CONNECTIONS, rate, warmUp, duration, System.nanoTime()))
            .run();
    System.out.printf(
        Locale.ROOT,
        "%-34s %,10.0f %8.2f %8.2f %8.1f %8.1f%n",
        meanwhile,
        result.perSecond(),
        result.millis(50),
        result.millis(99),
        result.millis(100),
        ProcessWatch.cpu(server.pid()).minus(before).toMillis() / 1e3);
    if (result.failures() > 0) {
      System.out.printf(Locale.ROOT, "  answers other than 202: %d%n", result.failures());
    }
    return result;
  }
}
