package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/** What is longer than it may be, and what becomes longer. */
class LimitsTest {

  private static final int MEBIBYTE = 1 << 20;

  /** More than DuckDB's memory and the heap together, were it kept. */
  private static final long BOMB_BYTES = 4L << 30;

  /** Resident; DESIGN's bar for a server under load. */
  private static final long MOST_RESIDENT = 1_500_000_000;

  @TempDir private static Path folder;
  private static ServerProcess server;
  private static Client client;

  @BeforeAll
  static void start() throws Exception {
    server = ServerProcess.start(folder);
    client = Client.of(server);
  }

  @AfterAll
  static void stop() {
    client.close();
    server.close();
  }

  @AfterEach
  void theServerGoesOn() {
    client.assertServerGoesOn();
  }

  /** An event of exactly so many bytes. */
  private static String event(String project, int bytes) {
    return event(project, "x".repeat(bytes - event(project, "").length()));
  }

  private static String event(String project, String text) {
    return "{\"project_id\":\"%s\",\"long\":\"%s\"}".formatted(project, text);
  }

  @ParameterizedTest
  @CsvSource({Client.NDJSON, Client.JSON})
  void anEventOfAMebibyteIsTakenAndFoundWhole(String type) {
    String project = "fits-" + type.length();

    client.postStored(type, event(project, MEBIBYTE) + "\n").recorded(1);

    JsonNode found = client.search("project_id", project).json().path("logs").path(0);
    String text = found.path("attributes").path("long").asString();
    assertThat(event(project, text)).hasSize(MEBIBYTE);
  }

  @ParameterizedTest
  @CsvSource({Client.NDJSON, Client.JSON})
  void anEventOfAByteMoreIsNot(String type) {
    client.post(type, event("long", MEBIBYTE + 1) + "\n").problem(413, "too-large");
    client.post(type, event("long", 20 * MEBIBYTE)).problem(413, "too-large");
  }

  @Test
  void aLineThatIsTooLongDoesNotTouchTheOthers() {
    List<String> lines =
        List.of(
            event("among", 100),
            event("among", MEBIBYTE + 1),
            event("among", MEBIBYTE),
            event("among", 5 * MEBIBYTE),
            event("among", 100));

    Answer answer = client.postStored(Client.NDJSON, String.join("\n", lines)).recorded(3);

    assertThat(answer.json().path("rejected").valueStream().map(it -> it.path("index").asInt()))
        .containsExactly(1, 3);
    assertThat(answer.json().path("rejected").valueStream().map(it -> it.path("reason").asString()))
        .containsOnly("too_large");
    assertThat(client.search("project_id", "among").logs("project_id")).hasSize(3);
  }

  /** Bombs, each behind a good event. */
  static Stream<Arguments> bombs() {
    return Stream.of(
        arguments("gzip", Gzip.bomb(goodLine("gzip"), BOMB_BYTES / 32)),
        arguments("zstd", Zstd.bomb(goodLine("zstd"), (byte) ' ', BOMB_BYTES)));
  }

  private static byte[] goodLine(String encoding) {
    return "{\"project_id\":\"bomb-%s\"}\n".formatted(encoding).getBytes(StandardCharsets.UTF_8);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("bombs")
  void aBombIsRefusedAndWhatCameBeforeItIsKept(String encoding, byte[] bomb) throws Exception {
    client
        .post(Client.NDJSON, BodyPublishers.ofByteArray(bomb), "Content-Encoding", encoding)
        .problem(413, "expands-too-much");

    Patience.until(
        "the event before the bomb is found",
        () -> client.search("project_id", "bomb-" + encoding).logs("project_id").size() == 1);
    assertThat(server.residentBytes()).isLessThan(MOST_RESIDENT);
  }
}
