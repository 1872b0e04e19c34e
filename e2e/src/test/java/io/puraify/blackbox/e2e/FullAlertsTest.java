package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A server whose alerts have no room left, while everything else has. */
class FullAlertsTest {

  private static final long DISK_BYTES = 8L << 20;
  private static final int ALERTS = 12;

  @TempDir private Path folder;

  /** How often the channel was told of each event. */
  private final Map<String, Integer> told = new ConcurrentHashMap<>();

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
    for (JsonNode alert : notification.path("alerts")) {
      told.merge(alert.path("labels").path("event_id").asString(), 1, Integer::sum);
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
    // Long enough that what is decided of a few fills what a disk has left between its pages.
    String text = "x".repeat(2_000);
    client
        .post(
            Client.JSON,
            """
            {"project_id": "p", "event_type": "mark", "event_id": "mark-%d", "message": "%s"}
            """
                .formatted(number, text))
        .recorded(1);
  }

  private static JsonNode dispatcher(Client client) {
    return client.get("/health/ready").json().path("checks").path("alerts.dispatcher");
  }

  @Test
  void sendersNoticeNothingAndWhenThereIsRoomEachAlertIsToldOnce() throws Exception {
    Setup setup = setup();
    Path small = folder.resolve("small");
    try (SmallDisk disk = new SmallDisk(small, DISK_BYTES)) {
      Files.createDirectories(setup.dataDir());
      Files.createSymbolicLink(
          setup.dataDir().resolve("alerts.sqlite"), small.resolve("alerts.sqlite"));
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        mark(client, 0);
        Patience.until("the first one is told", () -> told.containsKey("mark-0"));
        assertThat(dispatcher(client).path("status").asString()).isEqualTo("up");

        disk.fill();
        for (int number = 1; number < ALERTS; number++) {
          mark(client, number);
        }
        Patience.until(
            "it is said what is wrong",
            () -> {
              JsonNode check = dispatcher(client);
              return check.path("detail").asString().contains("make room for alerts.sqlite");
            });
        assertThat(client.metric("blackbox_alerts_unstored_seconds")).isPositive();
        client.awaitAllStored();
        mark(client, ALERTS);

        disk.free();
        Patience.until("all are told", () -> told.size() == ALERTS + 1);
        Patience.until(
            "it is well again", () -> dispatcher(client).path("status").asString().equals("up"));
        assertThat(client.metric("blackbox_alerts_unstored_seconds")).isZero();
        assertThat(server.stop()).isZero();
      }
      try (ServerProcess server = ServerProcess.start(setup);
          Client client = Client.of(server)) {
        mark(client, ALERTS + 1);
        Patience.until("another one is told", () -> told.containsKey("mark-" + (ALERTS + 1)));
        assertThat(server.stop()).isZero();
      }
    }
    assertThat(told).hasSize(ALERTS + 2).allSatisfy((event, times) -> assertThat(times).isOne());
  }
}
