package io.puraify.blackbox.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A webhook that is told of each event of type {@code mark}, and remembers under which key. Safe
 * for any thread.
 */
final class MarkReceiver implements AutoCloseable {

  private final Map<String, List<String>> keysByEvent = new ConcurrentHashMap<>();
  private final HttpServer server;

  MarkReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::receive);
    server.start();
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      JsonNode notification =
          JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
      String key = exchange.getRequestHeaders().getFirst("Idempotency-Key");
      if (!notification.path("notification_id").asString().equals(key)) {
        exchange.sendResponseHeaders(400, -1);
        return;
      }
      for (JsonNode alert : notification.path("alerts")) {
        String event = alert.path("labels").path("event_id").asString();
        keysByEvent.computeIfAbsent(event, unknown -> new CopyOnWriteArrayList<>()).add(key);
      }
      exchange.sendResponseHeaders(204, -1);
    }
  }

  /** The keys under which it was told of each event, each as often as it was. */
  Map<String, List<String>> keysByEvent() {
    return Map.copyOf(keysByEvent);
  }

  boolean knows(int number) {
    return keysByEvent.containsKey(id(number));
  }

  /** How a server in a folder is started whose alerts of marks go here. */
  Setup setup(Path folder) throws IOException {
    Path channels =
        Files.writeString(
            folder.resolve("channels.yaml"),
            "channels: {hook: {kind: webhook, url: 'http://127.0.0.1:%d/'}}\n"
                .formatted(server.getAddress().getPort()));
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

  /** Records a mark. */
  static void mark(Client client, int number, String message) {
    client
        .post(
            Client.JSON,
            """
            {"project_id": "p", "event_type": "mark", "event_id": "%s", "message": "%s"}
            """
                .formatted(id(number), message))
        .recorded(1);
  }

  private static String id(int number) {
    return "mark-" + number;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
