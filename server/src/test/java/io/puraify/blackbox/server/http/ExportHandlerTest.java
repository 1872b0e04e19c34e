package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class ExportHandlerTest {

  private static final int EVENTS = 7_000;

  private static final String EVERY_FIELD =
      """
      {"event_id":"all","project_id":"all","timestamp":"2025-07-25T14:01:00.123456Z",
       "event_type":"execution","type":"t","engine":"vault","platform":"Slack","action":"a",
       "status":"error","severity":"high","error_type":"e","message":"ü \\u0000 \\"","stack_trace":"s",
       "duration_ms":0.1,"retries":2,"flow_id":"f","run_id":"r","step_id":"s","user_id":"u",
       "session_id":"s","trace_id":"t","span_id":"s","triggered_by":"t","environment":"e",
       "version":"1","host":"h","attributes":{"a":[1,{"b":null}],"c.d":1.50}}
      {"event_id":"long","project_id":"all","timestamp":"2025-07-25T14:01:00Z","message":"%s"}
      """
          .replace("\n ", " ")
          .formatted("long ".repeat(20_000));

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
  void parquetHasEveryEventAsNdjsonHasIt(@TempDir Path other) throws Exception {
    server.post(TestServer.NDJSON, EVERY_FIELD);
    String query = "/monitoring/logs/export?project_id=p1,all&format=";
    String ndjson = server.get(query + "ndjson").text();
    Path file = other.resolve("events.parquet");
    try (InputStream body = server.uri().resolve(query + "parquet").toURL().openStream()) {
      Files.copy(body, file);
    }

    List<String> rows = new ArrayList<>();
    try (var connection = DriverManager.getConnection("jdbc:duckdb:");
        var statement = connection.createStatement();
        ResultSet result = statement.executeQuery("FROM '%s'".formatted(file))) {
      while (result.next()) {
        rows.add(event(result).toString());
      }
    }
    assertThat(rows).hasSize(EVENTS / 2 + 2);
    assertThat(rows)
        .isEqualTo(
            ndjson.lines().map(line -> JsonMapper.shared().readTree(line).toString()).toList());
  }

  /** A row as the API shows the event. */
  private static ObjectNode event(ResultSet row) throws SQLException {
    ObjectNode event = JsonMapper.shared().createObjectNode();
    for (Field field : Field.values()) {
      Object value = row.getObject(field.jsonName());
      switch (value) {
        case null -> {}
        case OffsetDateTime time -> event.put(field.jsonName(), time.toInstant().toString());
        case Long whole -> event.put(field.jsonName(), whole);
        case Boolean truth -> event.put(field.jsonName(), truth);
        case Double number ->
            event.set(field.jsonName(), JsonMapper.shared().readTree(Numbers.format(number)));
        default -> {
          String text = value.toString();
          if (field.kind() == Field.Kind.JSON) {
            event.set(field.jsonName(), JsonMapper.shared().readTree(text));
          } else {
            event.put(field.jsonName(), text);
          }
        }
      }
    }
    return event;
  }

  @Test
  void aParquetFileHasItsNameAndType() {
    Answer answer = server.get("/monitoring/logs/export?project_id=none&format=parquet");
    assertThat(answer.headers().get("content-type"))
        .containsExactly("application/vnd.apache.parquet");
    assertThat(answer.headers().get("content-disposition").getFirst())
        .matches("attachment; filename=\"blackbox-\\d{8}T\\d{6}Z\\.parquet\"");
    assertThat(answer.text()).startsWith("PAR1").endsWith("PAR1");
  }

  @Test
  void nothingFoundIsAnEmptyFileWithoutAnError() {
    assertThat(server.get("/monitoring/logs/export?project_id=none").text()).isEmpty();
    assertThat(server.get("/monitoring/logs/export?project_id=none&format=csv").text().lines())
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"ndjson, 40", "parquet, 8"})
  void aClientThatGoesAwayStopsItsExportAndNobodyElse(String format, int clients) throws Exception {
    for (int i = 0; i < clients; i++) {
      HttpURLConnection connection =
          (HttpURLConnection)
              server
                  .uri()
                  .resolve("/monitoring/logs/export?format=" + format)
                  .toURL()
                  .openConnection();
      try (InputStream body = connection.getInputStream()) {
        assertThat(body.read()).isIn((int) '{', (int) 'P');
      }
      connection.disconnect();
    }
    assertThat(server.search("limit", "1").status()).isEqualTo(200);
  }

  @Test
  void whatIsWrongIsSaidBeforeTheFileBegins() {
    assertThat(server.get("/monitoring/logs/export?format=xls").text())
        .contains("'xls' is no format; write ndjson, csv or parquet");
  }
}
