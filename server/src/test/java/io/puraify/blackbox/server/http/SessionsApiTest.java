package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class SessionsApiTest {

  @TempDir private static Path folder;
  private static TestServer server;

  /** Three sessions of one project, on two days, and one of the same id in another project. */
  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    server.post(
        NDJSON,
        """
        {"project_id":"p","session_id":"good","run_id":"r-1","flow_id":"f","user_id":"u_1","engine":"platform_builder","action":"open_form","status":"success","timestamp":"2025-07-25T10:00:00Z","event_id":"g-1"}
        {"project_id":"p","session_id":"good","run_id":"r-1","flow_id":"f","user_id":"u_1","engine":"execution","platform":"Slack","action":"send_message","status":"success","duration_ms":210,"timestamp":"2025-07-25T10:00:02.5Z","event_id":"g-2"}
        {"project_id":"p","session_id":"bad","run_id":"r-2","flow_id":"f","user_id":"u_2","engine":"platform_builder","action":"open_form","status":"success","timestamp":"2025-07-25T23:59:58Z","event_id":"b-1"}
        {"project_id":"p","session_id":"bad","run_id":"r-2","flow_id":"f","user_id":"u_2","engine":"execution","platform":"Slack","action":"send_message","status":"retry","timestamp":"2025-07-25T23:59:59Z","event_id":"b-2"}
        {"project_id":"p","session_id":"bad","run_id":"r-2","flow_id":"f","user_id":"u_2","engine":"execution","platform":"Slack","action":"send_message","status":"timeout","duration_ms":1500,"retries":2,"message":"no answer from Slack after 1500 ms","timestamp":"2025-07-26T00:00:01Z","event_id":"b-3"}
        {"project_id":"p","session_id":"mended","user_id":"u_2","engine":"vault","status":"error","timestamp":"2025-07-26T08:00:00Z","event_id":"m-1"}
        {"project_id":"p","session_id":"mended","user_id":"u_3","engine":"vault","status":"success","timestamp":"2025-07-26T08:00:01Z","event_id":"m-2"}
        {"project_id":"q","session_id":"good","engine":"vault","timestamp":"2025-07-24T08:00:00Z","event_id":"q-1"}
        """);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void sessionsAreListedTheNewestFirstWithTheirFigures() {
    JsonNode answer = json("/monitoring/sessions");

    assertThat(ids(answer)).containsExactly("mended", "bad", "good", "good");
    assertThat(answer.path("total").asInt()).isEqualTo(4);
    assertThat(answer.path("complete").asBoolean()).isTrue();
    JsonNode bad = answer.path("sessions").path(1);
    assertThat(bad.toString())
        .isEqualTo(
            """
            {"id":"bad","project_id":"p","start":"2025-07-25T23:59:58Z",\
            "end":"2025-07-26T00:00:01Z","length_ms":3000,"events":3,"errors":1,"retries":3,\
            "engines":["platform_builder","execution"],"user_id":"u_2","users":1,\
            "outcome":"failed","recording":false}\
            """);
    assertThat(texts(answer.path("sessions"), "outcome"))
        .containsExactly("recovered", "failed", "succeeded", "unknown");
    assertThat(texts(answer.path("sessions"), "users")).containsExactly("2", "1", "1", "0");
  }

  @Test
  void aSessionIsFoundByOneOfItsEventsAndShownWhole() {
    JsonNode answer = json("/monitoring/sessions?status=timeout&from=2025-07-26");

    assertThat(ids(answer)).containsExactly("bad");
    assertThat(answer.path("sessions").path(0).path("start").asString())
        .isEqualTo("2025-07-25T23:59:58Z");
    assertThat(ids(json("/monitoring/sessions?q=user_id:u_3"))).containsExactly("mended");
  }

  @Test
  void runsAndFlowsAreSessionsToo() {
    assertThat(ids(json("/monitoring/sessions?by=run_id"))).containsExactly("r-2", "r-1");
    JsonNode flows = json("/monitoring/sessions?by=flow_id&to=2025-07-25T12:00:00Z");
    assertThat(ids(flows)).containsExactly("f");
    assertThat(flows.path("sessions").path(0).path("events").asInt()).isEqualTo(2);
  }

  @Test
  void onlySoManyAreListedAsAreAskedFor() {
    JsonNode answer = json("/monitoring/sessions?project_id=p&limit=2");

    assertThat(ids(answer)).containsExactly("mended", "bad");
    assertThat(answer.path("total").asInt()).isEqualTo(3);
    assertThat(answer.path("complete").asBoolean()).isFalse();
  }

  @Test
  void pagesNeitherRepeatNorSkipASessionWhileEventsArrive(@TempDir Path own) {
    try (TestServer busy = TestServer.start(own)) {
      for (int i = 0; i < 5; i++) {
        // Three of them are as new as each other, and one page ends between them.
        var _ = event(busy, "s-" + i, "2025-07-20T10:00:0%dZ".formatted(Math.min(i, 2)));
      }
      String path = "/monitoring/sessions?limit=2";
      JsonNode first = busy.get(path).json();
      assertThat(ids(first)).hasSize(2);
      assertThat(first.path("complete").asBoolean()).isFalse();
      // It was on no page yet, and another is new.
      var _ = event(busy, "s-0", Instant.now().plusSeconds(60).toString());
      var _ = event(busy, "s-9", Instant.now().plusSeconds(60).toString());

      JsonNode second = busy.get(path + "&cursor=" + first.path("next_cursor").asString()).json();
      JsonNode third = busy.get(path + "&cursor=" + second.path("next_cursor").asString()).json();

      List<String> all = new ArrayList<>(ids(first));
      all.addAll(ids(second));
      all.addAll(ids(third));
      assertThat(all).containsExactlyInAnyOrder("s-0", "s-1", "s-2", "s-3", "s-4");
      assertThat(all.subList(3, 5)).containsExactly("s-1", "s-0");
      assertThat(third.path("complete").asBoolean()).isTrue();
      assertThat(third.has("next_cursor")).isFalse();
    }
  }

  private static Answer event(TestServer to, String session, String timestamp) {
    return to.post(
        NDJSON,
        "{\"project_id\":\"paged\",\"session_id\":\"%s\",\"timestamp\":\"%s\"}"
            .formatted(session, timestamp));
  }

  @Test
  void aCursorIsForTheParametersOfItsPageAlone() {
    String cursor =
        json("/monitoring/sessions?project_id=p&limit=1").path("next_cursor").asString();
    assertThat(server.get("/monitoring/sessions?project_id=q&cursor=" + cursor).text())
        .contains("repeat those of the first page");
    assertThat(server.get("/monitoring/sessions?project_id=p&limit=3&cursor=" + cursor).status())
        .isEqualTo(200);
    String other = cursor.substring(0, 10) + "x" + cursor.substring(11);
    for (String wrong : List.of(other, "x", "", "AQ", "%20")) {
      assertThat(server.get("/monitoring/sessions?project_id=p&cursor=" + wrong).text())
          .contains("this is no cursor");
    }
  }

  @Test
  void aSessionIsReplayedEventByEventInItsOrderWithSpansAndLanes() {
    List<JsonNode> lines = lines("/monitoring/sessions/bad");

    assertThat(lines.stream().map(line -> line.path("kind").asString()))
        .containsExactly("session", "keyframe", "event", "event", "event", "end");
    assertThat(lines.getFirst().path("outcome").asString()).isEqualTo("failed");
    assertThat(texts(lines.getFirst().path("lanes"), "engine"))
        .containsExactly("platform_builder", "execution");
    assertThat(lines.get(4).toString())
        .isEqualTo(
            """
            {"kind":"event","index":2,"offset_ms":3000,"start_ms":1500,"lane":1,"event_id":"b-3",\
            "engine":"execution","platform":"Slack","action":"send_message","flow_id":"f",\
            "status":"timeout","severity":"high","message":"no answer from Slack after 1500 ms",\
            "duration_ms":1500.0,"retries":2,"user_id":"u_2","error":true}\
            """);
    assertThat(lines.getLast().path("events").asInt()).isEqualTo(3);
  }

  @Test
  void theStateAtAMomentIsThatOfTheEventsUntilThen() {
    JsonNode first = json("/monitoring/sessions/bad/state?offset_ms=1999.9").path("state");
    assertThat(first.path("events").asInt()).isEqualTo(2);
    assertThat(texts(first.path("actions"), "status")).containsExactly("success", "retry");

    JsonNode last = json("/monitoring/sessions/bad/state?at=2025-07-26T00:00:01Z").path("state");
    assertThat(last.path("last_error_id").asString()).isEqualTo("b-3");
    assertThat(texts(last.path("actions"), "status")).containsExactly("success", "timeout");
    assertThat(last.path("retries").asInt()).isEqualTo(3);
  }

  @Test
  void aSessionOfSeveralProjectsIsReplayedForOneOfThem() {
    Answer refused = server.get("/monitoring/sessions/good");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.text()).contains("p, q").contains("project_id");

    assertThat(lines("/monitoring/sessions/good?project_id=q")).hasSize(4);
    assertThat(server.get("/monitoring/sessions/good?project_id=x").status()).isEqualTo(404);
    assertThat(lines("/monitoring/sessions/r-1?by=run_id")).hasSize(5);
  }

  @Test
  void whatLedToAnErrorIsSaidTheLikeliestFirst() {
    JsonNode answer = json("/monitoring/sessions/bad/causes");

    assertThat(answer.path("error").path("event_id").asString()).isEqualTo("b-3");
    assertThat(texts(answer.path("causes"), "kind")).containsExactly("timeout", "retries");
    assertThat(texts(answer.path("causes"), "reason"))
        .containsExactly(
            "send_message on Slack itself ran out of time after 1.5 s",
            "send_message on Slack was tried again 3 times, from 2.0 s before on, without success");
    assertThat(server.get("/monitoring/sessions/good/causes?project_id=p").json().path("type"))
        .hasToString("\"no-error\"");
  }

  @Test
  void whereASessionPartsFromOneThatWentWellIsSaid() {
    JsonNode answer = json("/monitoring/sessions/bad/related");

    JsonNode parting = answer.path("parting");
    assertThat(parting.path("id").asString()).isEqualTo("good");
    assertThat(parting.path("common").asInt()).isEqualTo(1);
    assertThat(parting.path("reason").asString())
        .isEqualTo(
            "After one step in common, send_message on Slack ended here with retry, there with"
                + " success");
    assertThat(answer.path("same_error").path("sessions_total").asInt()).isZero();
  }

  private static List<JsonNode> lines(String path) {
    Answer answer = server.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.text().lines().map(JsonMapper.shared()::readTree).toList();
  }

  private static List<String> ids(JsonNode answer) {
    return texts(answer.path("sessions"), "id");
  }

  private static List<String> texts(JsonNode items, String name) {
    return items.valueStream().map(each -> each.path(name).asString()).toList();
  }

  private static JsonNode json(String path) {
    Answer answer = server.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
