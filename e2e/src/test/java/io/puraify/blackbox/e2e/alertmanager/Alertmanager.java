package io.puraify.blackbox.e2e.alertmanager;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.puraify.blackbox.e2e.alertmanager.Cases.Case;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A process of the real one, and the receiver that it tells. All cases run at the same time, each
 * with routes, rules and silences that mean its own alerts only.
 */
final class Alertmanager implements AutoCloseable {

  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Duration LONGEST_START = Duration.ofSeconds(30);

  /** Of the cases' times; more than a machine is late that is busy with other tests. */
  static final long UNIT_MILLIS = 2_000;

  /** A notification may be this much too early, and the rest of a unit too late. */
  private static final long EARLY_MILLIS = 200;

  private final HttpClient http = HttpClient.newHttpClient();
  private final HttpServer receiver;
  private final URI url;
  private final Process process;
  private final Map<Integer, Set<String>> told = new ConcurrentSkipListMap<>();
  private volatile long began = System.nanoTime();

  /**
   * Starts one and waits until it is ready.
   *
   * @param program to run
   * @param folder for its files
   */
  Alertmanager(String program, Path folder, Cases cases, List<Case> tried)
      throws IOException, InterruptedException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    url = URI.create("http://127.0.0.1:" + port);
    String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    Path configuration = folder.resolve("alertmanager.yml");
    // What is JSON is YAML.
    Files.writeString(
        configuration,
        JSON.writeValueAsString(new AlertmanagerConfiguration(cases).of(tried, hook)));
    process =
        new ProcessBuilder(
                program,
                "--config.file=" + configuration,
                "--storage.path=" + folder.resolve("data"),
                "--web.listen-address=127.0.0.1:" + port,
                "--cluster.listen-address=",
                "--log.level=warn")
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("log").toFile())
            .start();
    awaitReady(folder.resolve("log"));
  }

  private void awaitReady(Path log) throws IOException, InterruptedException {
    long end = System.nanoTime() + LONGEST_START.toNanos();
    while (true) {
      try {
        HttpRequest request = HttpRequest.newBuilder(url.resolve("/-/ready")).build();
        if (http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode() == 200) {
          return;
        }
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() > end) {
          close();
          throw new IllegalStateException("Alertmanager does not run: " + Files.readString(log), e);
        }
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private void receive(HttpExchange exchange) throws IOException {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - began);
    JsonNode notification = JSON.readTree(exchange.getRequestBody().readAllBytes());
    exchange.sendResponseHeaders(200, -1);
    exchange.close();
    int number = 0;
    Map<String, Set<String>> byState = new TreeMap<>();
    for (JsonNode alert : notification.path("alerts")) {
      JsonNode labels = alert.path("labels");
      number = Integer.parseInt(labels.path("case").asString());
      byState
          .computeIfAbsent(alert.path("status").asString(), state -> new TreeSet<>())
          .add(name(labels));
    }
    String line =
        (millis + EARLY_MILLIS) / UNIT_MILLIS
            + ": "
            + String.join(
                "; ",
                byState.entrySet().stream()
                    .map(each -> each.getKey() + " " + String.join(" ", each.getValue()))
                    .toList());
    told.computeIfAbsent(number, it -> new ConcurrentSkipListSet<>(ToldLines.IN_TIME)).add(line);
  }

  /** An alert as the cases write it. */
  private static String name(JsonNode labels) {
    Map<String, String> shown = new TreeMap<>();
    labels.properties().forEach(each -> shown.put(each.getKey(), each.getValue().asString()));
    List.of("alertname", "policy", "case", "severity").forEach(shown::remove);
    return labels.path("policy").asString()
        + "{"
        + String.join(
            ",", shown.entrySet().stream().map(it -> it.getKey() + "=" + it.getValue()).toList())
        + "}";
  }

  /**
   * Plays cases to their end, in real time.
   *
   * @return what each has told, by its number
   */
  Map<Integer, List<String>> play(List<Case> tried) throws IOException, InterruptedException {
    int last = tried.stream().mapToInt(Case::until).max().orElse(0);
    AlertmanagerSteps steps = new AlertmanagerSteps(http, url);
    steps.warmUp();
    began = System.nanoTime();
    for (int at = 0; at <= last; at++) {
      long wait = began + TimeUnit.MILLISECONDS.toNanos(at * UNIT_MILLIS) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
      steps.play(tried, at);
    }
    Map<Integer, List<String>> result = new TreeMap<>();
    for (Case each : tried) {
      result.put(
          each.number(),
          told.getOrDefault(each.number(), Set.of()).stream()
              .filter(line -> ToldLines.time(line) < each.until())
              .toList());
    }
    return result;
  }

  @Override
  public void close() {
    process.destroy();
    receiver.stop(0);
    http.shutdownNow();
  }
}
