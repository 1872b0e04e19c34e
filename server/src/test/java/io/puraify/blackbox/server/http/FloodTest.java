package io.puraify.blackbox.server.http;

import static io.puraify.blackbox.server.TestServer.JSON;
import static io.puraify.blackbox.server.TestServer.NDJSON;
import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** A flood of one error among normal traffic, on a server that stores it collapsed. */
class FloodTest {

  private static final int ERRORS = 100_000;
  private static final int OTHERS = 1_000;
  private static final int SECONDS = 5;
  private static final int REQUESTS = 10;
  private static final String RANGE = "from=2026-03-02T12:00:00Z&to=2026-03-02T12:01:00Z";
  private static final String POLICY =
      """
      {"policy": "flood", "match": "status:error",
       "condition": {"kind": "count", "window": "10m"},
       "thresholds": [{"severity": "high", "value": %d}], "notify": {"group_wait": "0s"}}
      """;

  @TempDir private static Path folder;
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = open();
    put(POLICY.formatted(ERRORS));
    for (int request = 0; request < REQUESTS; request++) {
      server.post(NDJSON, lines(request));
    }
  }

  private static TestServer open() {
    return TestServer.start(folder, Map.of("errors.store", "collapse"));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Errors of two hundred users, over some seconds; a call that succeeded with every hundredth. */
  private static String lines(int request) {
    int share = ERRORS / REQUESTS;
    return IntStream.range(request * share, (request + 1) * share)
        .mapToObj(i -> line(i) + (i % (ERRORS / OTHERS) == 0 ? success(i) : ""))
        .collect(Collectors.joining());
  }

  private static String time(int i) {
    int second = (int) ((long) i * SECONDS / ERRORS);
    return "2026-03-02T12:00:%02d.%06dZ".formatted(second, i % 1_000_000);
  }

  private static String line(int i) {
    return """
    {"project_id":"pf_1","timestamp":"%s","status":"error","error_type":"api_timeout",\
    "platform":"Slack","duration_ms":500,"user_id":"u_%d","message":"no answer after %d ms"}
    """
        .formatted(time(i), i % 200, i);
  }

  private static String success(int i) {
    return """
    {"project_id":"pf_1","timestamp":"%s","status":"success","platform":"Slack",\
    "duration_ms":5,"user_id":"u_%d","message":"sent"}
    """
        .formatted(time(i), i % 200);
  }

  private static void put(String policy) {
    Answer answer =
        server.send(
            "PUT",
            "/monitoring/alerts/policies/flood",
            BodyPublishers.ofString(policy),
            "Content-Type",
            JSON);
    assertThat(answer.status()).as(answer.text()).isLessThan(300);
  }

  private static JsonNode get(String path) {
    Answer answer = server.get("/monitoring" + path);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json();
  }

  private static JsonNode eventually(Supplier<JsonNode> question) throws InterruptedException {
    Instant end = Instant.now().plus(Duration.ofMinutes(2));
    JsonNode answer = question.get();
    while (answer.isEmpty() && Instant.now().isBefore(end)) {
      Thread.sleep(50);
      answer = question.get();
    }
    return answer;
  }

  private static List<JsonNode> errors() {
    return get("/logs?status=error&limit=5000").path("logs").valueStream().toList();
  }

  @Test
  void fewErrorsAreStoredAndTheyStandForAll() {
    List<JsonNode> errors = errors();

    assertThat(errors).hasSizeBetween(SECONDS, ERRORS / 500);
    assertThat(errors.stream().mapToLong(each -> each.path("count").asLong(1)).sum())
        .isEqualTo(ERRORS);
    assertThat(errors.getFirst().has("user_id")).isFalse();
    assertThat(errors.getFirst().path("message").asString()).startsWith("no answer after ");
    assertThat(get("/logs?status=success&limit=5000").path("logs")).hasSize(OTHERS);
    assertThat(get("/logs?q=count%3A%3E1&limit=5000").path("logs")).hasSizeGreaterThan(SECONDS - 1);
  }

  @Test
  void theHistogramHasThemInTheirSeconds() {
    JsonNode histogram = get("/logs/histogram?step=1s&by=status&" + RANGE);

    for (JsonNode series : histogram.path("series").values()) {
      boolean error = "error".equals(series.path("value").asString(""));
      int all = error ? ERRORS : OTHERS;
      assertThat(series.path("total").asInt()).as(series.toString()).isEqualTo(all);
      for (int second = 0; second < SECONDS; second++) {
        assertThat(series.path("counts").path(second).asInt()).isEqualTo(all / SECONDS);
      }
    }
    assertThat(histogram.path("series")).hasSize(2);
  }

  @Test
  void measuresAreOfAllOfThem() {
    JsonNode row =
        get("/stats?measure=error_rate,avg:duration_ms,p50:duration_ms,sum:duration_ms&" + RANGE)
            .path("rows")
            .path(0);

    assertThat(row.path("count").asLong()).as(row.toString()).isEqualTo(ERRORS + OTHERS);
    assertThat(row.path("error_rate").asDouble()).isEqualTo((double) ERRORS / (ERRORS + OTHERS));
    assertThat(row.path("p50:duration_ms").asDouble()).isEqualTo(500);
    assertThat(row.path("sum:duration_ms").asDouble()).isEqualTo(500.0 * ERRORS + 5.0 * OTHERS);
  }

  @Test
  void fieldsValuesAndPatternsAreOfAllOfThem() {
    JsonNode value = get("/logs/fields/status/values?" + RANGE).path("values").path(0);
    assertThat(value.path("value").asString()).isEqualTo("error");
    assertThat(value.path("count").asLong()).isEqualTo(ERRORS);

    JsonNode patterns = get("/logs/patterns?" + RANGE);
    assertThat(patterns.path("matching").asLong()).isEqualTo(ERRORS + OTHERS);
    assertThat(patterns.path("patterns").path(0).path("count").asDouble())
        .isBetween(0.97 * patterns.path("looked_at").asDouble(), (double) ERRORS);
  }

  @Test
  void theGroupHasAllErrorsAndAllUsersAndExamplesThatAreThere() throws InterruptedException {
    JsonNode group =
        eventually(
                () -> {
                  JsonNode groups = get("/errors").path("groups");
                  return groups.path(0).path("errors").asLong() == ERRORS
                      ? groups
                      : groups.path("none");
                })
            .path(0);

    assertThat(group.path("errors").asLong()).as("%s", get("/errors")).isEqualTo(ERRORS);
    JsonNode details = get("/errors/" + group.path("group_id").asString());
    assertThat(details.path("users").asDouble()).isBetween(196.0, 204.0);
    assertThat(details.path("examples")).isNotEmpty();
    for (JsonNode example : details.path("examples").values()) {
      assertThat(get("/logs/" + example.path("event_id").asString())).isNotEmpty();
    }
  }

  @Test
  void performanceHasEveryCall() {
    JsonNode answer = get("/performance?" + RANGE);
    assertThat(answer.path("total").path("calls").asLong())
        .as(answer.toString())
        .isEqualTo(ERRORS + OTHERS);
  }

  @Test
  void theAlertCountsEachAndFires() throws InterruptedException {
    assertThat(eventually(() -> get("/alerts?policy=flood").path("alerts"))).isNotEmpty();
  }

  @Test
  void aPolicyIsTriedOnAsManyAsCame() {
    for (int threshold : List.of(ERRORS, ERRORS + 1)) {
      String request =
          "{\"policy\": %s, \"from\": \"2026-03-02T12:00:00Z\", \"to\": \"2026-03-02T13:00:00Z\"}"
              .formatted(POLICY.formatted(threshold));
      Answer answer =
          server.send(
              "POST",
              "/monitoring/alerts/policies/backtest",
              BodyPublishers.ofString(request),
              "Content-Type",
              JSON);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().path("events").asLong()).isEqualTo(ERRORS);
      assertThat(answer.json().path("fired").asLong()).isEqualTo(threshold == ERRORS ? 1 : 0);
    }
  }

  @Test
  void theAuditTrailHoldsAndSaysWhatIsFolded() throws InterruptedException {
    JsonNode verified =
        eventually(
                () -> {
                  JsonNode answer = get("/audit/verify");
                  long all = answer.path("events").asLong() + answer.path("folded").asLong();
                  return all >= ERRORS + OTHERS
                      ? JsonNodeFactory.instance.arrayNode().add(answer)
                      : JsonNodeFactory.instance.arrayNode();
                })
            .path(0);

    assertThat(verified.path("holds").asBoolean()).as("%s", get("/audit/verify")).isTrue();
    assertThat(verified.path("folded").asLong()).isGreaterThan(ERRORS * 99L / 100);
  }
}
