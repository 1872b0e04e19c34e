package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PatternsApiTest {

  private static final String HOUR = "from=2025-07-25T10:00:00Z&to=2025-07-25T11:00:00Z";

  @TempDir private static Path folder;
  private static TestServer server;

  /** A message a minute: of two shapes in turn, a third one once, and some events without any. */
  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      String message =
          i == 59
              ? "out of memory"
              : i % 2 == 0
                  ? "sent %d bytes to 10.0.0.%d".formatted(i * 7, i)
                  : "slow by %d ms".formatted(i);
      events.append(
          """
          {"event_id":"e-%1$d","project_id":"p","timestamp":"2025-07-25T10:%1$02d:30Z","message":"%2$s"}
          {"project_id":"silent","timestamp":"2025-07-25T10:%1$02d:31Z"}
          """
              .formatted(i, message));
    }
    server.post(NDJSON, events.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void eachShapeIsCountedAndShownOverTime() {
    JsonNode answer = get("step=30m&" + HOUR);

    assertThat(answer.path("matching").asInt()).isEqualTo(60);
    assertThat(answer.path("looked_at").asInt()).isEqualTo(60);
    assertThat(answer.path("sampled").asBoolean()).isFalse();
    assertThat(answer.path("buckets").valueStream().map(JsonNode::asString))
        .containsExactly("2025-07-25T10:00:00Z", "2025-07-25T10:30:00Z");
    assertThat(answer.path("patterns").valueStream().map(each -> each.path("pattern").asString()))
        .containsExactly("sent <size> to <ip>", "slow by <duration>", "out of memory");
    JsonNode first = answer.path("patterns").path(0);
    assertThat(first.path("count").asInt()).isEqualTo(30);
    assertThat(first.path("share").asDouble()).isEqualTo(0.5);
    assertThat(first.path("first_seen").asString()).isEqualTo("2025-07-25T10:00:30Z");
    assertThat(first.path("last_seen").asString()).isEqualTo("2025-07-25T10:58:30Z");
    assertThat(first.path("example").path("event_id").asString()).isEqualTo("e-58");
    assertThat(first.path("example").path("message").asString())
        .isEqualTo("sent 406 bytes to 10.0.0.58");
    assertThat(first.path("counts").valueStream().map(JsonNode::asInt)).containsExactly(15, 15);
    assertThat(answer.has("other")).isFalse();
  }

  @Test
  void whatIsNotListedIsTakenTogether() {
    JsonNode answer = get("limit=1&step=1h&" + HOUR);

    assertThat(answer.path("patterns").size()).isOne();
    assertThat(answer.path("total_patterns").asInt()).isEqualTo(3);
    assertThat(answer.path("other").path("patterns").asInt()).isEqualTo(2);
    assertThat(answer.path("other").path("count").asInt()).isEqualTo(30);
    assertThat(answer.path("other").path("counts").valueStream().map(JsonNode::asInt))
        .containsExactly(30);
  }

  @Test
  void onlyWhatMatchesIsLookedAt() {
    assertThat(get("q=slow").path("total_patterns").asInt()).isOne();
    JsonNode none = get("project_id=silent");
    assertThat(none.path("patterns").size()).isZero();
    assertThat(none.path("matching").asInt()).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "limit=0 | limit | '0' is not a number from 1 to 1000",
        "step=soon | step | 'soon' is no",
        "order=newest | order | there is no parameter or field of this name",
        "limit=1000&step=1s&from=2025-07-25T10:00:00Z&to=2025-07-25T11:00:00Z | limit | at most",
      })
  void whatIsWrongIsSaid(String query, String parameter, String detail) {
    var answer = server.get("/monitoring/logs/patterns?" + query);

    assertThat(answer.status()).isEqualTo(400);
    JsonNode error = answer.json().path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo(parameter);
    assertThat(error.path("detail").asString()).contains(detail);
  }

  private static JsonNode get(String query) {
    var answer = server.get("/monitoring/logs/patterns?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }
}
