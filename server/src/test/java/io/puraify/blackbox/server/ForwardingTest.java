package io.puraify.blackbox.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.puraify.blackbox.server.TestServer.Answer;
import io.puraify.blackbox.server.config.SettingsException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Forwarding, from the setting to the other side. */
class ForwardingTest {

  @TempDir private Path folder;

  private final List<String> heard = new CopyOnWriteArrayList<>();
  private volatile int status = 202;
  private HttpServer other;

  @BeforeEach
  void listen() throws IOException {
    other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    other.createContext("/", this::hear);
    other.start();
  }

  @AfterEach
  void stopListening() {
    other.stop(0);
  }

  private void hear(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body =
          new GZIPInputStream(new ByteArrayInputStream(exchange.getRequestBody().readAllBytes()))
              .readAllBytes();
      if (status == 202) {
        heard.add(new String(body, StandardCharsets.UTF_8));
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private Map<String, String> settings(Map<String, String> more) throws IOException {
    int port = other.getAddress().getPort();
    Path file =
        Files.writeString(
            folder.resolve("destinations.yaml"),
            """
            destinations:
              logs: {kind: datadog, url: 'http://127.0.0.1:%d/api/v2/logs', api_key: key-1}
              errors: {kind: sentry, dsn: 'http://key-2@127.0.0.1:%d/42'}
            """
                .formatted(port, port));
    Map<String, String> settings = new java.util.HashMap<>(more);
    settings.put("forward.destinations", file.toString());
    settings.put("forward.private.addresses", "true");
    // What becomes of groups is recorded as events, which would be forwarded, too.
    settings.put("errors.enabled", "false");
    return settings;
  }

  private static void record(TestServer server, String id, String status) {
    Answer answer =
        server.post(
            TestServer.JSON,
            "{\"project_id\":\"p\",\"event_id\":\"%s\",\"status\":\"%s\"}".formatted(id, status));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  private static void await(String what, BooleanSupplier holds) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (!holds.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.sleep(20);
    }
  }

  private long heard(String part, String id) {
    return heard.stream()
        .filter(body -> body.contains(part) && body.contains("\"" + id + "\""))
        .count();
  }

  @Test
  void eachDestinationGetsWhatItsFilterMeansAlsoAfterAnOutageAndARestart() throws Exception {
    try (TestServer server = TestServer.start(folder.resolve("data"), settings(Map.of()))) {
      record(server, "fine", "success");
      record(server, "wrong", "error");
      await(
          "both arrive",
          () -> heard("ddsource", "wrong") == 1 && heard("\"platform\":\"other\"", "wrong") == 1);
      assertThat(heard("ddsource", "fine")).isEqualTo(1);
      assertThat(heard("\"platform\":\"other\"", "fine")).as("no error").isZero();

      status = 503;
      record(server, "meanwhile", "error");
      await(
          "both wait",
          () -> {
            String ready = server.get("/health/ready").text();
            return ready.contains("logs is asked again at")
                && ready.contains("errors is asked again at");
          });
      Answer ready = server.get("/health/ready");
      assertThat(ready.status()).as("somebody else's outage is not ours").isEqualTo(200);
      assertThat(
              ready.json().path("checks").path("consumer.forward_logs").path("detail").asString())
          .startsWith("1 events behind: logs is asked again at ")
          .endsWith(": 503 ");
      assertThat(ready.text()).doesNotContain("key-1").doesNotContain("key-2");
      String metrics = server.get("/metrics").text();
      assertThat(metrics)
          .contains(
              "blackbox_forward_events_total{destination=\"logs\",outcome=\"taken\"} 2.0",
              "blackbox_forward_events_total{destination=\"errors\",outcome=\"taken\"} 1.0",
              "blackbox_consumer_lag_events{consumer=\"forward_logs\"} 1.0");
    }
    status = 202;
    try (TestServer server = TestServer.start(folder.resolve("data"), settings(Map.of()))) {
      await(
          "both arrive after the restart",
          () ->
              heard("ddsource", "meanwhile") == 1
                  && heard("\"platform\":\"other\"", "meanwhile") == 1);
      assertThat(heard("ddsource", "wrong")).as("once").isEqualTo(1);
      assertThat(server.get("/health/ready").status()).isEqualTo(200);
    }
  }

  /** A journal of 1 MiB, filled several times over while nobody takes anything. */
  @Test
  void aDestinationThatIsAwayForLongKeepsNobodyFromRecording() throws Exception {
    status = 503;
    try (TestServer server =
        TestServer.start(
            folder.resolve("data"),
            settings(
                // The audit trail keeps up to 255 events of its own.
                Map.of("journal.max.bytes", "1MiB", "audit.enabled", "false")))) {
      String text = "m".repeat(20_000);
      for (int i = 0; i < 200; i++) {
        String body =
            "{\"project_id\":\"p\",\"event_id\":\"e%d\",\"status\":\"error\",\"message\":\"%s\"}"
                .formatted(i, text);
        await("there is room again", () -> server.post(TestServer.JSON, body).status() == 202);
      }
      status = 202;
      await("the newest arrives", () -> heard("ddsource", "e199") == 1);
      int taken =
          (int)
              heard.stream()
                  .filter(it -> it.contains("ddsource"))
                  .mapToLong(it -> it.split("ddsource", -1).length - 1L)
                  .sum();
      assertThat(taken).as("at least a quarter of the journal").isGreaterThan(10);
      assertThat(heard("ddsource", "e0")).as("the oldest is left out").isZero();
      assertThat(server.get("/metrics").text())
          .contains(
              "blackbox_forward_events_total{destination=\"logs\",outcome=\"left_out\"} "
                  + (double) (200 - taken));
    }
  }

  @Test
  void whatCannotBeUsedKeepsTheServerFromStarting() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("destinations.yaml"),
            "destinations: {a: {kind: datadog, filter: 'status:('}}\n");
    assertThatThrownBy(() ->
            TestServer.start(
                folder.resolve("data"), Map.of("forward.destinations", file.toString())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("destinations.yaml: /destinations/a/api_key: an API key of Datadog")
        .hasMessageContaining("destinations.yaml: /destinations/a/filter: column 9: ");
  }
}
