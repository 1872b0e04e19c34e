package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class ErrorsApiTest {

  @TempDir private Path folder;

  private static Answer change(TestServer server, String group, String body) {
    return server.send(
        "POST",
        "/monitoring/errors/" + group + "/changes",
        BodyPublishers.ofString(body),
        "Content-Type",
        TestServer.JSON);
  }

  @Test
  void aChangeIsMadeRecordedAsAnEventAndThereAfterARestart() throws InterruptedException {
    String group;
    try (TestServer server = TestServer.start(folder)) {
      server.post(
          TestServer.JSON,
          "[{\"project_id\":\"p\",\"error_type\":\"a\"},{\"project_id\":\"p\",\"error_type\":\"a\"}]");
      group = awaitGroup(server);
      Answer made =
          change(server, group, "{\"change\":\"resolve\",\"version\":\"2\",\"actor\":\"ada\"}");
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      assertThat(made.json().path("state").asString()).isEqualTo("resolved");
      assertThat(made.json().path("errors").asLong()).isEqualTo(2);
      assertThat(change(server, group, "{\"change\":\"undo\",\"change_id\":0}").status())
          .isEqualTo(409);
    }
    try (TestServer server = TestServer.start(folder)) {
      JsonNode details = server.get("/monitoring/errors/" + group).json();
      assertThat(details.path("state").asString()).isEqualTo("resolved");
      assertThat(details.path("changes").path(0).path("actor").asString()).isEqualTo("ada");
      JsonNode events = server.get("/monitoring/logs?event_type=issue_change").json();
      assertThat(
              events
                  .path("logs")
                  .path(1)
                  .path("attributes")
                  .path("issue")
                  .path("group_id")
                  .asString())
          .isEqualTo(group);
    }
  }

  @Test
  void anEventIsExplained() throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      server.post(
          TestServer.JSON,
          """
          [{"project_id":"p","event_id":"e1","status":"error","message":"no answer from 10.0.0.7"},
           {"project_id":"p","event_id":"fine","status":"success","message":"answered"}]
          """);
      String group = awaitGroup(server);
      var _ = awaitStored(server, "event_id=e1");
      String path = "/monitoring/errors/" + group + "/explain";

      JsonNode why = server.get(path + "?event_id=e1").json();
      assertThat(why.path("rule").asString()).isEqualTo("template");
      assertThat(why.path("parts").path(0).asString()).isEqualTo("no answer from <ip>");
      assertThat(why.path("membership").path("because").asString()).isEqualTo("began");
      assertThat(why.path("message").path("values").path(0).path("rule").asString())
          .isEqualTo("ip");
      assertThat(why.path("message").path("values").path(0).path("value").asString())
          .isEqualTo("10.0.0.7");
      assertThat(server.get(path).json()).as("the newest example").isEqualTo(why);

      assertThat(server.get(path + "?event_id=fine").text()).contains("not-in-group");
      assertThat(server.get(path + "?event_id=fine").status()).isEqualTo(404);
      assertThat(server.get(path + "?event_id=none").text()).contains("no-such-event");
      assertThat(server.get(path + "?event=e1").status()).isEqualTo(400);
      assertThat(server.get("/monitoring/errors/0/explain?event_id=e1").text())
          .contains("no-such-group");
    }
  }

  private static final String RULES =
      """
      {"fingerprints": [{"name": "by-platform", "filter": "error_type:a",
        "fingerprint": ["{{platform}}"]}]}
      """;

  private static Answer send(TestServer server, String method, String path, String body) {
    return server.send(
        method,
        "/monitoring/errors/rules" + path,
        BodyPublishers.ofString(body),
        "Content-Type",
        TestServer.JSON,
        "X-Actor",
        "ada");
  }

  @Test
  void rulesAreTriedPutToWorkAndTakenBack() throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      JsonNode none = server.get("/monitoring/errors/rules").json();
      assertThat(none.path("in_force").path("version").asLong()).isZero();
      server.post(
          TestServer.JSON,
          """
          [{"project_id":"p","event_id":"s1","error_type":"a","platform":"Slack"},
           {"project_id":"p","event_id":"s2","error_type":"a","platform":"Slack"},
           {"project_id":"p","event_id":"n1","error_type":"a","platform":"Notion"}]
          """);
      awaitGroup(server);
      var _ = awaitStored(server, "event_id=n1");
      JsonNode before = groups(server);
      assertThat(before).hasSize(2);

      JsonNode preview = send(server, "POST", "/preview", "{\"rules\":" + RULES + "}").json();
      assertThat(preview.path("complete").asBoolean()).isTrue();
      assertThat(preview.path("groups").path("new").asLong()).isEqualTo(2);
      assertThat(preview.path("groups").path("kept").asLong()).isZero();
      assertThat(preview.path("new").path(0).path("errors").asLong()).isEqualTo(2);
      String slack = preview.path("new").path(0).path("group_id").asString();
      assertThat(groups(server)).as("nothing is put to work").isEqualTo(before);

      Answer put = send(server, "PUT", "", RULES);
      assertThat(put.status()).as(put.text()).isEqualTo(200);
      assertThat(put.json().path("in_force").path("actor").asString()).isEqualTo("ada");
      JsonNode why = server.get("/monitoring/errors/" + slack + "/explain?event_id=s2").json();
      assertThat(why.path("rule").asString()).isEqualTo("configured");
      assertThat(why.path("grouping_rule").asString()).isEqualTo("by-platform");
      assertThat(why.path("parts").path(0).asString()).isEqualTo("Slack");
      assertThat(why.path("rules_version").asLong()).isEqualTo(1);
      assertThat(awaitStored(server, "event_type=issue_change&user_id=ada")).hasSize(1);

      Answer undone = send(server, "POST", "/undo", "{\"version\":1}");
      assertThat(undone.status()).as(undone.text()).isEqualTo(200);
      assertThat(undone.json().path("in_force").path("undone_version").asLong()).isEqualTo(1);
      assertThat(groups(server)).isEqualTo(before);
      assertThat(send(server, "POST", "/undo", "{\"version\":2}").status()).isEqualTo(409);
    }
  }

  private static JsonNode groups(TestServer server) {
    return server.get("/monitoring/errors?project_id=p").json().path("groups");
  }

  @Test
  void rulesThatCannotBeUsedChangeNothing() {
    try (TestServer server = TestServer.start(folder)) {
      Answer put = send(server, "PUT", "", "{\"own_code\":[\"*\"],\"mine\":1}");
      assertThat(put.status()).isEqualTo(400);
      assertThat(put.text()).contains("/own_code", "/mine", "invalid-grouping-rules");
      assertThat(send(server, "PUT", "", "[]").status()).isEqualTo(400);
      assertThat(send(server, "PUT", "", "{").status()).isEqualTo(400);
      Answer preview = send(server, "POST", "/preview", "{\"rules\":{\"mine\":1},\"since\":3}");
      assertThat(preview.status()).isEqualTo(400);
      assertThat(preview.text()).contains("/rules/mine", "/since");
      assertThat(send(server, "POST", "/undo", "{}").status()).isEqualTo(400);
      assertThat(send(server, "POST", "/undo", "{\"version\":\"1\"}").status()).isEqualTo(400);
      assertThat(send(server, "POST", "/undo", "{\"version\":1}").status()).isEqualTo(409);
      assertThat(
              server
                  .get("/monitoring/errors/rules")
                  .json()
                  .path("in_force")
                  .path("version")
                  .asLong())
          .isZero();
    }
  }

  @Test
  void rulesOfAFileArePutToWorkOnceAndTheApiLeavesThemAlone()
      throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("rules.yaml"), "own_code: ['com.acme.']\n");
    Map<String, String> settings = Map.of("errors.rules", file.toString());
    for (int start = 0; start < 2; start++) {
      try (TestServer server = TestServer.start(folder.resolve("data"), settings)) {
        JsonNode rules = awaitRules(server);
        assertThat(rules.path("in_force").path("version").asLong()).isEqualTo(1);
        assertThat(rules.path("in_force").path("actor").asString()).isEqualTo("files");
        assertThat(rules.path("in_force").path("rules").path("own_code").path(0).asString())
            .isEqualTo("com.acme.");
        assertThat(send(server, "PUT", "", "{}").status()).isEqualTo(409);
        assertThat(send(server, "POST", "/undo", "{\"version\":1}").text())
            .contains("rules-in-file");
      }
    }
  }

  private static JsonNode awaitRules(TestServer server) throws InterruptedException {
    long end = System.nanoTime() + 60_000_000_000L;
    while (true) {
      JsonNode rules = server.get("/monitoring/errors/rules").json();
      if (rules.path("in_force").path("version").asLong() > 0) {
        return rules;
      }
      assertThat(System.nanoTime()).as("rules of the file").isLessThan(end);
      Thread.sleep(50);
    }
  }

  /** What a filter finds, once that is something. */
  private static JsonNode awaitStored(TestServer server, String filter)
      throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (true) {
      JsonNode logs = server.get("/monitoring/logs?" + filter).json().path("logs");
      if (!logs.isEmpty()) {
        return logs;
      }
      assertThat(System.nanoTime()).as(filter).isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Test
  void whoWaitsUntilAnErrorIsAppliedFindsItsGroup() {
    try (TestServer server = TestServer.start(folder, Map.of("errors.enabled", "true"))) {
      Answer answer =
          server.send(
              "POST",
              "/monitoring/logs?wait=applied",
              BodyPublishers.ofString("{\"project_id\":\"p\",\"error_type\":\"a\"}"),
              "Content-Type",
              TestServer.JSON);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      assertThat(server.get("/monitoring/errors").json().path("groups")).hasSize(1);
    }
  }

  /** From the error to the inbox, by way of the event that Blackbox records of its group. */
  @Test
  void aRegressionIsTold() throws InterruptedException {
    try (TestServer server = TestServer.start(folder, Map.of("errors.enabled", "true"))) {
      Answer put =
          server.send(
              "PUT",
              "/monitoring/alerts/policies/back_again",
              BodyPublishers.ofString(
                  """
                  {"policy": "back_again", "condition": {"kind": "regression"},
                   "title": "{{project_id}}: {{message}}", "notify": {"group_wait": "0s"}}
                  """),
              "Content-Type",
              TestServer.JSON);
      assertThat(put.status()).as(put.text()).isLessThan(300);
      error(server, "1");
      String group = awaitGroup(server);
      assertThat(change(server, group, "{\"change\":\"resolve\",\"version\":\"1\"}").status())
          .isEqualTo(200);
      error(server, "1");
      error(server, "2");
      JsonNode back = awaitEvent(server, "regressed");
      assertThat(back.path("message").asString())
          .isEqualTo("Resolved, and back in version 2: a: broken");
      JsonNode alerts;
      long end = System.nanoTime() + 120_000_000_000L;
      do {
        Thread.sleep(50);
        assertThat(System.nanoTime()).as("an alert of it").isLessThan(end);
        alerts = server.get("/monitoring/alerts?policy=back_again").json().path("alerts");
      } while (alerts.isEmpty());
      assertThat(alerts).hasSize(1);
      assertThat(alerts.path(0).path("title").asString())
          .isEqualTo("p: Resolved, and back in version 2: a: broken");
      assertThat(
              server
                  .get("/monitoring/errors?project_id=p")
                  .json()
                  .path("groups")
                  .path(0)
                  .path("errors")
                  .asLong())
          .as("what is told of a group is no error of it")
          .isEqualTo(3);
    }
  }

  private static void error(TestServer server, String version) {
    Answer answer =
        server.post(
            TestServer.JSON,
            "{\"project_id\":\"p\",\"error_type\":\"a\",\"message\":\"broken\",\"version\":\"%s\"}"
                .formatted(version));
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  /** Groups come a moment after the events. */
  private static String awaitGroup(TestServer server) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (true) {
      JsonNode groups = server.get("/monitoring/errors?project_id=p").json().path("groups");
      if (!groups.isEmpty()) {
        return groups.path(0).path("group_id").asString();
      }
      assertThat(System.nanoTime()).as("a group").isLessThan(end);
      Thread.sleep(50);
    }
  }

  private static JsonNode awaitEvent(TestServer server, String state) throws InterruptedException {
    long end = System.nanoTime() + 120_000_000_000L;
    while (true) {
      JsonNode logs =
          server
              .get("/monitoring/logs?event_type=issue_change&attributes.issue.state=" + state)
              .json()
              .path("logs");
      if (!logs.isEmpty()) {
        assertThat(logs).hasSize(1);
        return logs.path(0);
      }
      assertThat(System.nanoTime()).as("an event of state " + state).isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Test
  void whereErrorsAreNotPutIntoGroupsTheAnswerSaysSo() {
    try (TestServer server = TestServer.start(folder, Map.of("errors.enabled", "false"))) {
      Answer answer = server.get("/monitoring/errors");
      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.text()).contains("errors-not-enabled", "errors.enabled");
      assertThat(server.get("/monitoring/errors/rules").status()).isEqualTo(404);
      assertThat(send(server, "PUT", "", "{}").status()).isEqualTo(404);
      assertThat(server.get("/monitoring/errors/0000000000000000/explain").status()).isEqualTo(404);
      assertThat(change(server, "0000000000000000", "{\"change\":\"reopen\"}").status())
          .isEqualTo(404);
    }
  }
}
