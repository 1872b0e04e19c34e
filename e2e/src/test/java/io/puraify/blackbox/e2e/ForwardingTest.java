package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether each event reaches Datadog and Sentry, whatever happens to the server. */
class ForwardingTest {

  private static final int EVENTS = 200;

  @TempDir private Path folder;

  private final Set<String> logs = ConcurrentHashMap.newKeySet();
  private final Map<String, Set<String>> sentryIds = new ConcurrentHashMap<>();
  private HttpServer other;

  @BeforeEach
  void listen() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    other.createContext("/api/v2/logs", this::takeLogs);
    other.createContext("/api/42/envelope/", this::takeEnvelope);
    other.start();
  }

  @AfterEach
  void stopListening() {
    other.stop(0);
  }

  private static byte[] body(HttpExchange exchange) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()))
        .readAllBytes();
  }

  private void takeLogs(HttpExchange exchange) throws IOException {
    try (exchange) {
      for (JsonNode log : JsonMapper.shared().readTree(body(exchange))) {
        logs.add(log.path("blackbox").path("event_id").asString());
      }
      exchange.sendResponseHeaders(202, -1);
    }
  }

  private void takeEnvelope(HttpExchange exchange) throws IOException {
    try (exchange) {
      String[] lines = new String(body(exchange), StandardCharsets.UTF_8).split("\n", 4);
      JsonNode event = JsonMapper.shared().readTree(lines[2]);
      sentryIds
          .computeIfAbsent(
              event.path("extra").path("event_id").asString(),
              unknown -> ConcurrentHashMap.newKeySet())
          .add(event.path("event_id").asString());
      exchange.sendResponseHeaders(200, -1);
    }
  }

  private Setup setup() throws IOException {
    int port = other.getAddress().getPort();
    Path destinations =
        Files.writeString(
            folder.resolve("destinations.yaml"),
            """
            destinations:
              logs: {kind: datadog, url: 'http://127.0.0.1:%d/api/v2/logs', api_key: k}
              errors: {kind: sentry, dsn: 'http://k@127.0.0.1:%d/42'}
            """
                .formatted(port, port));
    return Setup.in(folder)
        .withFlags(
            "--forward-destinations",
            destinations.toString(),
            "--forward-private-addresses",
            "true");
  }

  private static void record(Client client, int number) {
    client
        .post(
            Client.JSON,
            "{\"project_id\":\"p\",\"status\":\"error\",\"event_id\":\"e-%d\"}".formatted(number))
        .recorded(1);
  }

  /** It is killed right behind what was recorded, when some of it is on its way. */
  @ParameterizedTest
  @ValueSource(ints = {7, 61})
  void eachEventArrivesAndAlwaysUnderTheSameIdAlsoThroughKills(int killedAfter) throws Exception {
    Setup setup = setup();
    int next = 0;
    while (next < EVENTS) {
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        int until = Math.min(EVENTS, next + Math.max(killedAfter, EVENTS / 4));
        while (next < until) {
          record(client, next);
          next++;
          if (next % killedAfter == 0) {
            Thread.sleep(killedAfter);
          }
        }
        if (next < EVENTS) {
          server.kill();
        } else {
          Patience.until("all arrive", () -> logs.size() == EVENTS && sentryIds.size() == EVENTS);
          assertThat(server.stop()).isZero();
        }
      } catch (UncheckedIOException e) {
        throw new AssertionError("the server went away by itself", e);
      }
    }
    assertThat(sentryIds).allSatisfy((event, ids) -> assertThat(ids).as(event).hasSize(1));
  }
}
