package io.puraify.blackbox.engine.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.engine.audit.AnchorReceiver.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class WebhookAnchorTest {

  private static final String URL = "https://control.example/anchor";
  private static final Reply YES = new Reply(true, "200", null);
  private static final Reply NO = new Reply(false, "503", null);

  @TempDir private Path folder;
  private AuditFixture fixture;
  private final List<JsonNode> told = new ArrayList<>();
  private final List<String> keys = new ArrayList<>();
  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private Reply reply = YES;

  @BeforeEach
  void start() {
    fixture = new AuditFixture(folder);
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private WebhookAnchor anchor(String url) {
    return new WebhookAnchor(fixture.state, url, this::tell, registry);
  }

  private Reply tell(String key, byte[] body) {
    keys.add(key);
    told.add(JsonMapper.shared().readTree(body));
    return reply;
  }

  private List<Integer> numbers() {
    return told.stream().map(each -> each.path("number").asInt()).toList();
  }

  private double lag() {
    return registry.get("blackbox.audit.anchor.lag").gauge().value();
  }

  @Test
  void checkpointsAreToldInOrderUntilTheOtherSideHasThem() throws InterruptedException {
    WebhookAnchor anchor = anchor(URL);
    fixture.appendAndSign(10);
    fixture.appendAndSign(10);
    reply = NO;
    assertThat(anchor.step()).isEqualTo(Duration.ofSeconds(1));
    assertThat(anchor.step()).isEqualTo(Duration.ofSeconds(2));
    assertThat(lag()).isEqualTo(2);
    reply = YES;
    var _ = anchor.step();
    fixture.appendAndSign(10);
    var _ = anchor.step();

    assertThat(numbers()).containsExactly(0, 0, 0, 1, 2);
    assertThat(keys.subList(0, 3)).containsOnly(keys.getFirst());
    assertThat(lag()).isZero();
  }

  @Test
  void afterARestartItGoesOnBehindWhatTheOtherSideHas() throws InterruptedException {
    fixture.appendAndSign(10);
    fixture.appendAndSign(10);
    var _ = anchor(URL).step();
    fixture.restart();
    fixture.appendAndSign(10);
    var _ = anchor(URL).step();
    assertThat(numbers()).containsExactly(0, 1, 2);

    var _ = anchor("https://other.example/").step();
    assertThat(numbers()).containsExactly(0, 1, 2, 0, 1, 2);
  }

  @Test
  void whatIsToldIsALineOfAnAnchorFile() throws Exception {
    fixture.appendAndSign(10);
    var _ = anchor(URL).step();

    Path file = folder.resolve("anchor");
    var _ = Files.writeString(file, told.getFirst().path("checkpoint").asString() + "\n");
    List<String> lines = new ArrayList<>();
    Anchor.read(file, lines::add);
    assertThat(CheckpointLine.parse(lines.getFirst()).isSame(fixture.consumer.last().orElseThrow()))
        .isTrue();
    assertThat(told.getFirst().path("kind").asString()).isEqualTo("audit_checkpoint");
    assertThat(told.getFirst().path("position").asLong()).isEqualTo(10);
  }

  @Test
  void theOtherSideSaysWhenItWantsToBeAskedAgain() throws InterruptedException {
    fixture.appendAndSign(10);
    reply = new Reply(false, "429", Duration.ofSeconds(90));

    assertThat(anchor(URL).step()).isEqualTo(Duration.ofSeconds(90));
  }

  @Test
  void whoWantsNoWaitAtAllIsNotAskedWithoutEnd() throws InterruptedException {
    fixture.appendAndSign(10);
    reply = new Reply(false, "503", Duration.ZERO);

    assertThat(anchor(URL).step()).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void signingDoesNotWaitForTheOtherSide() throws InterruptedException {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch answers = new CountDownLatch(1);
    AnchorReceiver slow =
        (key, body) -> {
          asked.countDown();
          assertThat(answers.await(120, TimeUnit.SECONDS)).isTrue();
          return tell(key, body);
        };
    try (WebhookAnchor anchor = new WebhookAnchor(fixture.state, URL, slow, registry)) {
      fixture.appendAndSign(10);
      anchor.start();
      assertThat(asked.await(120, TimeUnit.SECONDS)).isTrue();
      fixture.appendAndSign(10);
      assertThat(told).isEmpty();
      answers.countDown();
    }
    // Closing tells what is new.
    assertThat(numbers()).containsExactly(0, 1);
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "2, 2", "5, 16", "9, 256", "10, 300", "1000000, 300"})
  void patienceGrowsUpToABound(int failures, long seconds) {
    assertThat(WebhookAnchor.wait(failures)).isEqualTo(Duration.ofSeconds(seconds));
  }
}
