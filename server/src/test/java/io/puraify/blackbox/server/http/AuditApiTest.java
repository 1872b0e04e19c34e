package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import io.puraify.blackbox.storage.contract.RandomEvents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class AuditApiTest {

  @TempDir private Path folder;

  private static JsonNode verify(TestServer server) {
    Answer answer = server.get("/monitoring/audit/verify");
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** Verifies so many events, which may not have come to the audit trail yet. */
  private static void requireVerified(TestServer server, long events) throws Exception {
    JsonNode verification = verify(server);
    while (verification.path("holds").asBoolean()
        && verification.path("events").asLong() < events) {
      Thread.sleep(50);
      verification = verify(server);
    }
    assertThat(verification.path("holds").asBoolean()).as(verification.toString()).isTrue();
    assertThat(verification.path("events").asLong()).isEqualTo(events);
  }

  private static String numbered(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < to; i++) {
      lines.append(
          "{\"project_id\":\"p\",\"event_id\":\"e-%1$d\",\"timestamp\":\"2025-07-25T10:00:00Z\",\"message\":\"m %1$d\"}\n"
              .formatted(i));
    }
    return lines.toString();
  }

  /** What a store could give back otherwise than the journal has it. */
  private static List<String> oddEvents() {
    List<String> events = new ArrayList<>();
    List<String> texts =
        List.of(
            "\\ud800",
            "\\udc00 and \\ud800",
            "a\\ud83d",
            "\\ud83d\\ude00",
            "nul\\u0000byte",
            "\\u0000",
            "\\uffff",
            "\\ufeff",
            "e\\u0301",
            " ",
            "\\t",
            "\\\\",
            "long ".repeat(20_000));
    for (String text : texts) {
      for (String field : List.of("message", "stack_trace", "user_id", "action", "event_id", "x")) {
        events.add("{\"project_id\":\"odd\",\"%s\":\"%s\"}".formatted(field, text));
      }
      events.add("{\"project_id\":\"odd%1$s\",\"a\":{\"b%1$s\":[\"%1$s\",null]}}".formatted(text));
    }
    for (String number :
        List.of(
            "0",
            "-0",
            "-0.0",
            "1",
            "1.0",
            "1.50",
            "1e-7",
            "1E400",
            "-3e5",
            "5e-324",
            "0.1",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "1e308",
            "\"842\"",
            "\"0x10\"",
            "null",
            "true",
            "[1]",
            "{}")) {
      for (String field : List.of("duration_ms", "retries", "timestamp", "status", "n")) {
        events.add("{\"project_id\":\"odd\",\"%s\":%s}".formatted(field, number));
      }
    }
    events.add("{\"project_id\":\"odd\",\"a\":{ \"b\" : [ 1 , { \"c\":{} } ], \"b\": 2}}");
    events.add("{\"project_id\":\"odd\",\"attributes\":{\"before\":{},\"after\":[]}}");
    return events;
  }

  private static String json(Event event) {
    return new String(Json.event(event), StandardCharsets.UTF_8);
  }

  @Test
  void whateverSendersSendIsReadBackAsItWasRecorded() throws Exception {
    long seed = System.nanoTime();
    Stream<String> random =
        new RandomEvents(new Random(seed)).next(0, 2_000).stream().map(AuditApiTest::json);
    ByteArrayOutputStream lines = new ByteArrayOutputStream();
    Stream.concat(oddEvents().stream(), random)
        .forEach(line -> lines.writeBytes((line + "\n").getBytes(StandardCharsets.UTF_8)));
    // No UTF-8, in a text, a label, a name and an attribute.
    for (String field : List.of("message", "status", "user_id", "x")) {
      lines.writeBytes(
          ("{\"project_id\":\"odd\",\"" + field + "\":\"a").getBytes(StandardCharsets.UTF_8));
      lines.write(0xc3);
      lines.write(0x28);
      lines.writeBytes("\"}\n".getBytes(StandardCharsets.UTF_8));
    }
    long stored;
    try (TestServer server = TestServer.start(folder)) {
      Answer answer =
          server.send(
              "POST",
              "/monitoring/logs?wait=stored",
              BodyPublishers.ofByteArray(lines.toByteArray()),
              "Content-Type",
              TestServer.NDJSON);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      stored = answer.json().path("accepted").asLong() - answer.json().path("duplicates").asLong();
      assertThat(stored).isGreaterThan(800);
      requireVerified(server, stored);
    }
    try (TestServer server = TestServer.start(folder)) {
      requireVerified(server, stored);
    }
  }

  /** With what every language has: SHA-256, Ed25519 and the public key. */
  @Test
  void proofsAreCheckedWithoutBlackbox() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      server.post(TestServer.NDJSON, numbered(0, 300));
      requireVerified(server, 300);
      server.post(TestServer.NDJSON, numbered(300, 1_000));
      requireVerified(server, 1_000);

      Answer answer = server.get("/monitoring/audit/proof?event_id=e-777");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode proof = answer.json();
      byte[] form = bytes(proof.path("form"));
      assertThat(new String(form, StandardCharsets.ISO_8859_1)).contains("m 777");
      int index = (int) (proof.path("position").asLong() - proof.path("first_position").asLong());
      assertThat(bytes(proof.path("digests").path(index))).isEqualTo(sha256(form));
      assertThat(rootOf(proof)).isEqualTo(bytes(proof.path("checkpoint").path("root")));
      requireSigned(proof.path("checkpoint"), server.get("/monitoring/audit/key").text());

      JsonNode page = server.get("/monitoring/audit/checkpoints?limit=1").json();
      assertThat(page.path("checkpoints").size()).isEqualTo(1);
      long last = page.path("checkpoints").path(0).path("number").asLong();
      assertThat(last).isPositive();
      JsonNode before =
          server
              .get("/monitoring/audit/checkpoints?before=" + page.path("next_before").asLong())
              .json();
      assertThat(before.path("checkpoints").size()).isEqualTo((int) last);
      JsonNode consistency =
          server.get("/monitoring/audit/consistency?first=0&second=" + last).json();
      assertThat(consistency.path("path").size()).isPositive();
      requireSigned(consistency.path("first"), server.get("/monitoring/audit/key").text());
    }
  }

  @Test
  void aReportHoldsTheProofOfItsEntriesAndRunsNothingOfThem() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      server.post(TestServer.NDJSON, numbered(0, 700));
      server.post(
          TestServer.JSON,
          "{\"project_id\":\"p\",\"event_id\":\"evil\",\"action\":\"<img src=x>\",\"message\":\"</script><script>alert('1')\\u202e\",\"attributes\":{\"before\":{\"a\":1},\"after\":{\"a\":\"<b>\"}}}");
      requireVerified(server, 701);

      Answer answer = server.get("/monitoring/audit/report?project_id=p&limit=400");
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.headers().get("content-security-policy").getFirst())
          .startsWith("default-src 'none'");
      String html = answer.text();
      assertThat(html)
          .contains("limit=400\nproject_id=p", "400; there are more", "400 of them", "a: 1 → ")
          .contains("&lt;/script&gt;&lt;script&gt;alert(&#39;1&#39;)\ufffd", "&lt;img src=x&gt;")
          .doesNotContain("<img", "<b>", "\u202e");
      // The data is the only element of its kind, and ends where the page says.
      assertThat(html.split("<script", -1)).hasSize(2);
      assertThat(html.split("</script", -1)).hasSize(2);
      String data = html.substring(html.indexOf("id=\"proof\">") + 11, html.indexOf("</script"));

      JsonNode proof = JsonMapper.shared().readTree(data);
      assertThat(proof.path("public_key").asString())
          .isEqualTo(server.get("/monitoring/audit/key").text());
      requireSigned(proof.path("checkpoint"), proof.path("public_key").asString());
      Map<Long, JsonNode> leaves = new HashMap<>();
      for (JsonNode leaf : proof.path("leaves")) {
        ((ObjectNode) leaf).set("checkpoint", proof.path("checkpoint"));
        assertThat(rootOf(leaf)).isEqualTo(bytes(proof.path("checkpoint").path("root")));
        leaves.put(leaf.path("leaf").asLong(), leaf);
      }
      assertThat(leaves).hasSizeGreaterThan(1);
      assertThat(proof.path("events").size()).isEqualTo(400);
      for (JsonNode event : proof.path("events")) {
        JsonNode leaf = leaves.get(event.path("leaf").asLong());
        long index = event.path("position").asLong() - leaf.path("first_position").asLong();
        assertThat(bytes(leaf.path("digests").path((int) index)))
            .isEqualTo(sha256(bytes(event.path("form"))));
      }

      Answer none = server.get("/monitoring/audit/report?project_id=nobody");
      assertThat(none.text()).contains("None of the entries is proven", "0, which are all");
      assertThat(server.get("/monitoring/audit/report?limit=501").status()).isEqualTo(400);
    }
  }

  private static byte[] bytes(JsonNode base64) {
    return Base64.getDecoder().decode(base64.asString());
  }

  private static byte[] sha256(byte[]... parts) throws GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (byte[] part : parts) {
      digest.update(part);
    }
    return digest.digest();
  }

  /** As RFC 9162, section 2.1.3.2, computes it. */
  private static byte[] rootOf(JsonNode proof) throws GeneralSecurityException {
    ByteArrayOutputStream digests = new ByteArrayOutputStream();
    proof.path("digests").forEach(each -> digests.writeBytes(bytes(each)));
    byte[] head =
        ByteBuffer.allocate(12)
            .putLong(proof.path("first_position").asLong())
            .putInt(proof.path("digests").size())
            .array();
    byte[] hash = sha256(new byte[] {0}, head, digests.toByteArray());
    long node = proof.path("leaf").asLong();
    long last = proof.path("checkpoint").path("leaves").asLong() - 1;
    for (JsonNode sibling : proof.path("path")) {
      if ((node & 1) == 1 || node == last) {
        hash = sha256(new byte[] {1}, bytes(sibling), hash);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        hash = sha256(new byte[] {1}, hash, bytes(sibling));
      }
      node >>= 1;
      last >>= 1;
    }
    return hash;
  }

  private static void requireSigned(JsonNode checkpoint, String pem)
      throws GeneralSecurityException {
    byte[] key = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
    Signature signature = Signature.getInstance("Ed25519");
    signature.initVerify(
        KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(key)));
    signature.update(checkpoint.path("text").asString().getBytes(StandardCharsets.UTF_8));
    assertThat(signature.verify(bytes(checkpoint.path("signature")))).isTrue();
    assertThat(checkpoint.path("text").asString())
        .contains("root " + checkpoint.path("root").asString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "UPDATE events SET message = 'all is well' WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET \"timestamp\" = \"timestamp\" - 1 WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET user_id = 'u' WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET received_at = received_at - 1 WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET project_id = 'q' WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET event_id = 'e-1000' WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET attributes = '{}' WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET count = 2 WHERE event_id = 'e-300' | event_altered",
        "UPDATE events SET position = 601 - position WHERE position IN (300, 301) | event_altered",
        "DELETE FROM events WHERE event_id = 'e-300' | event_missing",
        "INSERT INTO events SELECT * FROM events WHERE event_id = 'e-300' | event_inserted",
        "UPDATE events SET position = position + 10000 WHERE event_id = 'e-300' | event_missing",
        "DELETE FROM events WHERE position >= 300 | event_missing"
      })
  void whoChangesAStoredEventIsFound(String statement, String kind) throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      server.post(TestServer.NDJSON, numbered(0, 400));
      requireVerified(server, 400);
    }
    tamper(statement);
    try (TestServer server = TestServer.start(folder)) {
      JsonNode finding = verify(server).path("finding");
      assertThat(finding.path("kind").asString("")).as(finding.toString()).isEqualTo(kind);
      assertThat(finding.path("from").asLong()).isBetween(256L, 300L);
      assertThat(finding.path("to").asLong()).isGreaterThan(300L);
    }
  }

  private void tamper(String statement) throws SQLException, IOException {
    Path day;
    try (Stream<Path> files = Files.list(folder.resolve("events"))) {
      day = files.filter(file -> file.toString().endsWith(".duckdb")).findFirst().orElseThrow();
    }
    try (var connection = DriverManager.getConnection("jdbc:duckdb:" + day);
        var change = connection.createStatement()) {
      assertThat(change.executeUpdate(statement)).isPositive();
    }
  }

  @Test
  void theTimelineSaysWhoDidWhatWhenFromWhereAndWithWhichResult() {
    try (TestServer server = TestServer.start(folder)) {
      server.post(
          TestServer.NDJSON,
          """
          {"project_id":"p","event_id":"1","timestamp":"2025-07-25T10:00:00Z","event_type":"login","user_id":"ada","status":"success","ip":"10.0.0.7"}
          {"project_id":"p","event_id":"2","timestamp":"2025-07-25T10:00:01Z","action":"login","user_id":"eve","status":"denied","error_type":"bad_password"}
          {"project_id":"p","event_id":"3","timestamp":"2025-07-25T10:00:02Z","engine":"vault","action":"read_token","platform":"Slack","status":"error","triggered_by":"flow"}
          {"project_id":"p","event_id":"4","timestamp":"2025-07-25T10:00:03Z","engine":"validation","event_type":"check","status":"denied","host":"h1"}
          {"project_id":"p","event_id":"5","timestamp":"2025-07-25T10:00:04Z","engine":"platform_builder","event_type":"config_change","user_id":"ada","flow_id":"f","status":"success","before":{"retry":{"max":3},"steps":["a","b","c"],"old":1},"after":{"retry":{"max":5},"steps":["a","x","b","c"],"new":null}}
          {"project_id":"p","event_id":"6","timestamp":"2025-07-25T10:00:05Z","event_type":"deployment","version":"2.4.1"}
          {"project_id":"p","event_id":"7","timestamp":"2025-07-25T10:00:06Z","event_type":"execution","action":"send","status":"success"}
          """);
      JsonNode page = server.get("/monitoring/audit?project_id=p&order=oldest").json();
      assertThat(page.path("complete").asBoolean()).isTrue();
      assertThat(texts(page, "mark"))
          .containsExactly(
              "sign_in",
              "sign_in_failure",
              "credential_failure",
              "denial",
              "change",
              "deployment",
              "");
      assertThat(texts(page, "who")).containsExactly("ada", "eve", "flow", "", "ada", "", "");
      assertThat(texts(page, "where")).containsExactly("10.0.0.7", "", "", "h1", "", "", "");
      assertThat(texts(page, "result"))
          .startsWith("success", "denied: bad_password", "error", "denied", "success");
      assertThat(texts(page, "what"))
          .contains("login", "read_token on Slack", "config_change in flow f");
      assertThat(page.path("entries").path(4).path("changes").toString())
          .isEqualTo(
              "[{\"path\":\"retry.max\",\"before\":3,\"after\":5},"
                  + "{\"path\":\"steps[1]\",\"after\":\"x\"},"
                  + "{\"path\":\"old\",\"before\":1},"
                  + "{\"path\":\"new\",\"after\":null}]");

      JsonNode marked =
          server
              .get("/monitoring/audit?mark=sign_in,denial&mark=deployment&order=oldest&limit=2")
              .json();
      assertThat(texts(marked, "event_id")).containsExactly("1", "4");
      JsonNode next =
          server
              .get(
                  "/monitoring/audit?mark=sign_in,denial&mark=deployment&order=oldest&limit=2&cursor="
                      + marked.path("next_cursor").asString())
              .json();
      assertThat(texts(next, "event_id")).containsExactly("6");
      assertThat(texts(server.get("/monitoring/audit?user_id=ada").json(), "event_id"))
          .containsExactly("5", "1");

      requireMarks(server);

      Answer csv = server.get("/monitoring/audit?format=csv&mark=change");
      assertThat(csv.text().lines())
          .hasSize(2)
          .last()
          .asString()
          .contains("retry.max: 3 -> 5; steps[1]: (none) -> \"\"x\"\"; old: 1 -> (none)");
      assertThat(server.get("/monitoring/audit?format=ndjson&flow_id=f").text().lines()).hasSize(1);
    }
  }

  /** What an auditor looks for is marked in every form that leaves the server. */
  private static void requireMarks(TestServer server) {
    // The newest first.
    List<String> marks =
        List.of(
            "",
            "deployment",
            "change",
            "denial",
            "credential_failure",
            "sign_in_failure",
            "sign_in");
    String asked = "project_id=p";

    List<String> lines =
        server.get("/monitoring/audit?format=csv&" + asked).text().lines().toList();
    int column = List.of(lines.getFirst().split(",", -1)).indexOf("mark");
    assertThat(lines.stream().skip(1))
        .extracting(line -> line.split(",", -1)[column])
        .isEqualTo(marks);
    assertThat(server.get("/monitoring/audit?format=ndjson&" + asked).text().lines())
        .extracting(line -> JsonMapper.shared().readTree(line).path("mark").asString(""))
        .isEqualTo(marks);
    String html = server.get("/monitoring/audit/report?" + asked).text();
    List<String> rows = List.of(html.split("<tr>", -1)).subList(2, 2 + marks.size());
    assertThat(rows)
        .extracting(row -> row.split("<td>", -1)[7].replaceAll("</td>.*", ""))
        .isEqualTo(marks);
    // A mark that is asked for is what is exported, and nothing else.
    assertThat(
            server
                .get("/monitoring/audit?format=ndjson&mark=sign_in_failure,denial&" + asked)
                .text()
                .lines())
        .extracting(line -> JsonMapper.shared().readTree(line).path("event_id").asString())
        .containsExactly("4", "2");
  }

  private static List<String> texts(JsonNode page, String name) {
    return page.path("entries").valueStream().map(each -> each.path(name).asString("")).toList();
  }

  @Test
  void whereEventsAreNotProvenTheAnswerSaysSo() {
    try (TestServer server = TestServer.start(folder, Map.of("audit.enabled", "false"))) {
      server.post(TestServer.NDJSON, numbered(0, 1));
      for (String route :
          List.of("verify", "checkpoints", "bundle", "key", "proof?event_id=e-0", "report")) {
        Answer answer = server.get("/monitoring/audit/" + route);
        assertThat(answer.status()).as(route).isEqualTo(404);
        assertThat(answer.text()).contains("audit-not-enabled", "audit.enabled");
      }
      // The timeline needs no proofs.
      assertThat(server.get("/monitoring/audit").json().path("entries").size()).isEqualTo(1);
    }
  }
}
