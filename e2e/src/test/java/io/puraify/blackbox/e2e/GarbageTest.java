package io.puraify.blackbox.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
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

/** Bodies and requests that are not what they should be; the server refuses them and goes on. */
class GarbageTest {

  private static final int MUTATIONS = 400;

  /** What mutations begin with: every kind of value, in every kind of field. */
  private static final String VALID =
      """
      {"project_id":"pf_1","event_type":"execution","platform":"Slack","retries":2,"duration_ms":8.5}
      {"project_id":"pf_1","message":"naïve “quotes” 😀 \\u20ac\\n","timestamp":"2025-07-25T14:01:00Z"}
      {"project_id":"pf_1","attributes":{"a":[1,null,true,{"b":"c"}]},"error":{"type":"x"},"ok":false}
      """;

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

  static Stream<Arguments> garbage() {
    byte[] noise = new byte[64 << 10];
    new Random(1).nextBytes(noise);
    return Stream.of(
        arguments("noise", noise),
        arguments("zeros", new byte[10_000]),
        text("half an event", "{\"project_id\":\"pf_1\""),
        text("a web page", "<!DOCTYPE html><title>{}</title>"),
        text("a form", "project_id=pf_1&status=error"),
        text("words", "null true 17 \"project_id\""),
        text("arrays", "[[{\"project_id\":\"pf_1\"}]]"),
        text("a deep array", "[".repeat(100_000)),
        text(
            "a deep event",
            "{\"project_id\":\"pf_1\",\"a\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}"),
        text("many empty objects", "{}\n".repeat(20_000)),
        text("a comment", "{\"project_id\":\"pf_1\" /* mine */}"),
        text("single quotes", "{'project_id':'pf_1'}"),
        text("an open text", "{\"project_id\":\"pf_1\",\"message\":\"" + "\\\\\"".repeat(9_999)),
        text("no project", "{\"project_id\":null,\"message\":\"whose is this?\"}"),
        text(
            "a time of no calendar",
            "{\"project_id\":\"pf_1\",\"timestamp\":\"2025-02-30T99:00:00Z\"}"),
        arguments("a byte order mark", "\ufeff{\"project_id\":1}".getBytes(StandardCharsets.UTF_8)),
        arguments("UTF-16", "{\"project_id\":\"pf_1\"}".getBytes(StandardCharsets.UTF_16)),
        arguments("Latin-1", "{\"project_id\":\"é\"}".getBytes(StandardCharsets.ISO_8859_1)));
  }

  private static Arguments text(String name, String text) {
    return arguments(name, text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("garbage")
  void garbageIsRefusedAndNothingOfItKept(String name, byte[] body) {
    long before = client.journalEnd();
    for (String type : new String[] {Client.JSON, Client.NDJSON}) {
      Answer answer = client.post(type, BodyPublishers.ofByteArray(body));
      answer.problem(400, "nothing-accepted");
      assertThat(answer.json().path("errors").path(0).path("detail").asString()).isNotBlank();
    }
    assertThat(client.journalEnd()).isEqualTo(before);
  }

  @ParameterizedTest
  @CsvSource({"''", "' \n\t\r\n '", "'[ ]'"})
  void aBodyWithoutEventsIsRefused(String body) {
    client.post(Client.JSON, body).problem(400, "no-events");
  }

  @Test
  void whateverChangesInABodyItIsAnsweredAndWhatWasAcceptedIsFound() throws Exception {
    long seed = Long.getLong("e2e.seed", System.nanoTime());
    System.out.printf("%d mutations with -De2e.seed=%d%n", MUTATIONS, seed);
    Random random = new Random(seed);
    byte[] valid = VALID.getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i < MUTATIONS; i++) {
      byte[] body = mutated(valid, random);
      Answer answer =
          client.post(i % 2 == 0 ? Client.JSON : Client.NDJSON, BodyPublishers.ofByteArray(body));
      String description = new String(body, StandardCharsets.UTF_8);
      assertThat(answer.status()).as("%s for %s", answer, description).isIn(202, 400);
      assertThat(answer.json().isObject()).as("%s", answer).isTrue();
    }
    client.awaitAllStored();
    AtomicLong found = new AtomicLong();
    client.readAll(event -> found.incrementAndGet());
    assertThat(found.get()).isEqualTo(client.journalEnd());
  }

  private static byte[] mutated(byte[] valid, Random random) {
    byte[] body = valid.clone();
    for (int i = random.nextInt(1, 6); i > 0; i--) {
      int at = random.nextInt(body.length);
      body[at] =
          switch (random.nextInt(3)) {
            case 0 -> (byte) random.nextInt(256);
            case 1 -> body[random.nextInt(body.length)];
            default -> (byte) "{}[],:\"\\\n0".charAt(random.nextInt(10));
          };
    }
    return body;
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, 400, broken-compression",
    "zstd, 400, broken-compression",
    "br, 415, unsupported-media-type"
  })
  void aBodyThatIsNotCompressedAsItSaysIsRefused(String encoding, int status, String type) {
    client
        .post(Client.NDJSON, "{\"project_id\":\"plain\"}", "Content-Encoding", encoding)
        .problem(status, type);
  }

  @ParameterizedTest
  @CsvSource({"gzip", "zstd"})
  void aCompressedBodyThatEndsEarlyIsRefused(String encoding) {
    byte[] plain = "{\"project_id\":\"half\"}\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
    byte[] packed = encoding.equals("gzip") ? Gzip.of(plain) : Zstd.of(plain);
    client
        .post(
            Client.NDJSON,
            BodyPublishers.ofByteArray(packed, 0, packed.length - 20),
            "Content-Encoding",
            encoding)
        .problem(400, "broken-compression");
  }

  static Stream<Arguments> heads() {
    String events = "POST /monitoring/logs HTTP/1.1\nHost: x\nContent-Type: application/x-ndjson\n";
    String chunked = events + "Transfer-Encoding: chunked\n\n";
    return Stream.of(
        arguments("no HTTP", "hello\n\n", 400),
        arguments("TLS", "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\n\n", 400),
        arguments("no version", "GET /monitoring/logs\n\n", 400),
        arguments("a broken escape", "GET /monitoring/logs?q=%zz HTTP/1.1\nHost: x\n\n", 400),
        arguments("a negative length", events + "Content-Length: -5\n\n", 400),
        arguments("two lengths", events + "Content-Length: 5\nContent-Length: 6\n\n", 400),
        arguments("a length that is no number", events + "Content-Length: many\n\n", 400),
        arguments("a broken chunk", chunked + "xyz\n", 400),
        arguments(
            "a broken chunk behind an event", chunked + "13\n{\"project_id\":\"x\"}\nxyz\n", 400),
        arguments(
            "broken gzip chunks",
            events + "Content-Encoding: gzip\nTransfer-Encoding: chunked\n\nxyz\n",
            400),
        arguments("a long path", "GET /" + "a".repeat(70_000) + " HTTP/1.1\n\n", 431),
        arguments(
            "a long header",
            "GET / HTTP/1.1\nHost: x\nCookie: " + "a".repeat(70_000) + "\n\n",
            431),
        arguments(
            "many headers", "GET / HTTP/1.1\nHost: x\n" + "A: b\n".repeat(30_000) + "\n", 431));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("heads")
  void aHeadThatIsNoneIsRefused(String name, String head, int status) throws IOException {
    try (RawConnection connection = new RawConnection(client.server())) {
      assertThat(connection.head(head).answer())
          .matches("(?s)HTTP/1\\.[01] " + status + " .*")
          .contains("application/problem+json", "\"malformed-request\"");
    }
  }
}
