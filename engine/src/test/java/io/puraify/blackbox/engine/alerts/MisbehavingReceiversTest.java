package io.puraify.blackbox.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.ChannelsReader;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.channel.RememberedThreads;
import io.puraify.blackbox.engine.outgoing.AddressGuard;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.outgoing.HttpPost;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/** Each kind of channel, against another side that does each thing that it can do wrong. */
class MisbehavingReceiversTest {

  /** Of the channels; long enough for a machine that is busy with other tests to answer in. */
  private static final Duration PATIENT = Duration.ofSeconds(30);

  /** Where an answer, or the end of one, is waited for in vain. */
  private static final Duration IMPATIENT = Duration.ofMillis(700);

  /** Slack as a bot, which is told in the answer's body what has become of a message. */
  private static final String BOT = "slack bot";

  private static final List<String> KINDS =
      List.of("slack", BOT, "webhook", "feedback_loop", "alertmanager", "pagerduty", "email");

  private static final String ID = "5f0c6f0e-0000-3000-8000-00000000000a";

  @TempDir private Path folder;

  private volatile Instant now = Instant.parse("2026-03-02T12:00:00Z");
  private final Signal signal = new Signal();
  private StateDatabase state;
  private HttpPost http;

  @BeforeEach
  void start() {
    state =
        new StateDatabase(StateOptions.of(folder.resolve("state.sqlite"), AlertDispatcher.SCHEMA));
    state.start();
    http = http(PATIENT);
  }

  private void waitBriefly() {
    http.close();
    http = http(IMPATIENT);
  }

  private HttpPost http(Duration timeout) {
    return new HttpPost(new AddressGuard(true, "alerts.private.addresses"), () -> now, timeout);
  }

  @AfterEach
  void stop() {
    http.close();
    state.close();
  }

  static Stream<Arguments> kindsAndTroubles() {
    return KINDS.stream()
        .flatMap(kind -> Stream.of(Trouble.values()).map(trouble -> Arguments.of(kind, trouble)));
  }

  @ParameterizedTest
  @MethodSource("kindsAndTroubles")
  void whatIsToldIsToldOnceUnderOneKey(String kind, Trouble trouble) throws InterruptedException {
    if (trouble == Trouble.SILENT || trouble == Trouble.CUT_ANSWER) {
      waitBriefly();
    }
    try (FakeReceiver receiver = receiver(kind, trouble, 2);
        Outbox outbox = outbox(Map.of("other", channel(kind, receiver)))) {
      queue("other");
      long queued = outbox.deliver("other");
      boolean understood = trouble == Trouble.CUT_ANSWER && !kind.equals(BOT);
      boolean repeated = trouble == Trouble.CUT_OFF || trouble == Trouble.CUT_ANSWER && !understood;
      if (understood) {
        assertThat(queued).as("what was taken is not sent again").isZero();
      } else {
        assertThat(queued).isEqualTo(1);
        waitAsLongAsItIsAskedTo(outbox, receiver, kind, trouble);
      }
      for (int i = 0; i < 20; i++) {
        pass(Duration.ofMinutes(6));
        queued = outbox.deliver("other");
      }
      assertThat(queued).isZero();
      assertThat(receiver.attempts()).isEqualTo(understood ? 1 : 3);
      assertThat(receiver.taken()).hasSize(repeated ? 3 : 1);
      String key = kind.equals("email") ? "<" + ID + "@blackbox>" : ID;
      assertThat(receiver.taken()).containsOnly(key);
      assertThat(stateOf("other")).isEqualTo("delivered");
    }
  }

  static Stream<Arguments> outages() {
    return KINDS.stream()
        .flatMap(kind ->
            Stream.of(Trouble.FAILS, Trouble.TOO_MANY, Trouble.CUT_OFF)
                .flatMap(trouble ->
                    Stream.of(false, true)
                        .map(unrecorded -> Arguments.of(kind, trouble, unrecorded))));
  }

