package io.puraify.blackbox.bench;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Sends a file of events to a running server as fast as it takes them. */
@Command(
    name = "ndjson",
    description = "Sends a file as NDJSON to a running server, until the last event is queryable.")
final class NdjsonCommand implements Callable<Integer> {

  @Parameters(paramLabel = "FILE", description = "Events as NDJSON, see generate.")
  private Path file = Path.of("events.ndjson");

  @Mixin private Target target = new Target();

  @Option(
      names = "--events",
      defaultValue = "9223372036854775807",
      description = "Send only so many, from the file's beginning.")
  private long events;

  @Option(
      names = "--connections",
      defaultValue = "3",
      description = "Connections at the same time (${DEFAULT-VALUE}).")
  private int connections;

  @Option(
      names = "--slice-kib",
      defaultValue = "4096",
      description = "Size of a request's body (${DEFAULT-VALUE}).")
  private int sliceKib;

  @Override
  public Integer call() throws IOException, InterruptedException {
    URI server = target.server();
    ConsumerCost before = ConsumerCost.of(server);
    try (ProcessWatch watch = ProcessWatch.start(target.pid())) {
      NdjsonLoad.Result result =
          new NdjsonLoad(new NdjsonLoad.Options(server, file, events, connections, sliceKib << 10))
              .run();
      System.out.printf(
          Locale.ROOT,
          """
          %,d events, %,d bytes
          acknowledged after %.2f s: %,.0f events/s
          queryable    after %.2f s: %,.0f events/s
          answers 503: %d; CPU of the driver: %.2f s
          """,
          result.events(),
          result.bytes(),
          result.acknowledged().toNanos() / 1e9,
          result.acknowledgedPerSecond(),
          result.queryable().toNanos() / 1e9,
          result.queryablePerSecond(),
          result.refused(),
          result.driverCpu().toMillis() / 1e3);
      System.out.println(ConsumerCost.of(server).since(before).text(result.queryable()));
      target.printServer(watch, result.events());
    }
    return 0;
  }
}
