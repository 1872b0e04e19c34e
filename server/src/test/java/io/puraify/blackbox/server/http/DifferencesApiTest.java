package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class DifferencesApiTest {

  private static final String PATH = "/monitoring/performance/differences?project_id=p&";
  private static final String DAY = "from=2025-07-25&to=2025-07-26";

  @TempDir private static Path folder;
  private static TestServer server;

  /**
   * Two thousand calls; those of version 2 on one host and shard are slow, and all from noon on
   * fail.
   */
  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 2_000; i++) {
      boolean slow = i % 20 == 7;
      boolean afternoon = i >= 1_500;
      events.append(
          """
          {"project_id":"p","timestamp":"2025-07-25T%02d:%02d:%02dZ","platform":"f%d","host":"h%d",\
          "duration_ms":%d,"status":"%s","shard":"s%d"%s}
          """
              .formatted(
                  afternoon ? 12 : 10,
                  i / 60 % 60,
                  i % 60,
                  i % 3,
                  slow ? 1 : i % 5,
                  slow ? 9_000 : 100 + i % 50,
                  afternoon ? "error" : "success",
                  i % 4,
                  slow ? ",\"version\":\"2\"" : i % 2 == 0 ? ",\"version\":\"1\"" : ""));
    }
    server.post(NDJSON, events.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode get(String parameters) {
    TestServer.Answer answer = server.get(PATH + parameters);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static List<String> values(JsonNode answer) {
    return answer
        .path("differences")
        .valueStream()
        .map(each -> each.path("field").asString() + "=" + each.path("value").asString("-"))
        .toList();
  }

  @Test
  void slowCallsDifferByVersionAndHost() {
    JsonNode answer = get(DAY + "&selected=duration_ms:%3E5000");

    assertThat(answer.path("selected").asInt()).isEqualTo(100);
    assertThat(answer.path("rest").asInt()).isEqualTo(1_900);
    assertThat(values(answer)).containsExactly("version=2", "attributes.shard=s3", "host=h1");
    JsonNode version = answer.at("/differences/0");
    assertThat(version.path("selected").asInt()).isEqualTo(100);
    assertThat(version.path("selected_share").asDouble()).isEqualTo(1);
    assertThat(version.path("rest").asInt()).isZero();
    assertThat(answer.at("/differences/2/rest").asInt()).isEqualTo(400);
  }

  @Test
  void aStretchOfTimeDiffersByWhatHappenedInIt() {
    JsonNode answer = get(DAY + "&selected_from=2025-07-25T12:00:00Z");

    assertThat(answer.path("selected").asInt()).isEqualTo(500);
    assertThat(values(answer))
        .containsExactly("severity=high", "status=error", "type=action_error");
  }

  @Test
  void chanceIsNoDifference() {
    JsonNode answer = get(DAY + "&selected=attributes.shard:s1&fields=platform,host,version");

    assertThat(answer.path("selected").asInt()).isEqualTo(500);
    assertThat(values(answer)).doesNotContain("platform=f0", "platform=f1", "platform=f2");
    assertThat(answer.path("fields").valueStream().map(JsonNode::asString))
        .containsExactly("platform", "host", "version");
  }

  @Test
  void whatIsSelectedByTellsNothing() {
    assertThat(get(DAY + "&selected=status:error").path("fields").valueStream())
        .map(JsonNode::asString)
        .contains("platform", "attributes.shard", "user_id")
        .doesNotContain("status");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "since=1h | say which events are selected",
        "selected=(a | the parenthesis that opens here is not closed",
        "selected=a&fields=nothing | there is no field 'nothing'",
        "selected_from=2025-07-26&selected_to=2025-07-25 | it ends before it begins"
      })
  void whatCannotBeComparedIsSaid(String parameters, String said) {
    TestServer.Answer answer = server.get(PATH + parameters);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/detail").asString()).contains(said);
  }
}
