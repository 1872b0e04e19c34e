package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Measures how long it takes to try policies on a week of stored events. */
@Command(
    name = "backtest",
    description =
        "Starts Blackbox, records a week of events and tries a policy of each kind on all of them.",
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {

  /** The bar of the design. */
  private static final double MOST_SECONDS = 10;

  private static final Map<String, String> POLICIES = policies();

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--per-second",
      defaultValue = "8",
      description =
          "Events a second of their own time (${DEFAULT-VALUE}); 5 million of them are a week.")
  private double perSecond;

  private static Map<String, String> policies() {
    Map<String, String> policies = new LinkedHashMap<>();
    policies.put(
        "each event of few",
        """
        "match": "engine:vault status:error", "severity": "high",
        "condition": {"kind": "event", "by": ["project_id"]}\
        """);
    policies.put(
        "kinds of errors seen first",
        """
        "match": "status:(error OR timeout)", "severity": "medium",
        "condition": {"kind": "first_seen"}\
        """);
    policies.put(
        "count of errors by engine and platform",
        """
        "match": "status:error",
        "condition": {"kind": "count", "window": "5m", "by": ["engine", "platform"]},
        "thresholds": [{"severity": "high", "value": 25, "recovery": 10}]\
        """);
    policies.put(
        "share of errors by engine, of all events",
        """
        "match": "", "condition":
          {"kind": "error_share", "window": "10m", "by": ["engine"], "min_events": 50},
        "thresholds": [{"severity": "high", "value": 0.25}], "for": "2m"\
        """);
    policies.put(
        "users with errors, by project",
        """
        "match": "status:error", "condition":
          {"kind": "distinct", "window": "1h", "field": "user_id", "by": ["project_id"]},
        "thresholds": [{"severity": "high", "value": 40}]\
        """);
    policies.put(
        "percentile by platform, of all events",
        """
        "match": "", "condition": {"kind": "percentile", "window": "5m", "quantile": 0.95,
          "field": "duration_ms", "by": ["platform"], "min_events": 50},
        "thresholds": [{"severity": "high", "value": 8000, "recovery": 6000}]\
        """);
    return policies;
  }

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Path events = EventFile.cached(options.dir(), options.events(), perSecond);
    Instant end =
        EventFile.START.plus(
            Duration.ofMillis((long) Math.ceil((double) options.events() / perSecond * 1e3)));
    Table table =
        new Table(List.of("policy", "events", "fired", "told", "bar, s", "median, s", "most, s"));
    // Longer than a server waits by itself, so that a bar that is missed is a number as well.
    try (ServerProcess server = blackbox.onEmptyFolder(List.of("--query-timeout", "10m"))) {
      blackbox.load(server, events, new Measurements());
      for (Map.Entry<String, String> policy : POLICIES.entrySet()) {
        table.add(measure(server, policy.getKey(), request(policy.getValue(), end)));
      }
    } finally {
      blackbox.deleteData();
    }
    System.out.print(table);
    return 0;
  }

  private static String request(String policy, Instant end) {
    return """
    {"from": "%s", "to": "%s", "policy": {"policy": "bench", %s}}
    """
        .formatted(EventFile.START, end, policy);
  }

  private List<String> measure(ServerProcess server, String what, String request)
      throws IOException {
    List<Double> seconds = new ArrayList<>();
    JsonNode result = JsonMapper.shared().nullNode();
    for (int run = 0; run < options.runs(); run++) {
      try (HttpConnection connection = new HttpConnection(server.uri())) {
        long began = System.nanoTime();
        HttpAnswer answer =
            connection.send(
                "POST",
                "/monitoring/alerts/policies/backtest",
                HttpConnection.JSON,
                ByteBuffer.wrap(request.getBytes(StandardCharsets.UTF_8)));
        seconds.add((System.nanoTime() - began) / 1e9);
        if (answer.status() != 200) {
          throw new IOException("'%s' could not be tried: %s".formatted(what, answer.body()));
        }
        result = JsonMapper.shared().readTree(answer.body());
      }
      System.err.printf(Locale.ROOT, "%s: %.1f s%n", what, seconds.getLast());
    }
    Collections.sort(seconds);
    return List.of(
        what,
        whole(result.path("events").asLong()),
        whole(result.path("fired").asLong()),
        whole(result.path("notified").asLong()),
        "%.0f".formatted(MOST_SECONDS),
        "%.1f".formatted(seconds.get(seconds.size() / 2)),
        "%.1f".formatted(seconds.getLast()));
  }

  private static String whole(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }
}
