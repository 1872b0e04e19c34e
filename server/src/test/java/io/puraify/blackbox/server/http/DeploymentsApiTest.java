package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import io.puraify.blackbox.server.demo.Incident;
import io.puraify.blackbox.server.demo.Traffic;
import io.puraify.blackbox.server.demo.TrafficOptions;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DeploymentsApiTest {

  private static final Instant START = Instant.parse("2026-05-04T09:00:00Z");

  @TempDir private Path folder;

  /** One call a second for so many seconds, of which every tenth may fail. */
  private static String calls(Duration from, int seconds, String version, boolean failing) {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < seconds; i++) {
      String how =
          failing && i % 10 == 9
              ? "\"status\":\"error\",\"error_type\":\"bad_row\",\"message\":\"bad row\""
              : "\"status\":\"success\"";
      lines.append(
          "{\"project_id\":\"p\",\"engine\":\"execution\",\"platform\":\"Notion\",\"action\":\"write\",\"version\":\"%s\",\"duration_ms\":%d,\"timestamp\":\"%s\",%s}\n"
              .formatted(version, failing ? 200 : 100, START.plus(from).plusSeconds(i), how));
      lines.append(
          "{\"project_id\":\"p\",\"engine\":\"validation\",\"version\":\"1\",\"status\":\"%s\",\"timestamp\":\"%s\"}\n"
              .formatted(i % 50 == 0 ? "error" : "success", START.plus(from).plusSeconds(i)));
    }
    return lines.toString();
  }

  private static String deployed(String version, Duration at) {
    return "{\"project_id\":\"platform\",\"engine\":\"execution\",\"version\":\"%1$s\",\"event_id\":\"d-%1$s-%2$d\",\"triggered_by\":\"ci\",\"timestamp\":\"%3$s\"}"
        .formatted(version, at.toMinutes(), START.plus(at));
  }

  private static Answer record(TestServer server, String deployment) {
    return server.send(
        "POST",
        "/monitoring/deployments",
        BodyPublishers.ofString(deployment),
        "Content-Type",
        TestServer.JSON);
  }

  private static JsonNode get(TestServer server, String path) {
    Answer answer = server.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  /** What became of changes, by their ids, when all of it is known. */
  private static Map<String, String> outcomes(TestServer server, String query) throws Exception {
    String path = "/monitoring/deployments?include=outcome&" + query;
    JsonNode list = get(server, path);
    while (list.path("deployments").valueStream().anyMatch(each -> each.path("outcome").isNull())) {
      Thread.sleep(50);
      list = get(server, path);
    }
    Map<String, String> outcomes = new HashMap<>();
    list.path("deployments")
        .forEach(each -> outcomes.put(each.path("id").asString(), each.path("outcome").toString()));
    return outcomes;
  }

  private static JsonNode suspects(TestServer server, String query, Duration from, Duration to) {
    return get(
        server,
        "/monitoring/deployments/suspects?q=%s&from=%s&to=%s"
            .formatted(
                URLEncoder.encode(query, StandardCharsets.UTF_8),
                START.plus(from),
                START.plus(to)));
  }

  private static List<String> ids(JsonNode list) {
    return list.path("deployments")
        .valueStream()
        .map(each -> each.path("kind").asString() + " " + each.path("version").asString(""))
        .toList();
  }

  /** A bad version for ten minutes, between half an hour of a good one on both sides. */
  private static void recordABadVersion(TestServer server) {
    Answer posted =
        server.post(
            TestServer.NDJSON,
            calls(Duration.ZERO, 1_800, "2.4.0", false)
                + calls(Duration.ofMinutes(30), 600, "2.4.1", true)
                + calls(Duration.ofMinutes(40), 600, "2.4.0", false));
    assertThat(posted.status()).isEqualTo(202);
    Answer first = record(server, deployed("2.4.1", Duration.ofMinutes(30)));
    assertThat(first.status()).as(first.text()).isEqualTo(202);
    assertThat(first.json().path("duplicate").asBoolean()).isFalse();
    Answer again = record(server, deployed("2.4.1", Duration.ofMinutes(30)));
    assertThat(again.json().path("duplicate").asBoolean()).isTrue();
    record(server, deployed("2.4.0", Duration.ofMinutes(40)));
    // Until all of it can be found.
    server.post(TestServer.JSON, "{\"project_id\":\"last\"}");
  }

  @Test
  void aBadVersionIsBlamedMarkedAndItsRollbackRecognised() throws Exception {
    Instant now = START.plus(Duration.ofMinutes(60));
    try (TestServer server = TestServer.start(folder, () -> now)) {
      recordABadVersion(server);

      JsonNode list = get(server, "/monitoring/deployments?kind=deployment,version");
      assertThat(ids(list)).containsExactly("deployment 2.4.0", "deployment 2.4.1");
      JsonNode bad = list.path("deployments").path(1);
      assertThat(bad.path("id").asString()).isEqualTo("d-2.4.1-30");
      assertThat(bad.path("by").asString()).isEqualTo("ci");
      assertThat(bad.path("message").asString()).isEqualTo("Deployed execution 2.4.1");
      JsonNode page = get(server, "/monitoring/deployments?kind=deployment&limit=1");
      assertThat(page.path("complete").asBoolean()).isFalse();
      String rest =
          "/monitoring/deployments?kind=deployment&limit=1&cursor="
              + page.path("next_cursor").asString();
      assertThat(ids(get(server, rest))).containsExactly("deployment 2.4.1");

      JsonNode answer =
          suspects(server, "error_type:bad_row", Duration.ZERO, Duration.ofMinutes(55));
      assertThat(answer.path("verdict").asString()).as(answer.toString()).isEqualTo("blamed");
      assertThat(answer.path("onset").asString()).isEqualTo("2026-05-04T09:30:09Z");
      JsonNode suspect = answer.path("suspects").path(0);
      assertThat(suspect.path("deployment").path("id").asString()).isEqualTo("d-2.4.1-30");
      assertThat(answer.path("summary").asString())
          .contains("first seen 9 s after deploying execution 2.4.1")
          .contains("0 → 1,000 in 10,000 calls");

      awaitRollups(server, now);
      JsonNode report = get(server, "/monitoring/deployments/d-2.4.1-30");
      assertThat(report.path("faulty").asBoolean()).as(report.toString()).isTrue();
      assertThat(report.path("rolled_back").asBoolean()).isTrue();
      assertThat(report.path("rollback").asBoolean()).isFalse();
      assertThat(report.path("previous_version").asString()).isEqualTo("2.4.0");
      assertThat(report.path("errors").path(0).path("error_type").asString()).isEqualTo("bad_row");
      JsonNode engine =
          report
              .path("engines")
              .valueStream()
              .filter(each -> each.path("engine").asString().equals("execution"))
              .findFirst()
              .orElseThrow();
      assertThat(engine.path("before").path("error_rate").asDouble()).isEqualTo(0);
      assertThat(engine.path("after").path("error_rate").asDouble()).isBetween(0.09, 0.11);
      assertThat(engine.path("before").path("p50").asDouble()).isBetween(95.0, 105.0);
      assertThat(engine.path("after").path("p50").asDouble()).isBetween(190.0, 210.0);

      JsonNode mended = get(server, "/monitoring/deployments/d-2.4.0-40");
      assertThat(mended.path("rollback").asBoolean()).as(mended.toString()).isTrue();
      assertThat(mended.path("faulty").asBoolean()).isFalse();

      assertThat(bad.has("outcome")).isFalse();
      assertThat(outcomes(server, "kind=deployment"))
          .isEqualTo(
              Map.of(
                  "d-2.4.1-30",
                  "{\"fault\":\"likely\",\"rollback\":false,\"rolled_back\":true}",
                  "d-2.4.0-40",
                  "{\"fault\":\"none\",\"rollback\":true,\"rolled_back\":false}"));
      // As in the reports.
      assertThat(report.path("fault").asString()).isEqualTo("likely");
      assertThat(mended.path("fault").asString()).isEqualTo("none");
    }
  }

  /** Rollups are a moment behind what can be found. */
  private static void awaitRollups(TestServer server, Instant now) throws InterruptedException {
    String path = "/monitoring/performance?project_id=last&since=1d&to=" + now.plusSeconds(60);
    while (get(server, path).path("rows").isEmpty()) {
      Thread.sleep(50);
    }
  }

  @Test
  void aVersionWithoutARecordIsFoundByItselfAndSuspectedOfAGroup() throws Exception {
    try (TestServer server = TestServer.start(folder)) {
      Duration shift = Duration.between(START, Instant.now()).minusMinutes(50);
      server.post(
          TestServer.NDJSON,
          calls(shift, 1_800, "2.4.0", false) + calls(shift.plusMinutes(30), 600, "2.4.1", true));

      JsonNode list = get(server, "/monitoring/deployments?engine=execution");
      assertThat(ids(list)).containsExactly("version 2.4.1");
      assertThat(get(server, "/monitoring/deployments?kind=version")).isEqualTo(list);
      String id = list.path("deployments").path(0).path("id").asString();
      JsonNode report =
          get(server, "/monitoring/deployments/" + URLEncoder.encode(id, StandardCharsets.UTF_8));
      assertThat(report.path("faulty").asBoolean()).as(report.toString()).isTrue();
      assertThat(report.path("previous_version").asString()).isEqualTo("2.4.0");

      JsonNode groups = get(server, "/monitoring/errors?engine=execution");
      while (groups.path("groups").isEmpty()) {
        Thread.sleep(50);
        groups = get(server, "/monitoring/errors?engine=execution");
      }
      String group = groups.path("groups").path(0).path("group_id").asString();
      JsonNode answer = get(server, "/monitoring/deployments/suspects?group_id=" + group);
      assertThat(answer.path("verdict").asString()).as(answer.toString()).isEqualTo("blamed");
      assertThat(answer.path("suspects").path(0).path("deployment").path("id").asString())
          .isEqualTo(id);

      assertThat(groups.path("groups").path(0).has("suspect")).isFalse();
      JsonNode first = suspectOf(server, group);
      assertThat(first.path("verdict").asString()).as(first.toString()).isEqualTo("blamed");
      assertThat(first.path("deployment").path("id").asString()).isEqualTo(id);
      assertThat(first.path("ruling").asString()).isEqualTo("likely");
      assertThat(first.path("score").asDouble()).isBetween(0.3, 1.0);
      assertThat(first.path("summary")).isEqualTo(answer.path("summary"));
      // Nobody looks for what is to blame for a group that was dealt with.
      Answer resolved =
          server.send(
              "POST",
              "/monitoring/errors/" + group + "/changes",
              BodyPublishers.ofString("{\"change\":\"resolve\",\"actor\":\"ada\"}"),
              "Content-Type",
              TestServer.JSON);
      assertThat(resolved.status()).as(resolved.text()).isEqualTo(200);
      assertThat(
              get(server, "/monitoring/errors?engine=execution&include=suspect")
                  .path("groups")
                  .path(0)
                  .has("suspect"))
          .isFalse();
    }
  }

  /** The suspect of a group in the list, when it is known. */
  private static JsonNode suspectOf(TestServer server, String group) throws Exception {
    while (true) {
      JsonNode page = get(server, "/monitoring/errors?engine=execution&include=suspect");
      JsonNode suspect =
          page.path("groups")
              .valueStream()
              .filter(each -> each.path("group_id").asString().equals(group))
              .findFirst()
              .orElseThrow()
              .path("suspect");
      assertThat(suspect.isMissingNode()).as(page.toString()).isFalse();
      if (!suspect.isNull()) {
        return suspect;
      }
      Thread.sleep(50);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "deployments?include=suspect | include | 'suspect' cannot be included; write outcome",
        "deployments?include=outcome&limit=101 | limit | with include it is 100 at most",
        "errors?include=outcome | include | 'outcome' cannot be included; write suspect",
        "errors?include=suspect&limit=101 | limit | with include it is 100 at most"
      })
  void whatCannotBeIncludedIsSaid(String path, String parameter, String detail) {
    try (TestServer server = TestServer.start(folder)) {
      Answer answer = server.get("/monitoring/" + path);

      assertThat(answer.status()).isEqualTo(400);
      JsonNode error = answer.json().path("errors").path(0);
      assertThat(error.path("pointer").asString()).isEqualTo(parameter);
      assertThat(error.path("detail").asString()).isEqualTo(detail);
    }
  }

  /** The deployment is recorded for a project of its own, and half an hour before the error. */
  @Test
  void whatLedToAnErrorNamesTheDeploymentThatItsGroupIsBlamedOn() throws Exception {
    Instant now = START.plus(Duration.ofMinutes(60));
    try (TestServer server = TestServer.start(folder, () -> now)) {
      recordABadVersion(server);
      Instant last = START.plus(Duration.ofMinutes(40));
      server.post(
          TestServer.NDJSON,
          """
          {"project_id":"p","session_id":"s","engine":"execution","event_type":"step","status":"success","timestamp":"%1$s"}
          {"project_id":"p","session_id":"s","event_id":"tried","engine":"vault","action":"deployment","status":"success","timestamp":"%1$s"}
          {"project_id":"p","session_id":"s","engine":"execution","platform":"Notion","action":"write","version":"2.4.1","status":"error","error_type":"bad_row","message":"bad row","timestamp":"%2$s"}
          """
              .formatted(last.minusSeconds(9), last.minusSeconds(5)));
      while (get(server, "/monitoring/errors?type=bad_row").path("groups").isEmpty()) {
        Thread.sleep(50);
      }

      JsonNode causes = get(server, "/monitoring/sessions/s/causes?project_id=p").path("causes");

      JsonNode first = causes.path(0);
      assertThat(first.path("kind").asString()).as(causes.toString()).isEqualTo("deployment");
      assertThat(first.path("event_id").asString()).isEqualTo("d-2.4.1-30");
      assertThat(first.path("reason").asString())
          .startsWith("execution 2.4.1 was deployed 9 min 55 s before; likely to blame for all")
          .contains("first seen 9 s after deploying execution 2.4.1", "0 → 1,0");
      String id = first.path("deployment_id").asString();
      assertThat(get(server, "/monitoring/deployments/" + id).path("fault").asString())
          .isEqualTo("likely");
      // What has only the action of a change has no report to lead to.
      JsonNode tried =
          causes
              .valueStream()
              .filter(each -> each.path("event_id").asString("").equals("tried"))
              .findFirst()
              .orElseThrow();
      assertThat(tried.has("deployment_id")).isFalse();
      assertThat(server.get("/monitoring/deployments/tried").status()).isEqualTo(404);
    }
  }

  @Test
  void aSettingThatBreaksItsFlowIsBlamedAndOthersAreNot() throws Exception {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      for (String flow : List.of("a", "b")) {
        boolean fails = flow.equals("a") && i >= 1_805 && i % 5 == 0;
        lines.append(
            "{\"project_id\":\"p\",\"flow_id\":\"%s\",\"engine\":\"execution\",\"status\":\"%s\",\"timestamp\":\"%s\"}\n"
                .formatted(flow, fails ? "timeout" : "success", START.plusSeconds(i)));
      }
    }
    for (String flow : List.of("a", "b")) {
      lines.append(
          "{\"project_id\":\"p\",\"event_id\":\"c-%1$s\",\"event_type\":\"config_change\",\"flow_id\":\"%1$s\",\"engine\":\"platform_builder\",\"user_id\":\"u_1\",\"timestamp\":\"%2$s\"}\n"
              .formatted(flow, START.plusSeconds(1_800)));
    }
    Instant now = START.plus(Duration.ofMinutes(50));
    try (TestServer server = TestServer.start(folder, () -> now)) {
      server.post(TestServer.NDJSON, lines.toString());

      JsonNode answer = suspects(server, "status:timeout", Duration.ZERO, Duration.ofMinutes(50));
      assertThat(answer.path("verdict").asString()).as(answer.toString()).isEqualTo("blamed");
      assertThat(answer.path("considered").asInt()).isEqualTo(2);
      assertThat(answer.path("suspects")).hasSize(1);
      assertThat(answer.path("summary").asString())
          .startsWith("first seen 5 s after the configuration change in flow a; 0 → 1,9")
          .endsWith("other flows unchanged");

      JsonNode broken = get(server, "/monitoring/deployments/c-a");
      assertThat(broken.path("faulty").asBoolean()).as(broken.toString()).isTrue();
      assertThat(broken.path("deployment").path("by").asString()).isEqualTo("u_1");
      JsonNode harmless = get(server, "/monitoring/deployments/c-b");
      assertThat(harmless.path("faulty").asBoolean()).as(harmless.toString()).isFalse();
      Map<String, String> outcomes = outcomes(server, "kind=configuration");
      assertThat(outcomes.get("c-a")).contains("\"fault\":\"likely\"");
      assertThat(outcomes.get("c-b")).contains("\"fault\":\"none\"");
    }
  }

  /** What {@code make demo} shows, from its events alone. */
  @Test
  void theIncidentOfTheGeneratorIsFoundAndNothingElseIsBlamed() {
    Instant bad = START.plus(Duration.ofMinutes(15));
    Instant mended = START.plus(Duration.ofMinutes(25));
    Traffic traffic =
        new Traffic(new TrafficOptions(1, START, 60, 0.5, new Incident("Slack", bad, mended)));
    Instant now = START.plus(Duration.ofMinutes(30));
    byte[] body = new byte[4 << 20];
    try (TestServer server = TestServer.start(folder, () -> now)) {
      while (traffic.now().isBefore(now)) {
        int length = 0;
        while (length < body.length - Traffic.MAX_LINE_BYTES && traffic.now().isBefore(now)) {
          length = traffic.next(body, length);
        }
        server.post(TestServer.NDJSON, new String(body, 0, length, StandardCharsets.UTF_8));
      }
      Duration end = Duration.ofMinutes(30);

      JsonNode expired =
          suspects(server, "error_type:token_expired platform:Slack", Duration.ZERO, end);
      assertThat(expired.path("verdict").asString()).as(expired.toString()).isEqualTo("blamed");
      JsonNode first = expired.path("suspects").path(0).path("deployment");
      assertThat(first.path("engine").asString()).isEqualTo("vault");
      assertThat(first.path("version").asString()).isEqualTo("1.20.0");
      assertThat(expired.path("summary").asString())
          .contains("after deploying vault 1.20.0")
          .contains("engines not deployed unchanged");
      long likely =
          expired
              .path("suspects")
              .valueStream()
              .filter(each -> each.path("ruling").asString().equals("likely"))
              .count();
      assertThat(likely).as(expired.toString()).isEqualTo(1);

      for (String old : List.of("rate_limited", "api_timeout", "schema_mismatch")) {
        JsonNode answer = suspects(server, "error_type:" + old, Duration.ZERO, end);
        assertThat(answer.path("verdict").asString()).as(answer.toString()).isEqualTo("unchanged");
      }
    }
  }
}
