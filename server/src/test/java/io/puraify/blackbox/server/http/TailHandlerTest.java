package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class TailHandlerTest {

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void aStreamShowsSomeOfThePastAndThenWhatComes() throws Exception {
    record(0, 5);
    try (Stream stream = open("?history=3&platform=Slack", "")) {
      assertThat(stream.messages(3)).containsExactly("2", "3", "4");
      record(5, 7);
      assertThat(stream.messages(2)).containsExactly("5", "6");
    }
  }

  @Test
  void aFilterIsForThePastAndForWhatComes() throws Exception {
    record(0, 3);
    try (Stream stream = open("?message=1", "")) {
      assertThat(stream.messages(1)).containsExactly("1");
      record(5, 20);
      assertThat(stream.messages(10)).startsWith("10", "11").endsWith("19");
    }
  }

  @Test
  void aReaderThatComesAgainGoesOnBehindWhatItHad() throws Exception {
    record(0, 3);
    String last;
    try (Stream stream = open("", "")) {
      assertThat(stream.messages(3)).containsExactly("0", "1", "2");
      last = stream.lastId;
    }
    record(3, 6);
    try (Stream stream = open("", last)) {
      assertThat(stream.messages(3)).containsExactly("3", "4", "5");
      record(6, 7);
      assertThat(stream.messages(1)).containsExactly("6");
    }
  }

  @Test
  void aStreamEndsWhenTheServerStops() throws Exception {
    try (Stream stream = open("?history=0", "")) {
      long before = System.nanoTime();
      server.close();
      assertThat(stream.toTheEnd()).isEmpty();
      assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(8));
    }
  }

  @Test
  void whatIsWrongIsSaidBeforeTheStreamBegins() {
    TestServer.Answer answer = server.get("/monitoring/logs/stream?history=many&stauts=error&to=1");
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.text())
        .contains("'many' is not a number from 1 to 1000")
        .contains("did you mean status")
        .contains("a stream begins now");
  }

  private void record(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"project_id\":\"p\",\"platform\":\"Slack\",\"message\":\"%d\"}\n".formatted(i));
    }
    assertThat(server.post(TestServer.NDJSON, lines.toString()).status()).isEqualTo(202);
  }

  private Stream open(String query, String lastId) throws IOException {
    return new Stream(server.uri().resolve("/monitoring/logs/stream" + query), lastId);
  }

  /** What a browser's EventSource would make of the body. */
  private static final class Stream implements AutoCloseable {
    private final HttpURLConnection connection;
    private final BufferedReader lines;
    private String lastId = "";

    Stream(URI uri, String lastId) throws IOException {
      connection = (HttpURLConnection) uri.toURL().openConnection();
      connection.setReadTimeout(20_000);
      if (!lastId.isEmpty()) {
        connection.setRequestProperty("Last-Event-ID", lastId);
      }
      assertThat(connection.getContentType()).startsWith("text/event-stream");
      lines =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.UTF_8));
      assertThat(lines.readLine()).startsWith(":");
    }

    List<String> messages(int count) throws IOException {
      List<String> messages = new ArrayList<>();
      while (messages.size() < count) {
        String line = lines.readLine();
        assertThat(line).as("the stream ended after %s", messages).isNotNull();
        if (line.startsWith("id: ")) {
          lastId = line.substring(4);
        } else if (line.startsWith("data: ")) {
          String json = line.substring(6);
          messages.add(JsonMapper.shared().readTree(json).path("message").asString(json));
        }
      }
      return messages;
    }

    List<String> toTheEnd() {
      return lines.lines().filter(line -> line.startsWith("data:")).toList();
    }

    @Override
    public void close() {
      connection.disconnect();
    }
  }
}
