package io.puraify.blackbox.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.channel.Notification.Reason;
import io.puraify.blackbox.engine.alerts.channel.SlackBotChannel;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A bot's messages, with a server that answers as Slack does. */
class SlackThreadsTest {

  @TempDir private Path folder;

  private Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private final List<JsonNode> posted = new CopyOnWriteArrayList<>();
  private volatile String error = "";
  private volatile String authorization = "";
  private HttpServer slack;
  private HttpPost http;
  private StateDatabase state;
  private SlackBotChannel channel;

  @BeforeEach
  void start() throws IOException {
    slack = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    slack.createContext("/api/chat.postMessage", this::answer);
    slack.start();
    http =
        new HttpPost(
            new AddressGuard(true, "alerts.private.addresses"), () -> now, Duration.ofSeconds(5));
    open();
  }

  private void open() {
    state = new StateDatabase(StateOptions.of(folder.resolve("s.sqlite"), AlertThreads.SCHEMA));
    state.start();
    String url = "http://127.0.0.1:" + slack.getAddress().getPort() + "/api/chat.postMessage";
    channel =
        new SlackBotChannel(
            http, URI.create(url), "xoxb-1", "C1", new AlertThreads(state, () -> now));
  }

  @AfterEach
  void stop() {
    state.close();
    http.close();
    slack.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    JsonNode message = JsonMapper.shared().readTree(exchange.getRequestBody().readAllBytes());
    authorization = exchange.getRequestHeaders().getFirst("Authorization");
    String said = "{\"ok\": false, \"error\": \"%s\"}".formatted(error);
    if (error.isEmpty()) {
      posted.add(message);
      said = "{\"ok\": true, \"channel\": \"C1\", \"ts\": \"100.%d\"}".formatted(posted.size());
    }
    byte[] bytes = said.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private Answer tell(String group, Reason reason) throws InterruptedException {
    boolean over = reason == Reason.RESOLVED;
    return channel.deliver(
        new Notification(
            "n" + posted.size(),
            "team",
            group,
            reason,
            Severity.HIGH,
            "6 errors",
            1_000_000,
            Map.of(),
            6,
            over ? 0 : 1,
            over ? 1 : 0,
            List.of(),
            0));
  }

  private List<String> threads() {
    return posted.stream().map(each -> each.path("thread_ts").asString("-")).toList();
  }

  @Test
  void whatFollowsAnswersTheFirstMessageOfItsGroupUntilTheGroupIsOver()
      throws InterruptedException {
    for (Reason reason : List.of(Reason.FIRING, Reason.REPEATED, Reason.ESCALATED)) {
      assertThat(tell("a", reason).outcome()).isEqualTo(Outcome.DELIVERED);
    }
    assertThat(tell("b", Reason.FIRING).outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(tell("a", Reason.RESOLVED).outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(tell("a", Reason.FIRING).outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(tell("a", Reason.REPEATED).outcome()).isEqualTo(Outcome.DELIVERED);
    assertThat(threads()).containsExactly("-", "100.1", "100.1", "-", "100.1", "-", "100.6");
    assertThat(posted)
        .extracting(each -> each.path("reply_broadcast").asBoolean(false))
        .containsExactly(false, false, true, false, false, false, false);
    assertThat(posted)
        .allSatisfy(each -> {
          assertThat(each.path("channel").asString()).isEqualTo("C1");
          assertThat(each.path("blocks").path(0).path("type").asString()).isEqualTo("header");
        });
    assertThat(posted.getFirst().path("metadata").path("event_payload").path("notification_id"))
        .hasToString("\"n0\"");
    assertThat(authorization).isEqualTo("Bearer xoxb-1");
  }

  @Test
  void aThreadSurvivesARestartAndIsForgottenAfterAMonth() throws InterruptedException {
    var _ = tell("a", Reason.FIRING);
    state.close();
    open();
    var _ = tell("a", Reason.REPEATED);
    now = now.plus(Duration.ofDays(31));
    // Forgotten when another thread is opened.
    var _ = tell("b", Reason.FIRING);
    var _ = tell("a", Reason.FIRING);
    assertThat(threads()).containsExactly("-", "100.1", "-", "-");
  }

  @Test
  void aTestNeitherOpensAThreadNorAnswersInOne() throws InterruptedException {
    var _ = tell("a", Reason.TEST);
    var _ = tell("a", Reason.FIRING);
    var _ = tell("a", Reason.TEST);
    assertThat(threads()).containsExactly("-", "-", "-");
  }

  @Test
  void whereTheFirstMessageIsGoneTheNextAttemptOpensAnotherThread() throws InterruptedException {
    var _ = tell("a", Reason.FIRING);
    error = "thread_not_found";
    assertThat(tell("a", Reason.REPEATED).outcome()).isEqualTo(Outcome.RETRY);
    assertThat(tell("a", Reason.REPEATED).outcome())
        .as("without a thread")
        .isEqualTo(Outcome.REFUSED);
    error = "";
    var _ = tell("a", Reason.REPEATED);
    var _ = tell("a", Reason.REPEATED);
    assertThat(threads()).containsExactly("-", "-", "100.2");
  }

  @ParameterizedTest
  @CsvSource({
    "channel_not_found, REFUSED",
    "not_in_channel, REFUSED",
    "invalid_auth, REFUSED",
    "ratelimited, RETRY",
    "internal_error, RETRY"
  })
  void whatSlackSaysInTheBodyCounts(String said, Outcome outcome) throws InterruptedException {
    error = said;
    Answer answer = tell("a", Reason.FIRING);
    assertThat(answer.outcome()).isEqualTo(outcome);
    assertThat(answer.text()).contains(said).doesNotContain("xoxb");
  }
}
