package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Whether each alert is told, and under one key, whatever happens to the server. */
class AlertsTest {

  /** A channel is told 60 times a minute at most. */
  private static final int ALERTS = 40;

  private static final Set<Integer> KILLS = Set.of(7, 20, 33);

  @TempDir private Path folder;

  private final Map<String, Set<String>> keysByEvent = new ConcurrentHashMap<>();
  private HttpServer receiver;

  @BeforeEach
  void listen() throws IOException {
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", this::receive);
    receiver.start();
  }

  @AfterEach
  void stopListening() {
    receiver.stop(0);
  }

  private void receive(HttpExchange exchange) throws IOException {
    JsonNode notification = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
    assertThat(notification.path("notification_id").asString()).isEqualTo(key);
    for (JsonNode alert : notification.path("alerts")) {
      String event = alert.path("labels").path("event_id").asString();
      keysByEvent.computeIfAbsent(event, unknown -> ConcurrentHashMap.newKeySet()).add(key);
    }
    exchange.sendResponseHeaders(204, -1);
    exchange.close();
  }

  private Setup setup() throws IOException {
    Path channels =
        Files.writeString(
            folder.resolve("channels.yaml"),
            "channels: {hook: {kind: webhook, url: 'http://127.0.0.1:%d/'}}\n"
                .formatted(receiver.getAddress().getPort()));
    Path policies =
        Files.writeString(
            folder.resolve("policies.yaml"),
            """
            policy: marked
            match: event_type:mark
            condition: {kind: event, by: [event_id]}
            severity: high
            notify: {channels: [hook], group_by: [event_id], group_wait: 0s}
            """);
    return Setup.in(folder)
        .withFlags(
            "--alerts-channels",
            channels.toString(),
            "--alerts-policies",
            policies.toString(),
            "--alerts-private-addresses",
            "true");
  }

  private static void mark(Client client, int number) {
    client
        .post(
            Client.JSON,
            "{\"project_id\":\"p\",\"event_type\":\"mark\",\"event_id\":\"mark-%d\"}"
                .formatted(number))
        .recorded(1);
  }

  @Test
  void eachAlertIsToldUnderOneKeyAlsoThroughKills() throws Exception {
    Setup setup = setup();
    int next = 0;
    while (next < ALERTS) {
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        do {
          mark(client, next);
          next++;
        } while (next < ALERTS && !KILLS.contains(next));
        if (next < ALERTS) {
          // The alert of the last one is on its way somewhere.
          server.kill();
        } else {
          Patience.until("all are told", () -> keysByEvent.size() == ALERTS);
          assertThat(server.stop()).isZero();
        }
      } catch (UncheckedIOException e) {
        throw new AssertionError("the server went away by itself", e);
      }
    }
    assertThat(keysByEvent).allSatisfy((event, keys) -> assertThat(keys).as(event).hasSize(1));
  }
}
