package io.puraify.blackbox.server.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DemoTrafficTest {

  private static final Instant START = Instant.parse("2026-05-04T09:00:00Z");

  private final List<String> received = new CopyOnWriteArrayList<>();
  private final List<String> keys = new CopyOnWriteArrayList<>();
  private final Deque<String> pending = new ArrayDeque<>();
  private volatile int status = 202;
  private HttpServer server;
  private Instant now = START;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/monitoring/logs",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          keys.add(exchange.getRequestHeaders().getFirst("Idempotency-Key"));
          String text = status == 202 ? "{}" : "refused on purpose";
          if (exchange.getRequestURI().toString().endsWith("wait=applied") && !pending.isEmpty()) {
            text = pending.remove();
          } else {
            body.lines().forEach(received::add);
          }
          byte[] answer = text.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private DemoTraffic traffic() {
    URI uri = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    return new DemoTraffic(uri, 1, 20, () -> now);
  }

  @Test
  void thePastIsSentFirstThenWhatHappens() throws Exception {
    DemoTraffic traffic = traffic();
    long past = traffic.sendPast();
    assertThat(received).hasSize((int) past);
    assertThat(past).isBetween(15_000L, 30_000L);
    assertThat(received).filteredOn(line -> line.contains("\"deployment\"")).hasSize(1);

    assertThat(traffic.catchUp()).as("no time has passed").isZero();

    now = START.plusSeconds(60);
    assertThat(traffic.catchUp()).isBetween(800L, 2_000L);
    assertThat(received.getLast()).contains("2026-05-04T09:00:59.");
  }

  @Test
  void thePastIsOverWhenItsErrorsAreGrouped() throws Exception {
    pending.add("{\"pending\":\"applied\"}");
    pending.add("{\"pending\":\"applied\"}");
    assertThat(traffic().sendPast()).isEqualTo(received.size());
    assertThat(pending).isEmpty();
    assertThat(keys.subList(keys.size() - 3, keys.size()))
        .as("the same request, so that its events are not recorded again")
        .containsOnly(keys.getLast());
  }

  @Test
  void whatTheServerSaysAgainstItIsPassedOn() {
    status = 400;
    assertThatThrownBy(() -> traffic().sendPast())
        .isInstanceOf(IOException.class)
        .hasMessageContaining("400")
        .hasMessageContaining("refused on purpose");
  }
}
