package io.puraify.blackbox.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Sends one event a request to a running server and measures each answer. */
@Command(
    name = "requests",
    description = "Sends one event a request to a running server and measures the latencies.")
final class RequestsCommand implements Callable<Integer> {

  @Mixin private Target target = new Target();

  @Option(
      names = "--connections",
      defaultValue = "64",
      description = "Connections at the same time (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Requests that arrive a second; 0: as fast as answers come (${DEFAULT-VALUE}).")
  private double rate;

  @Option(
      names = "--seconds",
      defaultValue = "10",
      description = "How long it is measured (${DEFAULT-VALUE}).")
  private int seconds;

  @Option(
      names = "--warm-up",
      defaultValue = "5",
      description = "Seconds before that, not counted (${DEFAULT-VALUE}).")
  private int warmUp;

  @Override
  public Integer call() throws IOException {
    RequestLoad load =
        new RequestLoad(
            new RequestLoad.Options(
                target.server(),
                connections,
                rate,
                Duration.ofSeconds(warmUp),
                Duration.ofSeconds(seconds),
                System.nanoTime()));
    try (ProcessWatch watch = ProcessWatch.start(target.pid())) {
      RequestLoad.Result result = load.run();
      System.out.printf(
          Locale.ROOT,
          """
          %,d requests, %,.0f/s; answers other than 202: %d
          ms: p50 %.2f, p95 %.2f, p99 %.2f, p99.9 %.2f, max %.2f
          CPU of the driver: %.2f s
          """,
          result.requests(),
          result.perSecond(),
          result.failures(),
          result.millis(50),
          result.millis(95),
          result.millis(99),
          result.millis(99.9),
          result.millis(100),
          result.driverCpu().toMillis() / 1e3);
      target.printServer(watch, result.requests());
    }
    return 0;
  }
}