  /**
   * An hour without anything else, and two kills in it; the server comes up each time on what is
   * stored.
   *
   * @param unrecorded whether it is also killed when the other side has taken the notification and
   *     that is not stored yet
   */
  @ParameterizedTest
  @MethodSource("outages")
  void anOutageOfAnHourAndKillsAreToldOnceUnderOneKey(
      String kind, Trouble trouble, boolean unrecorded) throws InterruptedException {
    try (FakeReceiver receiver = receiver(kind, trouble, Integer.MAX_VALUE)) {
      Map<String, Channel> channels = Map.of("other", channel(kind, receiver));
      Outbox outbox = outbox(channels);
      queue("other");
      for (int half = 1; half <= 120; half++) {
        assertThat(outbox.deliver("other")).isEqualTo(1);
        pass(Duration.ofSeconds(30));
        if (half == 40 || half == 80) {
          outbox = restarted(outbox, channels);
        }
      }
      // Every five minutes at most, less up to half of it by chance; an hour is none of a day.
      assertThat(receiver.attempts()).isBetween(15, 45);
      int during = receiver.taken().size();
      assertThat(during).isEqualTo(trouble == Trouble.CUT_OFF ? receiver.attempts() : 0);

      receiver.mend();
      pass(Duration.ofMinutes(6));
      List<Object> before = row("other");
      assertThat(outbox.deliver("other")).isZero();
      if (unrecorded) {
        put("other", before);
        outbox = restarted(outbox, channels);
      }
      for (int i = 0; i < 20; i++) {
        pass(Duration.ofMinutes(6));
        assertThat(outbox.deliver("other")).isZero();
        outbox = restarted(outbox, channels);
      }
      assertThat(receiver.taken()).hasSize(during + (unrecorded ? 2 : 1));
      String key = kind.equals("email") ? "<" + ID + "@blackbox>" : ID;
      assertThat(receiver.taken()).containsOnly(key);
      assertThat(stateOf("other")).isEqualTo("delivered");
      outbox.close();
    }
  }

  /** As after a kill: what was not stored is gone. */
  private Outbox restarted(Outbox killed, Map<String, Channel> channels) {
    killed.close();
    state.close();
    state =
        new StateDatabase(StateOptions.of(folder.resolve("state.sqlite"), AlertDispatcher.SCHEMA));
    state.start();
    return outbox(channels);
  }

  /** What is stored of the notification to a channel. */
  private List<Object> row(String channel) {
    return state.read(handle ->
        handle
            .select(
                "SELECT state, next_at, attempts, answers FROM alert_notifications WHERE channel ="
                    + " ?",
                channel)
            .map((row, context) ->
                List.<Object>of(row.getString(1), row.getLong(2), row.getLong(3), row.getString(4)))
            .one());
  }

  private void put(String channel, List<Object> row) {
    state.change(handle ->
        handle.execute(
            "UPDATE alert_notifications SET state = ?, next_at = ?, attempts = ?, answers = ? WHERE"
                + " channel = ?",
            row.get(0),
            row.get(1),
            row.get(2),
            row.get(3),
            channel));
  }

  /** The second attempt, and no sooner than it may be. */
  private void waitAsLongAsItIsAskedTo(
      Outbox outbox, FakeReceiver receiver, String kind, Trouble trouble)
      throws InterruptedException {
    boolean asked = trouble == Trouble.TOO_MANY && !kind.equals("email");
    // The first backoff is a second, less up to half of it.
    pass(asked ? Duration.ofSeconds(FakeHttpReceiver.RETRY_AFTER - 1) : Duration.ofMillis(490));
    assertThat(outbox.deliver("other")).isEqualTo(1);
    assertThat(receiver.attempts()).isEqualTo(1);
    pass(Duration.ofSeconds(1));
    assertThat(outbox.deliver("other")).isEqualTo(1);
    assertThat(receiver.attempts()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"slack", BOT, "webhook", "feedback_loop", "alertmanager", "pagerduty", "email"})
  void aChannelThatIsWaitedForHoldsUpNoOther(String kind) throws InterruptedException {
    CountDownLatch heard = new CountDownLatch(1);
    CountDownLatch waitedFor = new CountDownLatch(1);
    waitBriefly();
    try (FakeReceiver receiver = receiver(kind, Trouble.SILENT, Integer.MAX_VALUE)) {
      Channel silent = channel(kind, receiver);
      Channel waiting =
          listening(it -> {
            waitedFor.countDown();
            Answer answer = silent.deliver(it);
            assertThat(heard.getCount()).as("the other one has heard meanwhile").isZero();
            return answer;
          });
      Channel quick =
          listening(it -> {
            // So that the silent one is certainly asked first.
            assertThat(waitedFor.await(120, TimeUnit.SECONDS)).isTrue();
            heard.countDown();
            return Answer.delivered("200");
          });
      try (Outbox outbox = outbox(Map.of("silent", waiting, "quick", quick))) {
        queue("silent");
        queue("quick");
        outbox.start();
        assertThat(heard.await(120, TimeUnit.SECONDS)).isTrue();
        awaitAnAttempt("silent");
        assertThat(stateOf("silent")).isEqualTo("queued");
        assertThat(stateOf("quick")).isEqualTo("delivered");
        assertThat(answersOf("silent")).contains("\"retry\"").doesNotContain("AssertionError");
      }
    }
  }

