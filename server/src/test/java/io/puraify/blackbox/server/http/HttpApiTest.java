package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.JSON;
import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HttpApiTest {

  /** The examples of the engine's specification, as they stand there. */
  private static final String EXECUTION =
      """
      {
        "project_id": "pf_123",
        "event_type": "execution",
        "platform": "Slack",
        "action": "send_message",
        "status": "success",
        "duration_ms": 842,
        "timestamp": "2025-07-25T14:01:00Z"
      }
      """;

  private static final String ERROR =
      """
      {
        "project_id": "pf_880",
        "flow_id": "lead_submit",
        "engine": "execution",
        "status": "error",
        "error_type": "api_timeout",
        "platform": "Notion",
        "duration_ms": 4232,
        "timestamp": "2025-07-25T18:45:00Z"
      }
      """;

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void theSpecificationsExamplesAreFoundByProjectEngineStatusAndTime() {
    assertThat(server.post(JSON, EXECUTION).status()).isEqualTo(202);
    assertThat(server.post(JSON, ERROR).status()).isEqualTo(202);

    Answer error =
        server.search(
            "project_id",
            "pf_880",
            "engine",
            "execution",
            "status",
            "error",
            "from",
            "2025-07-25T18:00:00Z",
            "to",
            "2025-07-25T19:00:00Z");
    assertThat(error.logs("type")).containsExactly("action_error");
    assertThat(error.logs("platform")).containsExactly("Notion");
    assertThat(error.logs("timestamp")).containsExactly("2025-07-25T18:45:00Z");
    assertThat(error.json().path("complete").asBoolean()).isTrue();

    Answer run = server.search("project_id", "pf_123", "status", "success");
    assertThat(run.logs("type")).containsExactly("action_run");
    assertThat(run.logs("duration_ms")).containsExactly("842");
  }

  @Test
  void anEventComesBackWithEverythingThatWasSent() {
    Answer sent =
        server.post(
            JSON,
            """
            {"project_id":"whole","event_id":"whole-1","level":"warn","msg":"disk \\u201cfull\\u201d",
             "timestamp":1753452060123456,"retries":"2","region":"eu","nested":{"a":[1,null]},
             "password":"geheim"}
            """);
    assertThat(sent.status()).isEqualTo(202);

    var event = server.get("/monitoring/logs/whole-1").json();
    assertThat(event.path("severity").asString()).isEqualTo("medium");
    assertThat(event.path("message").asString()).isEqualTo("disk “full”");
    assertThat(event.path("timestamp").asString()).isEqualTo("2025-07-25T14:01:00.123456Z");
    assertThat(event.path("retries").asInt()).isEqualTo(2);
    assertThat(event.path("attributes").path("region").asString()).isEqualTo("eu");
    assertThat(event.path("attributes").path("nested").path("a").size()).isEqualTo(2);
    assertThat(event.toString()).doesNotContain("geheim");
    assertThat(server.search("attributes.nested.a", "*", "project_id", "whole").logs("event_id"))
        .containsExactly("whole-1");
  }

  @Test
  void aLineThatIsNoEventIsRejectedAlone() {
    Answer answer =
        server.post(
            NDJSON,
            """
            {"project_id":"mixed","event_id":"m-0"}
            not json
            {"message":"no project"}
            {"project_id":"mixed","timestamp":"yesterday"}
            {"project_id":"mixed","event_id":"m-4"}
            """);

    assertThat(answer.status()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(2);
    assertThat(answer.json().path("rejected").valueStream())
        .extracting(
            each -> each.path("index").asInt(),
            each -> each.path("reason").asString(),
            each -> each.path("pointer").asString())
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(1, "not_json", ""),
            org.assertj.core.groups.Tuple.tuple(2, "no_project_id", "/project_id"),
            org.assertj.core.groups.Tuple.tuple(3, "bad_timestamp", "/timestamp"));
    assertThat(server.search("project_id", "mixed").logs("event_id"))
        .containsExactlyInAnyOrder("m-0", "m-4");
  }

  @Test
  void onlyTheFirstThousandRejectionsAreListedAndAllAreCounted() {
    String garbage = "x\n".repeat(1_500) + "{\"project_id\":\"many\"}\n";

    Answer answer = server.post(NDJSON, garbage);

    assertThat(answer.json().path("rejected").size()).isEqualTo(1_000);
    assertThat(answer.json().path("rejected_total").asInt()).isEqualTo(1_500);
  }

  @Test
  void repeatsAreAcceptedAndNotRecordedAgain() {
    String event = "{\"project_id\":\"twice\",\"event_id\":\"e-1\"}";

    server.post(JSON, event);
    Answer again = server.post(JSON, "[" + event + "," + event + "]");

    assertThat(again.json().path("accepted").asInt()).isEqualTo(2);
    assertThat(again.json().path("duplicates").asInt()).isEqualTo(2);
    assertThat(server.search("project_id", "twice").logs("event_id")).containsExactly("e-1");
  }

  @Test
  void aRequestWithAKeyMayBeRepeatedAsAWhole() {
    String body = "{\"project_id\":\"keyed\"}\n{\"project_id\":\"keyed\"}\n";
    for (int i = 0; i < 3; i++) {
      Answer answer =
          server.send(
              "POST",
              "/monitoring/logs?wait=stored",
              BodyPublishers.ofString(body),
              "Content-Type",
              NDJSON,
              "Idempotency-Key",
              "k-1");
      assertThat(answer.json().path("duplicates").asInt()).isEqualTo(i == 0 ? 0 : 2);
    }
    assertThat(server.search("project_id", "keyed").logs("event_id"))
        .containsExactlyInAnyOrder("k-1/0", "k-1/1");
  }

  /** Storing takes longer than a millisecond, as each batch is synced. */
  @Test
  void whatIsWaitedForTooLongIsSaidToBePendingAndWaitedForAgain(@TempDir Path other) {
    try (TestServer hasty =
        TestServer.start(other, Map.of("query.timeout", "1ms", "errors.enabled", "true"))) {
      for (String wait : List.of("stored", "applied")) {
        List<String> pending = new ArrayList<>();
        Answer answer;
        do {
          answer =
              hasty.send(
                  "POST",
                  "/monitoring/logs?wait=" + wait,
                  BodyPublishers.ofString("{\"project_id\":\"p\"}"),
                  "Content-Type",
                  TestServer.JSON,
                  "Idempotency-Key",
                  wait);
          assertThat(answer.status()).as(answer.text()).isEqualTo(202);
          assertThat(answer.json().path("accepted").asInt()).isOne();
          pending.add(answer.json().path("pending").asString("nothing"));
        } while (answer.json().has("pending"));
        assertThat(pending.getFirst()).isEqualTo(wait);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"gzip", "zstd"})
  void compressedBodiesAreExpanded(String encoding) throws IOException {
    String project = "packed-" + encoding;
    String lines =
        IntStream.range(0, 20_000)
            .mapToObj(i -> "{\"project_id\":\"%s\",\"user_id\":\"u%d\"}\n".formatted(project, i))
            .collect(Collectors.joining());
    byte[] plain = lines.getBytes(StandardCharsets.UTF_8);

    Answer answer = postCompressed(encoding, compress(encoding, plain));

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
    assertThat(answer.json().path("accepted").asInt()).isEqualTo(20_000);
    assertThat(server.search("project_id", project, "user_id", "u19999").logs("user_id"))
        .hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "zstd"})
  void aBodyThatIsNotWhatItsEncodingSaysIsRefused(String encoding) throws IOException {
    byte[] plain = "{\"project_id\":\"broken\"}\n".repeat(5_000).getBytes(StandardCharsets.UTF_8);
    byte[] packed = compress(encoding, plain);
    byte[] half = java.util.Arrays.copyOf(packed, packed.length / 2);

    for (byte[] body : List.of(plain, half)) {
      Answer answer = postCompressed(encoding, body);
      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.json().path("type").asString()).isEqualTo("broken-compression");
    }
  }

  @Test
  void aBodyThatExpandsWithoutEndIsRefused() throws IOException {
    ByteArrayOutputStream bomb = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bomb)) {
      byte[] nothing = new byte[1 << 20];
      for (int i = 0; i < 512; i++) {
        packed.write(nothing);
      }
    }

    Answer answer = postCompressed("gzip", bomb.toByteArray());

    assertThat(answer.status()).isEqualTo(413);
    assertThat(answer.json().path("type").asString()).isEqualTo("expands-too-much");
    assertThat(server.get("/health/ready").status()).isEqualTo(200);
  }

  private static Answer postCompressed(String encoding, byte[] body) {
    return server.send(
        "POST",
        "/monitoring/logs?wait=stored",
        BodyPublishers.ofByteArray(body),
        "Content-Type",
        NDJSON,
        "Content-Encoding",
        encoding);
  }

  private static byte[] compress(String encoding, byte[] plain) throws IOException {
    if (encoding.equals("zstd")) {
      return Zstd.compress(plain);
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(plain);
    }
    return bytes.toByteArray();
  }

  @Test
  void aLineOfAMebibyteIsTakenAndALongerOneIsNot() {
    String fits = "{\"project_id\":\"long\",\"x\":\"" + "a".repeat((1 << 20) - 100) + "\"}";
    String tooLong = "{\"project_id\":\"long\",\"x\":\"" + "a".repeat(1 << 20) + "\"}";

    assertThat(server.post(NDJSON, fits + "\n").status()).isEqualTo(202);
    assertThat(server.post(NDJSON, tooLong + "\n").status()).isEqualTo(413);
    assertThat(server.post(JSON, tooLong).status()).isEqualTo(413);
    Answer between = server.post(NDJSON, fits + "\n" + tooLong + "\n" + fits + "\n");
    assertThat(between.json().path("accepted").asInt()).isEqualTo(2);
  }

  @Test
  void aClientThatStopsInTheMiddleLeavesItsWholeEvents() throws Exception {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      String request =
          """
          POST /monitoring/logs HTTP/1.1
          Host: x
          Content-Type: application/x-ndjson
          Content-Length: 100000

          {"project_id":"gone","event_id":"g-1"}
          {"project_id":"go\
          """;
      socket
          .getOutputStream()
          .write(request.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      socket.getOutputStream().flush();
    }

    List<String> found = List.of();
    for (int i = 0; i < 1_200 && found.isEmpty(); i++) {
      Thread.sleep(20);
      found = server.search("project_id", "gone").logs("event_id");
    }
    assertThat(found).containsExactly("g-1");
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "POST | /monitoring/logs | application/json | ~~ | 400 | no-events",
        "POST | /monitoring/logs | application/json | [] | 400 | no-events",
        "POST | /monitoring/logs | application/json | {\"a\":1} | 400 | nothing-accepted",
        "POST | /monitoring/logs | application/json | [1,2] | 400 | nothing-accepted",
        "POST | /monitoring/logs | application/x-ndjson | ~\u0000\u0001\u00ff~ | 400 | nothing-accepted",
        "POST | /monitoring/logs | text/plain | {} | 415 | unsupported-media-type",
        "POST | /monitoring/logs?wait=long | application/json | {} | 400 | invalid-parameters",
        "GET | /monitoring/logs?limit=x | ~~ | ~~ | 400 | invalid-parameters",
        "GET | /monitoring/logs?cursor=nowhere | ~~ | ~~ | 400 | invalid-parameters",
        "GET | /monitoring/logs/not-there | ~~ | ~~ | 404 | event-not-found",
        "GET | /monitoring/log | ~~ | ~~ | 404 | not-found",
        "DELETE | /monitoring/logs | ~~ | ~~ | 405 | method-not-allowed",
      })
  void whatCannotBeDoneIsAnsweredWithAProblem(
      String method, String path, String contentType, String body, int status, String type) {
    String[] headers =
        contentType.isEmpty() ? new String[0] : new String[] {"Content-Type", contentType};

    Answer answer = server.send(method, path, BodyPublishers.ofString(body), headers);

    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    assertThat(answer.headers().get("content-type")).containsExactly("application/problem+json");
    assertThat(answer.json().path("type").asString()).isEqualTo(type);
    assertThat(answer.json().path("detail").asString()).isNotEmpty();
  }

  @Test
  void pagesShowEachEventThatWasThereExactlyOnceWhileOthersArrive() {
    List<String> expected = new ArrayList<>();
    StringBuilder body = new StringBuilder();
    for (int i = 0; i < 300; i++) {
      // Many with the same time: only the position tells them apart.
      String time = "2025-07-%02dT10:00:00Z".formatted(1 + i / 100);
      body.append(
          "{\"project_id\":\"paged\",\"event_id\":\"p-%d\",\"timestamp\":\"%s\"}\n"
              .formatted(i, time));
      expected.add("p-" + i);
    }
    server.post(NDJSON, body.toString());

    List<String> seen = new ArrayList<>();
    String cursor = "";
    int page = 0;
    while (cursor != null) {
      Answer answer =
          cursor.isEmpty()
              ? server.search("project_id", "paged", "limit", "7")
              : server.search("project_id", "paged", "limit", "7", "cursor", cursor);
      seen.addAll(answer.logs("event_id"));
      cursor = answer.json().path("next_cursor").asString(null);
      assertThat(answer.json().path("complete").asBoolean()).isEqualTo(cursor == null);
      server.post(JSON, "{\"project_id\":\"paged\",\"event_id\":\"new-%d\"}".formatted(page++));
    }

    assertThat(seen).filteredOn(id -> id.startsWith("p-")).doesNotHaveDuplicates();
    assertThat(seen).containsAll(expected);
  }

  @Test
  void theMetricsTellWhatWasTakenAndWhatWasRefused() {
    server.post(JSON, "[{\"project_id\":\"counted\"},{}]");

    String metrics = server.get("/metrics").text();

    assertThat(metrics)
        .containsPattern("blackbox_events_accepted_total [1-9]")
        .containsPattern("blackbox_events_rejected_total\\{reason=\"no_project_id\"} [1-9]")
        .containsPattern("blackbox_consumer_lag_events\\{consumer=\"event_store\"} 0")
        .containsPattern("blackbox_http_requests_seconds_bucket\\{.*route=\"/monitoring/logs\"")
        .contains("blackbox_journal_size_bytes", "blackbox_consumer_batch_events_count");
  }

  @Test
  void aHeadThatIsTooLongIsRefusedAndTheServerGoesOn() throws Exception {
    try (Socket socket = new Socket(server.uri().getHost(), server.uri().getPort())) {
      String line = "GET /monitoring/logs?message=" + "a".repeat(100_000) + " HTTP/1.1\r\n\r\n";
      socket.getOutputStream().write(line.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(read(socket.getInputStream()), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.").contains("malformed-request");
    }
    assertThat(server.get("/health/live").status()).isEqualTo(200);
  }

  private static byte[] read(InputStream in) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (InputStream answer = in) {
      answer.transferTo(bytes);
    } catch (IOException e) {
      // The server may close on what it has not read; what came before counts.
      return bytes.toByteArray();
    }
    return bytes.toByteArray();
  }

  @Test
  void everyByteOfABodyMayArriveAlone() throws Exception {
    byte[] body =
        "{\"project_id\":\"slow\",\"event_id\":\"s-1\"}\n".getBytes(StandardCharsets.UTF_8);
    InputStream trickle = new ByteArrayInputStream(body);

    Answer answer =
        server.send(
            "POST",
            "/monitoring/logs?wait=stored",
            BodyPublishers.ofByteArrays(
                IntStream.range(0, body.length)
                    .mapToObj(i -> new byte[] {(byte) readOne(trickle)})
                    .toList()),
            "Content-Type",
            NDJSON);

    assertThat(answer.json().path("accepted").asInt()).isEqualTo(1);
  }

  private static int readOne(InputStream in) {
    try {
      return in.read();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
