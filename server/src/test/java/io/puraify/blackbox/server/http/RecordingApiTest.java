package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.JSON;
import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RecordingApiTest {

  private static final long MILLIS = 1_753_452_000_000L;

  private static final Map<String, String> SETTINGS =
      Map.of("recordings.max.chunk.bytes", "64KiB", "recordings.max.session.bytes", "1MiB");

  @TempDir private Path folder;
  private TestServer server;

  @BeforeEach
  void start() {
    server = TestServer.start(folder, SETTINGS);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private static String input(int second, String text) {
    return "{\"type\":3,\"data\":{\"source\":5,\"text\":\"%s\",\"isChecked\":false,\"id\":7},\"timestamp\":%d}"
        .formatted(text, MILLIS + second * 1_000L);
  }

  private Answer post(String query, String body, String... headers) {
    return server.send(
        "POST",
        "/monitoring/sessions/s%201/recording" + query,
        BodyPublishers.ofString(body),
        headers.length == 0 ? new String[] {"Content-Type", JSON} : headers);
  }

  private Answer post(int chunk, String body) {
    return post("?project_id=p&chunk=" + chunk, body);
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return out.toByteArray();
  }

  private List<JsonNode> lines() {
    Answer answer = server.get("/monitoring/sessions/s%201/recording");
    assertThat(answer.status()).isEqualTo(200);
    return answer.text().lines().map(line -> JsonMapper.shared().readTree(line)).toList();
  }

  @Test
  void aRecordingIsGivenBackMaskedAndInOrderAlsoAfterARestart() throws IOException {
    assertThat(post(1, "[" + input(1, "second") + "]").status()).isEqualTo(201);
    Answer compressed =
        server.send(
            "POST",
            "/monitoring/sessions/s%201/recording?project_id=p&chunk=0",
            BodyPublishers.ofByteArray(gzip("[" + input(0, "first") + "]")),
            "Content-Type",
            "application/json; charset=utf-8",
            "Content-Encoding",
            "gzip");
    assertThat(compressed.text())
        .isEqualTo("{\"session_id\":\"s 1\",\"chunk\":0,\"events\":1,\"duplicate\":false}");
    Answer repeat = post(1, "[" + input(1, "second") + "]");
    assertThat(repeat.status()).isEqualTo(200);
    assertThat(repeat.json().path("duplicate").asBoolean()).isTrue();
    Answer other = post(1, "[" + input(9, "second") + "]");
    assertThat(other.status()).isEqualTo(409);
    assertThat(other.json().path("type").asString()).contains("chunk-exists");

    List<JsonNode> before = lines();
    server.close();
    server = TestServer.start(folder, SETTINGS);

    assertThat(lines()).isEqualTo(before);
    assertThat(before.stream().map(JsonNode::toString))
        .containsExactly(
            "{\"kind\":\"recording\",\"session_id\":\"s 1\",\"project_id\":\"p\",\"start\":\"2025-07-25T14:00:00Z\",\"end\":\"2025-07-25T14:00:01Z\",\"chunks\":2,\"events\":2,\"bytes\":%d}"
                .formatted(input(0, "first").length() + input(1, "second").length() + 4),
            "{\"kind\":\"chunk\",\"chunk\":0,\"events\":[" + input(0, "*****") + "]}",
            "{\"kind\":\"chunk\",\"chunk\":1,\"events\":[" + input(1, "******") + "]}",
            "{\"kind\":\"end\",\"chunks\":2,\"events\":2}");
  }

  @Test
  void aSessionSaysWhetherThereIsARecordingOfIt() {
    var _ =
        server.post(
            NDJSON,
            """
            {"project_id":"p","session_id":"s 1","run_id":"s 1","engine":"vault"}
            {"project_id":"q","session_id":"s 1","engine":"vault"}
            """);
    var _ = post(0, "[" + input(0, "a") + "]");

    assertThat(recorded("/monitoring/sessions?project_id=p")).isTrue();
    assertThat(recorded("/monitoring/sessions?project_id=q")).isFalse();
    assertThat(recorded("/monitoring/sessions?by=run_id")).isFalse();
    assertThat(server.get("/monitoring/sessions/s%201?project_id=p").text())
        .contains("\"recording\":true");
    assertThat(server.get("/monitoring/sessions/s%201?project_id=q").text())
        .contains("\"recording\":false");
  }

  private boolean recorded(String path) {
    JsonNode session = server.get(path).json().path("sessions").path(0);
    assertThat(session.has("recording")).isTrue();
    return session.path("recording").asBoolean();
  }

  @Test
  void aChunkAndASessionHaveTheirBounds() throws IOException {
    String large = "[" + input(0, "x".repeat(65_536)) + "]";
    assertThat(post(0, large).status()).isEqualTo(413);
    assertThat(post(0, large).text()).contains("65,536 bytes");
    Answer bomb =
        server.send(
            "POST",
            "/monitoring/sessions/s%201/recording?project_id=p&chunk=0",
            BodyPublishers.ofByteArray(gzip(large)),
            "Content-Type",
            JSON,
            "Content-Encoding",
            "gzip");
    assertThat(bomb.status()).isEqualTo(413);
    assertThat(server.get("/monitoring/sessions/s%201/recording").status()).isEqualTo(404);

    String whole = "[" + input(0, "x".repeat(60_000)) + "]";
    List<Integer> answers =
        IntStream.range(0, 20).mapToObj(chunk -> post(chunk, whole).status()).distinct().toList();
    assertThat(answers).containsExactly(201, 413);
    assertThat(post(19, whole).json().path("type").asString()).contains("recording-too-large");
    assertThat(lines().getLast().path("chunks").asInt()).isEqualTo(17);
  }

  @Test
  void whatCannotBeUnderstoodIsRefusedWithThePlace() {
    assertThat(post("", "[]").text()).contains("project_id").contains("the first is 0");
    assertThat(post("?project_id=p&chunk=-1", "[]").text()).contains("from 0 to 99999");
    assertThat(post("?project_id=p&chunk=0&chunks=1", "[]").text()).contains("did you mean chunk");
    assertThat(post(0, "[{\"type\":3}]").text()).contains("/timestamp");
    assertThat(post(0, "{").status()).isEqualTo(400);
    assertThat(post("?project_id=p&chunk=0", "[]", "Content-Type", NDJSON).status()).isEqualTo(415);
    assertThat(
            post("?project_id=p&chunk=0", "[]", "Content-Type", JSON, "Content-Encoding", "gzip")
                .status())
        .isEqualTo(400);
    assertThat(server.get("/monitoring/sessions/none/recording").status()).isEqualTo(404);
    assertThat(server.get("/monitoring/sessions/none/recording?chunk=1").status()).isEqualTo(400);
  }

  @Test
  void recordingsAreMeasuredAndLookedAfter() {
    var _ = post(0, "[" + input(0, "a") + "]");

    assertThat(server.get("/metrics").text())
        .contains("blackbox_recordings_chunks_total{result=\"stored\"} 1.0")
        .containsPattern("blackbox_recordings_size_bytes [1-9]");
    assertThat(server.get("/health/ready").text()).contains("recordings");
  }
}