  private interface Delivery {
    Answer deliver(Notification it) throws InterruptedException;
  }

  private static Channel listening(Delivery delivery) {
    return new Channel() {
      @Override
      public String kind() {
        return "listener";
      }

      @Override
      public Answer deliver(Notification notification) throws InterruptedException {
        return delivery.deliver(notification);
      }
    };
  }

  private static FakeReceiver receiver(String kind, Trouble trouble, int troubles) {
    return kind.equals("email")
        ? new FakeMailServer(trouble, troubles)
        : new FakeHttpReceiver(trouble, troubles);
  }

  /** As the server makes it from its configuration. */
  private Channel channel(String kind, FakeReceiver receiver) {
    Map<String, Object> members = new TreeMap<>();
    members.put("kind", kind.equals(BOT) ? "slack" : kind);
    switch (kind) {
      case BOT -> {
        members.put("bot_token", "xoxb-1");
        members.put("channel", "C1");
        members.put("url", "http://127.0.0.1:" + receiver.port());
      }
      case "email" -> {
        members.put("host", "127.0.0.1");
        members.put("port", receiver.port());
        members.put("security", "none");
        members.put("from", "blackbox@example.com");
        members.put("to", "ops@example.com");
      }
      case "pagerduty" -> {
        members.put("routing_key", "key");
        members.put("url", "http://127.0.0.1:" + receiver.port());
      }
      default -> members.put("url", "http://127.0.0.1:" + receiver.port());
    }
    Map<String, Object> document = Map.of("channels", Map.of("other", members));
    return ChannelsReader.read(
            JsonMapper.shared().valueToTree(document), http, new RememberedThreads())
        .values()
        .iterator()
        .next();
  }

  private Outbox outbox(Map<String, Channel> channels) {
    return new Outbox(state, channels, () -> now, signal, new SimpleMeterRegistry());
  }

  private void pass(Duration span) {
    now = now.plus(span);
  }

  private void queue(String channel) {
    long created = Micros.of(now);
    Notification notification =
        new Notification(
            ID,
            channel,
            "burst{project_id=p}",
            Notification.Reason.FIRING,
            Severity.HIGH,
            "6 errors",
            created,
            Map.of("project_id", "p"),
            6,
            1,
            0,
            List.of(
                new Notification.Item(
                    "a1",
                    "burst",
                    "firing",
                    Severity.HIGH,
                    "6 errors",
                    "",
                    "",
                    Map.of("project_id", "p"),
                    6,
                    6,
                    created,
                    0,
                    List.of("e1"),
                    false)),
            0);
    state.change(handle ->
        handle.execute(
            "INSERT INTO alert_notifications (id, channel, state, created, next_at, attempts, body,"
                + " answers) VALUES (?, ?, 'queued', ?, ?, 0, ?, '[]')",
            channel + ID,
            channel,
            created,
            created,
            AlertJson.write(notification)));
  }

  private String stateOf(String channel) {
    return column("state", channel);
  }

  private String answersOf(String channel) {
    return column("answers", channel);
  }

  private String column(String name, String channel) {
    return state.read(handle ->
        handle
            .select("SELECT " + name + " FROM alert_notifications WHERE channel = ?", channel)
            .mapTo(String.class)
            .one());
  }

  private void awaitAnAttempt(String channel) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    while (answersOf(channel).equals("[]")) {
      assertThat(System.nanoTime()).as("an attempt is answered in time").isLessThan(end);
      Thread.sleep(5);
    }
  }
}
