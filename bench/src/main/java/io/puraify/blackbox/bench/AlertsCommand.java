package io.puraify.blackbox.bench;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Measures what policies cost under a steady load, and how soon somebody is told. */
@Command(
    name = "alerts",
    description =
        "Starts Blackbox and records a steady load with few and with many alert policies, and"
            + " measures the time from an event to a server that takes the place of Slack.",
    mixinStandardHelpOptions = true)
final class AlertsCommand implements Callable<Integer> {

  private static final Pattern APPLIED =
      Pattern.compile("blackbox_consumer_apply_seconds_sum\\{consumer=\"alerts\"} ([0-9.E-]+)");

  /** The made-up projects are pf_100 to pf_499. */
  private static final int PROJECTS = 400;

  private static final List<String> CONDITIONS =
      List.of(
          "{\"kind\":\"count\",\"window\":\"5m\",\"by\":[\"engine\"]}",
          "{\"kind\":\"percentile\",\"window\":\"5m\",\"by\":[\"platform\"]}",
          "{\"kind\":\"error_share\",\"window\":\"10m\",\"by\":[\"engine\",\"action\"]}",
          "{\"kind\":\"distinct\",\"window\":\"1h\",\"by\":[\"project_id\"]}",
          "{\"kind\":\"rate\",\"window\":\"1m\",\"by\":[\"error_type\"]}");

  @Mixin private MeasureOptions options = new MeasureOptions();

  @Option(
      names = "--policies",
      defaultValue = "500",
      description = "Policies besides the shipped ones (${DEFAULT-VALUE}).")
  private int policies;

  @Option(
      names = "--rate",
      defaultValue = "20000",
      description = "Events a second (${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--seconds",
      defaultValue = "50",
      description =
          "How long each load is measured (${DEFAULT-VALUE}). One event a second is told; a channel"
              + " takes 60 a minute.")
  private int seconds;

  @Override
  public Integer call() throws IOException, InterruptedException {
    BlackboxServer blackbox = options.blackbox();
    blackbox.requireInstalled();
    Files.createDirectories(options.dir());
    try (MarkReceiver receiver = MarkReceiver.start()) {
      Path channels = options.dir().resolve("bench-channels.yaml").toAbsolutePath();
      Files.writeString(
          channels, "channels: {slack: {kind: slack, url: '%s'}}\n".formatted(receiver.url()));
      List<String> flags =
          List.of("--alerts-channels", channels.toString(), "--alerts-private-addresses", "true");
      try (ServerProcess server = blackbox.onEmptyFolder(flags)) {
        put(server, "marked", mark());
        PacedLoad load = new PacedLoad(server.uri(), rate, receiver);
        load.run(Duration.ofSeconds(10));
        measure(server, load, receiver, "the shipped policies");
        for (int i = 0; i < policies; i++) {
          put(server, "bench_" + i, policy(i));
        }
        measure(server, load, receiver, policies + " policies more");
      }
      Files.delete(channels);
    } finally {
      blackbox.deleteData();
    }
    return 0;
  }

  private static String mark() {
    return """
    {"policy": "marked", "match": "event_type:mark", "severity": "high",
     "condition": {"kind": "event", "by": ["event_id"]}, "title": "{{message}}",
     "notify": {"channels": ["slack"], "group_by": ["event_id"], "group_wait": "0s"}}
    """;
  }

  /** One of many that watch a project and do not fire. */
  private static String policy(int number) {
    return """
    {"policy": "bench_%d", "match": "project_id:pf_%d status:(error OR success)",
     "condition": %s, "thresholds": [{"severity": "high", "value": 1e12}]}
    """
        .formatted(number, 100 + number % PROJECTS, CONDITIONS.get(number % CONDITIONS.size()));
  }

  private static void put(ServerProcess server, String name, String policy) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.uri())) {
      HttpAnswer answer =
          connection.send(
              "PUT",
              "/monitoring/alerts/policies/" + name,
              HttpConnection.JSON,
              ByteBuffer.wrap(policy.getBytes(StandardCharsets.UTF_8)));
      if (answer.status() != 200) {
        throw new IOException("policy %s was refused: %s".formatted(name, answer.body()));
      }
    }
  }

  private void measure(ServerProcess server, PacedLoad load, MarkReceiver receiver, String what)
      throws IOException, InterruptedException {
    receiver.forget();
    double before = applied(server);
    Duration cpuBefore = ProcessWatch.cpu(server.pid());
    double perSecond = load.run(Duration.ofSeconds(seconds));
    Duration cpu = ProcessWatch.cpu(server.pid()).minus(cpuBefore);
    double applied = applied(server) - before;
    // What was marked last is still on its way.
    Thread.sleep(2_000);
    System.out.printf(
        Locale.ROOT,
        "%-24s %,9.0f events/s, %5.1f %% of a core in the policies, CPU %.1f s; %s%n",
        what,
        perSecond,
        100 * applied / seconds,
        cpu.toMillis() / 1e3,
        receiver.summary());
  }

  /** For how long policies were evaluated and alerts stored, in seconds. */
  private static double applied(ServerProcess server) throws IOException {
    try (HttpConnection connection = new HttpConnection(server.uri())) {
      Matcher matcher = APPLIED.matcher(connection.get("/metrics").body());
      if (!matcher.find()) {
        throw new IOException("the server does not measure its policies");
      }
      return Double.parseDouble(matcher.group(1));
    }
  }
}
