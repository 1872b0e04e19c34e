package io.puraify.blackbox.engine.alerts.channel;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.Answer.Outcome;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ChannelsTest {

  private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

  private HttpServer server;
  private URI url;
  private volatile int status = 200;
  private volatile byte[] body = {};
  private volatile String signature = "";
  private volatile String path = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          body = exchange.getRequestBody().readAllBytes();
          path = exchange.getRequestURI().getPath();
          signature = String.valueOf(exchange.getRequestHeaders().getFirst("X-Blackbox-Signature"));
          exchange.getResponseHeaders().add("Retry-After", "7");
          byte[] answer = "said".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    server.start();
    url = URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  private static Notification notification(long resolved) {
    Notification.Item item =
        new Notification.Item(
            "a1",
            "burst",
            "firing",
            Severity.HIGH,
            "5 < 6 errors",
            "m",
            "https://run.example/b",
            Map.of("project_id", "p", "attributes.region", "eu"),
            5,
            5,
            1_000_000,
            resolved,
            List.of("e1"),
            false);
    return new Notification(
        "n1",
        "c",
        "g",
        Notification.Reason.FIRING,
        Severity.HIGH,
        "5 < 6 errors",
        2_000_000,
        Map.of("project_id", "p"),
        5,
        resolved > 0 ? 0 : 1,
        resolved > 0 ? 1 : 0,
        List.of(item),
        0);
  }

  private static HttpPost http(boolean privateAllowed) {
    return new HttpPost(new AddressGuard(privateAllowed, "alerts.private.addresses"), () -> NOW);
  }

  private JsonNode sent() {
    return JsonMapper.shared().readTree(body);
  }

  @ParameterizedTest
  @CsvSource({"200, DELIVERED", "429, RETRY", "500, RETRY", "404, REFUSED", "302, REFUSED"})
  void anAnswerSaysWhetherToTryAgain(int answered, Outcome outcome) throws InterruptedException {
    status = answered;
    try (HttpPost http = http(true)) {
      Answer answer = new SlackChannel(http, url).deliver(notification(0));
      assertThat(answer.outcome()).isEqualTo(outcome);
      assertThat(answer.text()).isEqualTo(answered + " said");
      if (outcome == Outcome.RETRY) {
        assertThat(answer.retryAfter()).isEqualTo(Duration.ofSeconds(7));
      }
    }
  }

  @Test
  void nothingLeavesForAddressesThatAreNotPublicUnlessThatIsAllowed() throws InterruptedException {
    try (HttpPost http = http(false)) {
      Answer answer = new SlackChannel(http, url).deliver(notification(0));
      assertThat(answer.outcome()).isEqualTo(Outcome.REFUSED);
      assertThat(body).isEmpty();
    }
  }

  @Test
  void aWebhookIsSigned() throws InterruptedException {
    try (HttpPost http = http(true)) {
      Answer answer = new WebhookChannel(http, "webhook", url, "s3cret").deliver(notification(0));
      assertThat(answer.outcome()).isEqualTo(Outcome.DELIVERED);
      String timestamp = Long.toString(NOW.getEpochSecond());
      assertThat(signature)
          .isEqualTo("sha256=" + WebhookChannel.signature("s3cret", timestamp, body));
      assertThat(sent().path("notification_id").asString()).isEqualTo("n1");
    }
  }

  @Test
  void slackGetsBlocksWithItsCharactersEscaped() throws InterruptedException {
    try (HttpPost http = http(true)) {
      var _ = new SlackChannel(http, url).deliver(notification(0));
      assertThat(sent().path("blocks").path(0).path("type").asString()).isEqualTo("header");
      assertThat(sent().path("text").asString()).isEqualTo("[high] 5 &lt; 6 errors");
    }
  }

  @Test
  void alertmanagerGetsLabelsThatItTakesAndAnEnd() throws InterruptedException {
    try (HttpPost http = http(true)) {
      var _ = new AlertmanagerChannel(http, url).deliver(notification(3_000_000));
      assertThat(path).isEqualTo("/api/v2/alerts");
      JsonNode alert = sent().path(0);
      assertThat(alert.path("labels").path("attributes_region").asString()).isEqualTo("eu");
      assertThat(alert.path("endsAt").asString()).isEqualTo("1970-01-01T00:00:03Z");
    }
  }

  @Test
  void pagerDutyIsToldOfTheEnd() throws InterruptedException {
    try (HttpPost http = http(true)) {
      PagerDutyChannel channel = new PagerDutyChannel(http, url, "key");
      var _ = channel.deliver(notification(0));
      assertThat(sent().path("event_action").asString()).isEqualTo("trigger");
      String key = sent().path("dedup_key").asString();
      var _ = channel.deliver(notification(3_000_000));
      assertThat(sent().path("event_action").asString()).isEqualTo("resolve");
      assertThat(sent().path("dedup_key").asString()).isEqualTo(key);
    }
  }
}
