package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.puraify.blackbox.server.TestServer;
import io.puraify.blackbox.server.TestServer.Answer;
import io.puraify.blackbox.server.config.SettingsException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class AlertsApiTest {

  /** The error of the specification. */
  private static final String ERROR =
      """
      {"project_id": "pf_880", "engine": "execution", "platform": "Notion", "action": "create_task",
       "status": "error", "error_type": "api_timeout", "message": "Notion did not answer"}
      """;

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  @TempDir private Path folder;

  private static Answer send(TestServer server, String method, String path, String body) {
    return server.send(
        method,
        "/monitoring" + path,
        BodyPublishers.ofString(body),
        "Content-Type",
        TestServer.JSON);
  }

  /** Waits until what is asked for has something. */
  private static JsonNode eventually(Supplier<JsonNode> question) throws InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode answer = question.get();
    while (answer.isEmpty()) {
      assertThat(System.nanoTime()).as("nothing came in time").isLessThan(end);
      Thread.sleep(20);
      answer = question.get();
    }
    return answer;
  }

  private static JsonNode inbox(TestServer server) throws InterruptedException {
    return eventually(() -> server.get("/monitoring/alerts/inbox").json().path("entries"));
  }

  @Test
  void theErrorOfTheSpecificationReachesTheInboxWithoutAnyConfiguration()
      throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      server.post(TestServer.JSON, ERROR);
      JsonNode entry = inbox(server).path(0);
      assertThat(entry.path("unread").asBoolean()).isTrue();
      assertThat(entry.path("notification").path("title").asString())
          .isEqualTo("pf_880: new error api_timeout Notion create_task");

      long number = entry.path("number").asLong();
      Answer read = send(server, "POST", "/alerts/inbox/read", "{\"up_to\": %d}".formatted(number));
      assertThat(read.json().path("unread").asLong()).isZero();
      assertThat(inbox(server).path(0).path("unread").asBoolean()).isFalse();
    }
  }

  @Test
  void whoReadsTheInboxAlongGetsAWholeAnswerWhenTheServerStops() throws Exception {
    try (HttpClient client = HttpClient.newHttpClient()) {
      TestServer server = TestServer.start(folder);
      HttpRequest request =
          HttpRequest.newBuilder(server.uri().resolve("/monitoring/alerts/inbox/stream")).build();
      try (InputStream stream = client.send(request, BodyHandlers.ofInputStream()).body()) {
        assertThat(stream.read()).isEqualTo(':');
        server.post(TestServer.JSON, ERROR);
        inbox(server);
        server.close();
        // A connection that is broken throws.
        assertThat(new String(stream.readAllBytes(), StandardCharsets.UTF_8))
            .contains("new error api_timeout", "unread_total");
      }
    }
  }

  @Test
  void aReportedAlertIsAnsweredWhenAChannelHasItAndIsAnEventAsWell() {
    try (TestServer server = TestServer.start(folder)) {
      Answer answer =
          send(
              server,
              "POST",
              "/alert",
              """
              {"project_id": "pf_880", "event_type": "error", "severity": "high",
               "message": "Slack API failed", "triggered_by": "ExecutionEngine"}
              """);
      assertThat(answer.status()).as(answer.text()).isEqualTo(202);
      JsonNode json = answer.json();
      assertThat(json.path("event_type").asString()).isEqualTo("error");
      assertThat(json.path("notified").asBoolean()).as(answer.text()).isTrue();
      assertThat(json.path("notifications").path(0).path("channel").asString()).isEqualTo("ui");
      assertThat(json.path("notifications").path(0).path("state").asString())
          .isEqualTo("delivered");

      JsonNode alert = server.get("/monitoring/alerts/" + json.path("alert_id").asString()).json();
      assertThat(alert.path("policy").asString()).isEqualTo("reported");
      assertThat(alert.path("event_ids").path(0).asString())
          .isEqualTo(json.path("event_id").asString());

      assertThat(send(server, "POST", "/alert", "{\"message\": \"of nobody\"}").status())
          .isEqualTo(400);
    }
  }

  @Test
  void peopleSeeWhyAnAlertWasToldAndLookAfterIt() throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      server.post(
          TestServer.JSON, ERROR.replace("\"error\"", "\"error\", \"severity\": \"critical\""));
      JsonNode alerts =
          eventually(() ->
              server
                  .get("/monitoring/alerts?policy=critical_severity&state=firing")
                  .json()
                  .path("alerts"));
      String id = alerts.path(0).path("alert_id").asString();
      inbox(server);
      JsonNode why = server.get("/monitoring/alerts/" + id + "/explain").json();
      assertThat(why.path("decisions").valueStream().map(each -> each.path("stage").asString()))
          .contains("evaluate", "group", "notify");
      assertThat(why.path("notifications").path(0).path("channel").asString()).isEqualTo("ui");

      Answer taken = send(server, "POST", "/alerts/" + id + "/acknowledge", "{\"actor\": \"ada\"}");
      assertThat(taken.json().path("state").asString()).isEqualTo("acknowledged");
      assertThat(taken.json().path("acknowledged_by").asString()).isEqualTo("ada");
      assertThat(send(server, "POST", "/alerts/" + id + "/acknowledge", "{}").status())
          .isEqualTo(400);
      Answer ended =
          send(
              server,
              "POST",
              "/alerts/" + id + "/resolve",
              "{\"actor\": \"ada\", \"comment\": \"mended\"}");
      assertThat(ended.json().path("state").asString()).isEqualTo("resolved");
      assertThat(send(server, "POST", "/alerts/" + id + "/resolve", "{\"actor\": \"b\"}").status())
          .isEqualTo(409);
      assertThat(send(server, "POST", "/alerts/none/resolve", "{\"actor\": \"b\"}").status())
          .isEqualTo(404);
    }
  }

  @Test
  void aPolicyThatCannotBeUsedChangesNothingAndSaysAllThatIsWrong() {
    try (TestServer server = TestServer.start(folder)) {
      String path = "/alerts/policies/slow_calls";
      String good =
          """
          {"policy": "slow_calls", "match": "engine:execution",
           "condition": {"kind": "percentile", "window": "5m", "quantile": 0.95},
           "thresholds": [{"severity": "high", "value": 1000}]}
          """;
      assertThat(send(server, "PUT", path, good).json().path("version").asLong()).isEqualTo(1);
      Answer refused =
          send(
              server,
              "PUT",
              path,
              good.replace("engine:execution", "engine:(").replace("\"5m\"", "\"5 minutes\""));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.json().path("errors").valueStream().map(e -> e.path("pointer").asString()))
          .contains("/match", "/condition/window");
      assertThat(server.get("/monitoring" + path).json().path("policies")).hasSize(1);
      assertThat(send(server, "PUT", "/alerts/policies/another", good).status()).isEqualTo(400);
    }
    try (TestServer server = TestServer.start(folder)) {
      String path = "/alerts/policies/slow_calls";
      assertThat(
              server
                  .get("/monitoring" + path)
                  .json()
                  .path("policies")
                  .path(0)
                  .path("version")
                  .asLong())
          .isEqualTo(1);
      assertThat(send(server, "DELETE", path, "").json().path("removed").asBoolean()).isTrue();
      assertThat(send(server, "DELETE", path, "").status()).isEqualTo(404);
      assertThat(server.get("/monitoring" + path).json().path("policies")).hasSize(2);
    }
  }

  @Test
  void aBacktestSaysWhatAPolicyWouldHaveDone() {
    try (TestServer server = TestServer.start(folder)) {
      StringBuilder events = new StringBuilder();
      // Three errors in a minute at noon, and again at two o'clock.
      for (String time :
          List.of("12:00:00", "12:00:20", "12:00:40", "14:00:00", "14:00:01", "14:00:02")) {
        events.append(
            "{\"project_id\":\"pf_880\",\"status\":\"error\",\"timestamp\":\"2026-03-02T%sZ\"}\n"
                .formatted(time));
      }
      server.post(TestServer.NDJSON, events.toString());
      String request =
          """
          {"policy": {"policy": "burst", "match": "status:error",
            "condition": {"kind": "count", "window": "5m"},
            "thresholds": [{"severity": "high", "value": 3}]},
           "from": "2026-03-02T00:00:00Z", "to": "2026-03-03T00:00:00Z"}
          """;
      Answer answer = send(server, "POST", "/alerts/policies/backtest", request);
      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      JsonNode json = answer.json();
      assertThat(json.path("events").asLong()).isEqualTo(6);
      assertThat(json.path("fired").asLong()).isEqualTo(2);
      JsonNode first = json.path("episodes").path(0);
      assertThat(first.path("fired_at").asString()).startsWith("2026-03-02T12:00:40");
      // The one that made it fire, once.
      assertThat(first.path("event_ids")).hasSize(1);
      assertThat(first.path("resolved_at").asString()).isEqualTo("2026-03-02T12:05:00Z");
      // Each is told once, and once that it is over.
      assertThat(json.path("notified").asLong()).isEqualTo(4);
      assertThat(json.path("groups").asLong()).isEqualTo(1);
      assertThat(server.get("/monitoring/alerts/policies/burst").status()).isEqualTo(404);

      Answer refused =
          send(
              server,
              "POST",
              "/alerts/policies/backtest",
              request.replace("status:error", "status:(").replace("\"from\"", "\"form\""));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("/policy/match", "/form");
    }
  }

  @Test
  void aSilenceShowsWhatItMeansNowAndNeedsAReason() throws InterruptedException {
    try (TestServer server = TestServer.start(folder)) {
      server.post(TestServer.JSON, ERROR);
      eventually(() -> server.get("/monitoring/alerts?policy=new_error").json().path("alerts"));
      String silence =
          """
          {"matchers": [{"label": "project_id", "value": "pf_880"}], "duration": "1h",
           "reason": "maintenance", "created_by": "ada"}
          """;
      Answer preview = send(server, "POST", "/alerts/silences/preview", silence);
      assertThat(preview.status()).as(preview.text()).isEqualTo(200);
      assertThat(preview.json().path("matching_alerts").asLong()).isEqualTo(1);
      assertThat(server.get("/monitoring/alerts/silences").json().path("silences")).isEmpty();

      Answer made = send(server, "POST", "/alerts/silences", silence);
      assertThat(made.status()).isEqualTo(201);
      String path = "/alerts/silences/" + made.json().path("silence_id").asString();
      assertThat(send(server, "DELETE", path, "").status()).isEqualTo(200);
      Answer refused =
          send(server, "POST", "/alerts/silences", silence.replace("maintenance", " "));
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.text()).contains("/reason");
    }
  }

  @Test
  void aWebhookGetsASignedNotificationUnderOneKey() throws Exception {
    BlockingQueue<Map<String, String>> got = new LinkedBlockingQueue<>();
    AtomicInteger requests = new AtomicInteger();
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext(
        "/hook",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          got.add(
              Map.of(
                  "body",
                  body,
                  "signature",
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Blackbox-Signature")),
                  "time",
                  String.valueOf(exchange.getRequestHeaders().getFirst("X-Blackbox-Timestamp")),
                  "key",
                  String.valueOf(exchange.getRequestHeaders().getFirst("Idempotency-Key"))));
          // The first attempt fails.
          exchange.sendResponseHeaders(requests.incrementAndGet() == 1 ? 500 : 204, -1);
          exchange.close();
        });
    receiver.start();
    String uri = "http://127.0.0.1:%d/hook".formatted(receiver.getAddress().getPort());
    Path channels =
        Files.writeString(
            folder.resolve("channels.yaml"),
            """
            channels:
              feedback:
                kind: feedback_loop
                url: %s
                secret: s3cret
            """
                .formatted(uri));
    Path policies =
        Files.writeString(
            folder.resolve("policies.yaml"),
            """
            policy: tell_feedback
            match: error_type:api_timeout
            condition: {kind: event}
            severity: high
            notify: {channels: [feedback], group_wait: 0s}
            # For tests of the policy; of no concern to a server.
            expect: {fired: 1}
            """);
    Map<String, String> settings =
        Map.of(
            "alerts.channels", channels.toString(),
            "alerts.policies", policies.toString(),
            "alerts.private.addresses", "true");
    try (TestServer server = TestServer.start(folder.resolve("data"), settings)) {
      server.post(TestServer.JSON, ERROR);
      Map<String, String> first = got.poll(120, TimeUnit.SECONDS);
      Map<String, String> second = got.poll(120, TimeUnit.SECONDS);
      assertThat(first).isNotNull();
      assertThat(second).isNotNull();
      assertThat(second.get("key")).isEqualTo(first.get("key"));
      assertSigned(second);
      Answer refused =
          send(server, "PUT", "/alerts/policies/tell_feedback", "{\"policy\":\"tell_feedback\"}");
      assertThat(refused.status()).isEqualTo(409);
      Answer test = send(server, "POST", "/alerts/channels/feedback/test", "");
      assertThat(test.json().path("outcome").asString()).as(test.text()).isEqualTo("delivered");
      assertThat(server.get("/monitoring/alerts/channels").json().path("channels")).hasSize(2);
    }
    // Without the file the policy is gone, and the channel may not lead into the machine.
    try (TestServer server =
        TestServer.start(folder.resolve("data"), Map.of("alerts.channels", channels.toString()))) {
      JsonNode versions =
          server.get("/monitoring/alerts/policies/tell_feedback").json().path("policies");
      assertThat(versions.path(0).path("removed").asBoolean()).isTrue();
      Answer test = send(server, "POST", "/alerts/channels/feedback/test", "");
      assertThat(test.json().path("outcome").asString()).isEqualTo("refused");
      assertThat(test.text()).contains("alerts.private.addresses");
    } finally {
      receiver.stop(0);
    }
  }

  private static void assertSigned(Map<String, String> request) throws Exception {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec("s3cret".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
    byte[] signed =
        mac.doFinal(
            (request.get("time") + "." + request.get("body")).getBytes(StandardCharsets.UTF_8));
    assertThat(request.get("signature")).isEqualTo("sha256=" + HexFormat.of().formatHex(signed));
  }

  @Test
  void aFileThatCannotBeUsedKeepsTheServerFromStartingAndSaysWhere() throws IOException {
    Path policies = Files.createDirectory(folder.resolve("policies"));
    Files.writeString(
        policies.resolve("a.yaml"),
        "policy: a\nmatch: 'status:error'\nnotify: {channels: [nowhere]}\n");
    assertThatThrownBy(() ->
            TestServer.start(
                folder.resolve("data"), Map.of("alerts.policies", policies.toString())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a.yaml: /notify/channels: ")
        .hasMessageContaining("nowhere");
    Files.writeString(policies.resolve("a.yaml"), "policy: [a\n");
    assertThatThrownBy(() ->
            TestServer.start(
                folder.resolve("data"), Map.of("alerts.policies", policies.toString())))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("a.yaml:");
  }
}
