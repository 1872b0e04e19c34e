package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class QueryLimitsTest {

  private static final int EVENTS = 60_000;
  private static final int HALF = 10;

  /** Takes far longer than anything else here: as many groups as events. */
  private static final String HEAVY =
      "/monitoring/stats?group_by=event_id,message,session_id,status"
          + "&measure=count,p50:duration_ms,p99:duration_ms,distinct:message";

  @TempDir private Path folder;

  @Test
  void aQueryThatTakesTooLongIsToldWhatToNarrow() {
    try (TestServer server = started(Map.of("query.timeout", "20ms"))) {
      Answer answer = server.get(HEAVY);

      assertThat(answer.status()).as(answer.text()).isEqualTo(504);
      assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
      assertThat(answer.json().path("type").asString()).isEqualTo("query-timeout");
      assertThat(answer.json().path("detail").asString())
          .contains("after 0.02 s")
          .contains("Narrow the time range");
      assertThat(metric(server, "blackbox_queries_seconds_count", "time_limit")).isPositive();
      assertThat(server.get("/health/live").status()).isEqualTo(200);
    }
  }

  @Test
  void moreQueriesThanMayWaitAreSentAway() throws Exception {
    try (TestServer server = started(Map.of("query.max.running", "1", "query.max.waiting", "1"));
        ExecutorService clients = Executors.newFixedThreadPool(12)) {
      List<Future<Answer>> asked = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        asked.add(clients.submit(() -> server.get(HEAVY)));
      }
      List<Integer> statuses = new ArrayList<>();
      for (Future<Answer> one : asked) {
        Answer answer = one.get();
        statuses.add(answer.status());
        if (answer.status() == 429) {
          assertThat(answer.json().path("type").asString()).isEqualTo("too-many-queries");
          assertThat(answer.headers()).containsKey("retry-after");
        }
      }
      assertThat(statuses).contains(200, 429).containsOnly(200, 429);
    }
  }

  @Test
  void aQueryStopsWhenItsClientGoesAway() throws Exception {
    int clients = 2 * HALF;
    try (TestServer server = started(Map.of("query.max.running", "1"))) {
      List<Socket> sockets = new ArrayList<>();
      for (int i = 0; i < clients; i++) {
        sockets.add(ask(server, HEAVY));
      }
      await(() -> metric(server, "blackbox_queries_waiting", "query") >= HALF);
      for (Socket socket : sockets) {
        socket.close();
      }

      await(() ->
          metric(server, "blackbox_queries_seconds_count", "client_gone") >= HALF
              && metric(server, "blackbox_queries_running", "query") == 0);
      assertThat(metric(server, "blackbox_queries_waiting", "query")).isZero();
      assertThat(server.get("/monitoring/logs?limit=1").logs("event_id")).hasSize(1);
    }
  }

  @Test
  void moreReadersOfTheTailThanThereMayBeAreSentAway() throws Exception {
    try (TestServer server = TestServer.start(folder, Map.of("tail.max.readers", "2"))) {
      String path = "/monitoring/logs/stream?history=0";
      try (Socket _ = ask(server, path);
          Socket _ = ask(server, path)) {
        await(() -> metric(server, "blackbox_tail_readers", "") == 2);

        Answer refused = server.get(path);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.json().path("type").asString()).isEqualTo("too-many-readers");
        assertThat(refused.headers()).containsKey("retry-after");
      }
    }
  }

  private TestServer started(Map<String, String> settings) {
    TestServer server = TestServer.start(folder, settings);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      lines.append(
          "{\"project_id\":\"p\",\"session_id\":\"s%d\",\"duration_ms\":%d,\"message\":\"m %d\"}\n"
              .formatted(i % 999, i % 7_919, i));
    }
    assertThat(server.post(TestServer.NDJSON, lines.toString()).status()).isEqualTo(202);
    return server;
  }

  private static Socket ask(TestServer server, String path) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort());
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    return socket;
  }

  /** The sum of a metric over the series that have a label of this value. */
  private static double metric(TestServer server, String name, String label) {
    return server
        .get("/metrics")
        .text()
        .lines()
        .filter(line -> line.startsWith(name + "{") || line.startsWith(name + " "))
        .filter(line -> label.isEmpty() || line.contains("\"" + label + "\""))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.sleep(10);
    }
  }
}
