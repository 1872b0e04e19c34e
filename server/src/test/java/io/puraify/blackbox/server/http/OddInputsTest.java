package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whatever is asked, there is an answer or a clear problem, in time, and the server goes on. */
class OddInputsTest {

  private static final Logger log = LoggerFactory.getLogger(OddInputsTest.class);

  private static final int COUNT = 1_000;
  private static final Duration TIME_LIMIT = Duration.ofSeconds(30);

  @TempDir private Path folder;

  @Test
  void aThousandOddInputsAreAnsweredOrRefusedClearly() throws Exception {
    long seed = System.nanoTime();
    try (TestServer server = TestServer.start(folder, Map.of())) {
      assertThat(server.post(TestServer.NDJSON, events()).status()).isEqualTo(202);
      Map<Integer, Integer> statuses = new TreeMap<>();
      List<String> wrong = new ArrayList<>();
      for (String path : OddInputs.of(COUNT, seed)) {
        long began = System.nanoTime();
        String answer = answer(server, path);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        int status = Integer.parseInt(answer.substring(9, 12));
        statuses.merge(status, 1, Integer::sum);
        if (!isClear(status, answer) || took.compareTo(TIME_LIMIT) > 0) {
          wrong.add("%s: %s after %s".formatted(shortened(path), shortened(answer), took));
        }
      }
      log.info("{} odd inputs with seed {}: {}", COUNT, seed, statuses);
      assertThat(wrong).as("seed %d", seed).isEmpty();
      assertThat(statuses).containsKeys(200, 400);
      assertThat(server.search("project_id", "p", "limit", "3").logs("event_id")).hasSize(3);
      assertThat(server.get("/health/ready").status()).isEqualTo(200);
    }
  }

  private static boolean isClear(int status, String answer) {
    return switch (status) {
      case 200 -> true;
      // What is longer than a request may be is refused before anybody reads it.
      case 400, 431 ->
          answer.contains("application/problem+json")
              && answer.contains("\"detail\":\"")
              && !answer.contains("\"detail\":\"\"");
      default -> false;
    };
  }

  private static String events() {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      lines.append(
          "{\"project_id\":\"p\",\"platform\":\"P%d\",\"duration_ms\":%d,\"message\":\"%s\"}\n"
              .formatted(i % 7, i, "a".repeat(i % 300)));
    }
    return lines.toString();
  }

  /** Sends a path as it stands. */
  private static String answer(TestServer server, String path) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.uri().getPort())) {
      String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static String shortened(String text) {
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }
}
