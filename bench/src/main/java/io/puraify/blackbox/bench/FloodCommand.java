package io.puraify.blackbox.bench;

import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Records a flood of one error among other events, and as many events without it. */
@Command(
    name = "flood",
    description =
        "Starts Blackbox and records as many errors of one kind as other events, and then as many"
            + " events without them, and checks what the group has counted.",
    mixinStandardHelpOptions = true)
final class FloodCommand implements Callable<Integer> {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final String PROJECT = "bench_flood";
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
  private static final int PER_SECOND = 1_000;
  private static final int CONNECTIONS = 3;
  private static final int SLICE_BYTES = 4 << 20;

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--errors",
      defaultValue = "1000000",
      description = "Errors of one kind, among as many other events (${DEFAULT-VALUE}).")
  private int errors;

  @Option(
      names = "--users",
      defaultValue = "50000",
      description = "How many users have them (${DEFAULT-VALUE}).")
  private int users;

  @Option(
      names = "--store",
      defaultValue = "all",
      description = "Which errors are stored, all or collapse (${DEFAULT-VALUE}).")
  private String store = "all";

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Path without = EventFile.cached(options.dir(), 2L * errors);
    Path with = options.dir().resolve("bench-flood.ndjson");
    write(with);
    List<Double> ratios = new ArrayList<>();
    try {
      for (int run = 1; run <= options.runs(); run++) {
        // Each is first in turn, since a machine that others use as well has its moods.
        boolean first = run % 2 == 1;
        double one = first ? record(blackbox, with, true) : record(blackbox, without, false);
        double other = first ? record(blackbox, without, false) : record(blackbox, with, true);
        ratios.add(first ? one / other : other / one);
      }
    } finally {
      blackbox.deleteData();
      Files.deleteIfExists(with);
    }
    System.out.printf(
        Locale.ROOT,
        "with the flood, as a part of the rate without: %s of %d%n",
        Figures.text(Figures.median(ratios)),
        ratios.size());
    return 0;
  }

  /** In turn one of the flood and one of the others, at the same time. */
  private void write(Path file) throws IOException {
    Traffic traffic = new Traffic(TrafficOptions.steady(1, START, PER_SECOND));
    byte[] line = new byte[Traffic.MAX_LINE_BYTES];
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 20)) {
      for (int i = 0; i < errors; i++) {
        out.write(line, 0, traffic.next(line, 0));
        out.write(error(i).getBytes(StandardCharsets.UTF_8));
      }
    }
  }

  /** As long as the others are on average, and the same but for who has it, and when. */
  private String error(int number) {
    return """
    {"project_id":"%s","timestamp":"%s","event_type":"execution","engine":"execution",\
    "platform":"Stripe","action":"create_charge","status":"error","error_type":"api_down",\
    "environment":"production","version":"4.2.0","user_id":"u_%d",\
    "message":"the payment provider cannot be reached",\
    "stack_trace":"java.net.ConnectException: refused\\n\\tat com.acme.pay.Charge.send(Charge.java:41)\
    \\n\\tat com.acme.pay.Checkout.run(Checkout.java:17)"}
    """
        .formatted(PROJECT, START.plusMillis(number), number % users);
  }

  private double record(BlackboxServer blackbox, Path file, boolean flooded)
      throws IOException, InterruptedException {
    try (ServerProcess server = blackbox.onEmptyFolder(List.of("--errors-store", store))) {
      NdjsonLoad.Result result =
          new NdjsonLoad(
                  new NdjsonLoad.Options(
                      server.uri(), file, NdjsonLoad.ALL, CONNECTIONS, SLICE_BYTES))
              .run();
      ConsumerCost cost = ConsumerCost.of(server.uri());
      System.out.printf(
          Locale.ROOT,
          "%s: %,d events, queryable after %.2f s, %,.0f events/s; %s%n",
          flooded ? "with the flood" : "without it",
          result.events(),
          result.queryable().toNanos() / 1e9,
          result.queryablePerSecond(),
          cost.text(result.queryable()));
      if (flooded) {
        check(server);
      }
      return result.queryablePerSecond();
    }
  }

  private void check(ServerProcess server) throws IOException, InterruptedException {
    ServerMetrics.caughtUp(server.uri(), "errors");
    try (HttpConnection connection = new HttpConnection(server.uri())) {
      JsonNode groups =
          JSON.readTree(connection.get("/monitoring/errors?project_id=" + PROJECT).body())
              .path("groups");
      long counted = groups.path(0).path("errors").asLong();
      long known = groups.path(0).path("users").asLong();
      System.out.printf(
          Locale.ROOT,
          "  groups: %d; errors: %,d of %,d (%s); users: %,d of %,d (%+.2f %%)%n",
          groups.size(),
          counted,
          errors,
          counted == errors ? "exact" : "wrong",
          known,
          users,
          100.0 * (known - users) / users);
    }
  }
}
