package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class ExportHandlerTest {

  private static final int EVENTS = 7_000;

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < EVENTS; i++) {
      lines.append(
          "{\"project_id\":\"p%d\",\"timestamp\":%d,\"message\":\"number %d, \\\"quoted\\\"\\nline\"}\n"
              .formatted(i % 2, 1_753_452_060L + i / 3, i));
    }
    assertThat(server.post(TestServer.NDJSON, lines.toString()).status()).isEqualTo(202);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void everyEventThatMatchesIsThereOnceTheNewestFirst() {
    Answer answer = server.get("/monitoring/logs/export?project_id=p1");

    assertThat(answer.headers().get("content-disposition").getFirst())
        .matches("attachment; filename=\"blackbox-\\d{8}T\\d{6}Z\\.ndjson\"");
    List<String> messages =
        answer
            .text()
            .lines()
            .map(line -> JsonMapper.shared().readTree(line).path("message").asString())
            .toList();
    assertThat(messages)
        .isEqualTo(
            IntStream.range(0, EVENTS)
                .map(i -> EVENTS - 1 - i)
                .filter(i -> i % 2 == 1)
                .mapToObj("number %d, \"quoted\"\nline"::formatted)
                .toList());
  }

  @Test
  void csvHasAColumnForEachFieldAndQuotesWhatItMust() {
    Answer answer = server.get("/monitoring/logs/export?format=csv&message=%22number+42,%22");

    assertThat(answer.headers().get("content-type")).containsExactly("text/csv; charset=utf-8");
    assertThat(answer.text())
        .startsWith("event_id,project_id,timestamp,")
        .contains(",p0,2025-07-25T14:01:14Z,")
        .contains(",\"number 42, \"\"quoted\"\"\nline\",");
  }

  @Test
  void nothingFoundIsAnEmptyFileWithoutAnError() {
    assertThat(server.get("/monitoring/logs/export?project_id=none").text()).isEmpty();
    assertThat(server.get("/monitoring/logs/export?project_id=none&format=csv").text().lines())
        .hasSize(1);
  }

  @Test
  void aClientThatGoesAwayStopsItsExportAndNobodyElse() throws Exception {
    for (int i = 0; i < 40; i++) {
      HttpURLConnection connection =
          (HttpURLConnection)
              server.uri().resolve("/monitoring/logs/export").toURL().openConnection();
      try (InputStream body = connection.getInputStream()) {
        assertThat(body.read()).isEqualTo('{');
      }
      connection.disconnect();
    }
    assertThat(server.search("limit", "1").status()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsSaidBeforeTheFileBegins() {
    assertThat(server.get("/monitoring/logs/export?format=xls").text())
        .contains("'xls' is no format; write ndjson or csv");
  }
}
