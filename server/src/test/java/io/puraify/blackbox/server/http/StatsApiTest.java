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

class StatsApiTest {

  private static final String DAY = "from=2025-07-25T10:00:00Z&to=2025-07-25T11:00:00Z";

  @TempDir private static Path folder;
  private static TestServer server;

  /** Sixty events a minute apart: half of them of ten platforms, every tenth a failure. */
  @BeforeAll
  static void start() {
    server = TestServer.start(folder);
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      events.append(
          """
          {"project_id":"p","timestamp":"2025-07-25T10:%02d:30Z","status":"%s","duration_ms":%d,\
          "user_id":"u_%d"%s,"region":"%s","size":{"kb":%d}}
          """
              .formatted(
                  i,
                  i % 10 == 0 ? "timeout" : "success",
                  i + 1,
                  i % 7,
                  i % 2 == 0 ? "" : ",\"platform\":\"p%d\"".formatted(i / 2 % 10),
                  i < 20 ? "eu" : "us",
                  i));
    }
    server.post(NDJSON, events.toString());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aHistogramHasEveryBucketOfItsRange() {
    JsonNode answer =
        get(
            "/monitoring/logs/histogram?step=10m"
                + "&from=2025-07-25T09:55:00Z&to=2025-07-25T11:00:00Z");

    assertThat(answer.path("buckets").valueStream().map(JsonNode::asString))
        .startsWith("2025-07-25T09:50:00Z", "2025-07-25T10:00:00Z")
        .hasSize(7);
    assertThat(answer.path("counts").valueStream().map(JsonNode::asInt))
        .containsExactly(0, 10, 10, 10, 10, 10, 10);
    assertThat(answer.path("total").asInt()).isEqualTo(60);
  }

  @Test
  void aStepIsChosenThatMakesAtMostAHundredAndTwentyBuckets() {
    JsonNode answer = get("/monitoring/logs/histogram?" + DAY);

    assertThat(answer.path("step").asString()).isEqualTo("30s");
    assertThat(answer.path("counts").size()).isEqualTo(120);
  }

  @Test
  void withoutARangeAHistogramGoesFromTheFirstEventToTheLast() {
    JsonNode answer = get("/monitoring/logs/histogram?status=timeout");

    assertThat(answer.path("from").asString()).isEqualTo("2025-07-25T10:00:30Z");
    assertThat(answer.path("to").asString()).isEqualTo("2025-07-25T10:50:30.000001Z");
    assertThat(get("/monitoring/logs/histogram?status=none").path("counts").size()).isZero();
  }

  @Test
  void aHistogramTellsTheMostFrequentValuesApart() {
    JsonNode answer = get("/monitoring/logs/histogram?" + DAY + "&step=30m&by=platform");

    assertThat(answer.path("series").size()).isEqualTo(8);
    assertThat(answer.path("series").path(0).path("value").isNull()).isTrue();
    assertThat(answer.path("series").path(0).path("total").asInt()).isEqualTo(30);
    assertThat(answer.path("other").path("values").asInt()).isEqualTo(3);
    assertThat(answer.path("other").path("total").asInt()).isEqualTo(9);
    assertThat(answer.path("total").asInt()).isEqualTo(60);
  }

  @Test
  void groupsAreMeasuredAndTheRestIsTakenTogether() {
    JsonNode answer =
        get(
            "/monitoring/stats?group_by=platform&limit=1&measure=count,error_rate"
                + "&measure=p50:duration_ms,sum:duration_ms,distinct:user_id,avg:attributes.size.kb");

    JsonNode row = answer.path("rows").path(0);
    assertThat(row.path("group").path("platform").isNull()).isTrue();
    assertThat(row.path("count").asInt()).isEqualTo(30);
    assertThat(row.path("error_rate").asDouble()).isEqualTo(0.2);
    assertThat(row.path("p50:duration_ms").asDouble()).isEqualTo(29);
    assertThat(row.path("sum:duration_ms").asDouble()).isEqualTo(900);
    assertThat(row.path("distinct:user_id").asInt()).isEqualTo(7);
    assertThat(row.path("avg:attributes.size.kb").asDouble()).isEqualTo(29);
    assertThat(answer.path("other").path(0).path("count").asInt()).isEqualTo(30);
    assertThat(answer.path("groups").asInt()).isEqualTo(11);
    assertThat(answer.path("approximate").valueStream().map(JsonNode::asString))
        .containsExactly("p50:duration_ms", "distinct:user_id");
  }

  @Test
  void groupsMayBeMeasuredOverTime() {
    JsonNode answer = get("/monitoring/stats?" + DAY + "&group_by=status&step=30m&order=count");

    assertThat(answer.path("rows").valueStream().map(row -> row.path("time").asString()))
        .containsExactly(
            "2025-07-25T10:00:00Z",
            "2025-07-25T10:30:00Z",
            "2025-07-25T10:00:00Z",
            "2025-07-25T10:30:00Z");
    assertThat(answer.path("step").asString()).isEqualTo("30m");
  }

  @Test
  void fieldsAndAttributesAreCounted() {
    JsonNode answer = get("/monitoring/logs/fields?status=timeout");

    assertThat(answer.path("fields").valueStream().map(field -> field.path("name").asString()))
        .contains("event_id", "project_id", "status", "duration_ms")
        .doesNotContain("message", "attributes", "platform");
    assertThat(answer.path("attributes").toString())
        .isEqualTo(
            "[{\"name\":\"attributes.region\",\"count\":6},"
                + "{\"name\":\"attributes.size.kb\",\"count\":6}]");
    assertThat(answer.path("sampled").asBoolean()).isFalse();
    assertThat(answer.path("sample_size").asInt()).isEqualTo(6);
  }

  @Test
  void valuesAreCounted() {
    JsonNode answer = get("/monitoring/logs/fields/attributes.region/values");
    assertThat(answer.path("values").toString())
        .isEqualTo("[{\"value\":\"us\",\"count\":40},{\"value\":\"eu\",\"count\":20}]");
    assertThat(answer.path("complete").asBoolean()).isTrue();

    answer = get("/monitoring/logs/fields/status/values?prefix=t&limit=1");
    assertThat(answer.path("values").toString()).isEqualTo("[{\"value\":\"timeout\",\"count\":6}]");
    assertThat(get("/monitoring/logs/fields/status/values?limit=1").path("complete").asBoolean())
        .isFalse();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/monitoring/logs/histogram?by=statsu | by | there is no field 'statsu'; did you mean status?",
        "/monitoring/logs/histogram?from=2025-07-01&to=2025-07-25&step=1m | step | '1m' cuts the range into 34,560 buckets",
        "/monitoring/logs/histogram?steps=1m | steps | did you mean step?",
        "/monitoring/logs/fields/statsu/values | name | there is no field 'statsu'; did you mean status?",
        "/monitoring/logs/fields/status/values?limit=0 | limit | '0' is not a number from 1 to 1000",
        "/monitoring/stats?measure=p95 | measure | 'p95' needs a field, as in p95:duration_ms",
        "/monitoring/stats?from=2025-07-01&to=2025-07-25&step=10m&group_by=status | limit | 100 groups of 3,456 buckets",
      })
  void whatIsWrongIsNamed(String path, String pointer, String complaint) {
    JsonNode problem = get(path);

    assertThat(problem.path("type").asString()).isEqualTo("invalid-parameters");
    JsonNode error = problem.path("errors").path(0);
    assertThat(error.path("pointer").asString()).isEqualTo(pointer);
    assertThat(error.path("detail").asString()).contains(complaint);
  }

  private static JsonNode get(String path) {
    return server.get(path).json();
  }
}
