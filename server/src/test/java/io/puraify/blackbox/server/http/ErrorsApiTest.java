package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
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
      awaitStored(server, "e1");
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

  private static void awaitStored(TestServer server, String eventId) throws InterruptedException {
    long end = System.nanoTime() + 30_000_000_000L;
    while (server.get("/monitoring/logs/" + eventId).status() != 200) {
      assertThat(System.nanoTime()).as("event " + eventId).isLessThan(end);
      Thread.sleep(50);
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
      long end = System.nanoTime() + 30_000_000_000L;
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
    long end = System.nanoTime() + 30_000_000_000L;
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
    long end = System.nanoTime() + 30_000_000_000L;
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
      assertThat(change(server, "0000000000000000", "{\"change\":\"reopen\"}").status())
          .isEqualTo(404);
    }
  }
}
