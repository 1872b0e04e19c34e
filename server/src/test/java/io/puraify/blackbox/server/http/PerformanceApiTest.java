package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class PerformanceApiTest {

  @TempDir private static Path folder;
  private static TestServer server;

  /** So long ago that there are rollups of hours alone. */
  private static Instant ten;

  private static String range(int fromMinute, int toMinute) {
    return "from=%s&to=%s".formatted(minute(fromMinute), minute(toMinute));
  }

  private static Instant minute(int minute) {
    return ten.plus(Duration.ofMinutes(minute));
  }

  /**
   * Sixty calls a minute apart, on two platforms; every tenth a timeout, every fifth tried again.
   */
  @BeforeAll
  static void start() throws InterruptedException {
    ten = Instant.now().truncatedTo(ChronoUnit.DAYS).minus(Duration.ofDays(30)).plusSeconds(36_000);
    server = TestServer.start(folder);
    StringBuilder events = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      events.append(
          """
          {"project_id":"p","timestamp":"%s","status":"%s","duration_ms":%d,\
          "platform":"f%d","retries":%d}
          """
              .formatted(
                  minute(i),
                  i % 10 == 0 ? "timeout" : "success",
                  i + 1,
                  i % 2,
                  i % 5 == 0 ? 2 : 0));
    }
    server.post(NDJSON, events.toString());
    // Rollups follow within about a second.
    for (int i = 0; i < 1_200 && calls() < 60; i++) {
      Thread.sleep(50);
    }
  }

  private static double calls() {
    return server
        .get("/monitoring/performance?" + range(0, 60))
        .json()
        .at("/total/calls")
        .asDouble(0);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static JsonNode get(String path) {
    TestServer.Answer answer = server.get(path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  @Test
  void groupsHaveTheirFiguresTheSlowestFirst() {
    JsonNode answer =
        get("/monitoring/performance?group_by=platform&order=p99&project_id=p&" + range(0, 60));

    assertThat(answer.at("/groups").asInt()).isEqualTo(2);
    assertThat(answer.at("/rows/0/group/platform").asString()).isEqualTo("f1");
    assertThat(answer.at("/rows/0/duration_ms/p50").asDouble()).isEqualTo(30);
    assertThat(answer.at("/rows/1/timeouts").asInt()).isEqualTo(6);
    assertThat(answer.at("/rows/1/timeout_rate").asDouble()).isEqualTo(0.2);
    assertThat(answer.at("/total/calls").asInt()).isEqualTo(60);
    assertThat(answer.at("/total/retries_per_call").asDouble()).isEqualTo(0.4);
    assertThat(answer.at("/total/before/calls").asInt()).isZero();
    assertThat(answer.at("/total/change/calls").isNull()).isTrue();
    assertThat(answer.at("/not_told_apart/calls").asInt()).isZero();
  }

  @Test
  void aRangeIsComparedWithAsMuchTimeBefore() {
    JsonNode answer = get("/monitoring/performance?" + range(60, 120));

    assertThat(answer.at("/before/from").asString()).isEqualTo(ten.toString());
    assertThat(answer.at("/total/before/calls").asInt()).isEqualTo(60);
    assertThat(answer.at("/total/change/calls").asDouble()).isEqualTo(-1);
  }

  @Test
  void bucketsAreHoursWhereThereAreNoMinutesAnyMore() {
    JsonNode answer =
        get("/monitoring/performance/series?step=1h&group_by=platform&" + range(-40, 60));

    assertThat(answer.at("/from").asString()).isEqualTo(minute(-60).toString());
    assertThat(answer.at("/buckets").size()).isEqualTo(2);
    assertThat(answer.at("/total/calls/0").asInt()).isZero();
    assertThat(answer.at("/total/calls/1").asInt()).isEqualTo(60);
    assertThat(answer.at("/total/duration_ms/p99/0").isNull()).isTrue();
    assertThat(answer.at("/series").size()).isEqualTo(2);
    assertThat(
            answer.at("/series/0/timeouts/1").asInt() + answer.at("/series/1/timeouts/1").asInt())
        .isEqualTo(6);
  }

  @Test
  void aHeatmapHasBinsOfHalfADoubling() {
    JsonNode answer = get("/monitoring/performance/heatmap?step=1h&" + range(0, 60));

    assertThat(answer.at("/bounds_ms").valueStream().map(JsonNode::asDouble))
        .containsExactly(1.0, 1.5, 2.0, 3.0, 4.0, 6.0, 8.0, 12.0, 16.0, 24.0, 32.0, 48.0, 64.0);
    assertThat(answer.at("/counts/0").valueStream().map(JsonNode::asInt))
        .containsExactly(1, 0, 1, 1, 2, 2, 4, 4, 8, 8, 16, 13);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "/monitoring/performance?status=error | rollups tell apart project_id, engine, platform, action, not status; /monitoring/stats measures single events",
        "/monitoring/performance?order=p12 | 'p12' is none of calls, calls_per_second",
        "/monitoring/performance?group_by=host | 'host' is none of project_id, engine, platform, action",
        "/monitoring/performance?direction=up | 'up' is neither asc nor desc",
        "/monitoring/performance?limit=1001 | '1001' is not a number from 1 to 1000",
        "/monitoring/performance/series?since=1h&step=90s | '90s' is not a number of whole minutes",
        "/monitoring/performance/series?since=30d&step=30m | '30m' is not a number of whole hours",
        "/monitoring/performance/series?since=20d&step=1h&group_by=platform&limit=90 | buckets of 90 groups are"
      })
  void whatCannotBeAnsweredIsSaid(String path, String said) {
    TestServer.Answer answer = server.get(path);

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/detail").asString()).contains(said);
  }
}
