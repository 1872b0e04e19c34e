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
  void aChangeIsMadeRecordedAsAnEventAndThereAfterARestart() {
    String group;
    try (TestServer server = TestServer.start(folder)) {
      server.post(
          TestServer.JSON,
          "[{\"project_id\":\"p\",\"error_type\":\"a\"},{\"project_id\":\"p\",\"error_type\":\"a\"}]");
      JsonNode groups = server.get("/monitoring/errors?project_id=p").json().path("groups");
      // The groups come a moment after the events.
      while (groups.isEmpty()) {
        groups = server.get("/monitoring/errors?project_id=p").json().path("groups");
      }
      group = groups.path(0).path("group_id").asString();
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
