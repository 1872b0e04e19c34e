package io.puraify.blackbox.engine.alerts;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.Channel;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.AlertState;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.json.JsonMapper;

/** Stories: what happens when, and who is told of it. */
class AlertTimelineTest {

  private static final Instant START = Instant.parse("2026-03-02T12:00:00Z");

  private static final String BURST =
      """
      {"policy": "burst", "match": "status:error",
       "condition": {"kind": "count", "window": "5m", "by": ["project_id"]},
       "thresholds": [{"severity": "high", "value": 3}],
       "title": "{{project_id}}: {{value}} errors"}
      """;

  @TempDir private Path folder;

  private Instant now = START;
  private long end;
  private final List<EventBlock> journal = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<Notification> told = new ArrayList<>();
  private boolean channelIsAway;
  private StateDatabase state;
  private AlertDispatcher dispatcher;
  private Policies policies;
  private Silences silences;
  private Outbox outbox;

  private final class Listener implements Channel {
    @Override
    public String kind() {
      return "listener";
    }

    @Override
    public Answer deliver(Notification it) {
      if (channelIsAway) {
        return Answer.retry("500 away");
      }
      ids.add(it.id());
      told.add(it);
      heard.add("%s: %s, %d events".formatted(it.reason().jsonName(), it.title(), it.events()));
      return Answer.delivered("200");
    }
  }

  @BeforeEach
  void start() {
    state =
        new StateDatabase(StateOptions.of(folder.resolve("state.sqlite"), AlertDispatcher.SCHEMA));
    state.start();
    dispatcher = new AlertDispatcher(state, () -> now, () -> end, new SimpleMeterRegistry());
    policies = new Policies(state, () -> now, name -> true);
    silences = new Silences(state, () -> now);
    dispatcher.start(Position.START, policies.start(), silences.start());
    outbox =
        new Outbox(
            state,
            Map.of("ui", new Listener()),
            () -> now,
            dispatcher.signal(),
            new SimpleMeterRegistry());
  }

  @AfterEach
  void stop() {
    state.close();
  }

  /** As after a crash: what is not stored is read from the journal again. */
  private void restart() {
    stop();
    start();
    List<EventBlock> again =
        journal.stream()
            .filter(block -> block.end().value() > dispatcher.position().value())
            .toList();
    if (!again.isEmpty()) {
      dispatcher.apply(new EventBatch(again));
    }
  }

  private void use(String document) {
    var _ = policies.put(dispatcher, JsonMapper.shared().readTree(document), "test");
  }

  private void onlyUse(String document) {
    for (var shipped : policies.list()) {
      var _ = policies.remove(dispatcher, shipped.policy(), "test");
    }
    use(document);
  }

  /** Lets time pass, and what comes with it. */
  private void at(String clock) throws InterruptedException {
    Instant then = START.plus(java.time.Duration.parse("PT" + clock));
    while (now.isBefore(then)) {
      now = now.plusSeconds(1);
      dispatcher.tick();
      var _ = outbox.deliver("ui");
    }
  }

  private void events(int count, Map<Field, String> values) throws InterruptedException {
    events(Collections.nCopies(count, values));
  }

  private void events(List<Map<Field, String>> all) throws InterruptedException {
    apply(all);
    dispatcher.tick();
    var _ = outbox.deliver("ui");
  }

  /** Hands over events, after which nothing happens yet. */
  private void apply(List<Map<Field, String>> all) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (Map<Field, String> values : all) {
      text(builder, Field.PROJECT_ID, "pf_880");
      builder.integer(Field.TIMESTAMP, Micros.of(now));
      values.forEach((field, value) -> text(builder, field, value));
      builder.endRow();
    }
    EventBlock block = new EventBlock(new Position(end), builder.seal(Micros.of(now)));
    end = block.end().value();
    journal.add(block);
    dispatcher.apply(new EventBatch(List.of(block)));
  }

  private static void text(EventBlockBuilder builder, Field field, String value) {
    byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
    if (field.kind() == Field.Kind.LABEL) {
      var _ = builder.label(field, bytes, 0, bytes.length);
    } else {
      builder.text(field, bytes, 0, bytes.length);
    }
  }

  private void errors(int count) throws InterruptedException {
    events(count, Map.of(Field.STATUS, "error", Field.ENGINE, "execution"));
  }

  @Test
  void aBurstIsToldOnceAfterTheGroupWaitAndItsEndAfterTheWindow() throws InterruptedException {
    onlyUse(BURST);
    errors(2);
    at("10S");
    assertThat(heard).isEmpty();
    errors(1);
    at("39S");
    assertThat(heard).isEmpty();
    at("40S");
    assertThat(heard).containsExactly("firing: pf_880: 3 errors, 3 events");
    at("5M");
    assertThat(heard).hasSize(1);
    at("11M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).startsWith("resolved: ");
    at("30M");
    assertThat(heard).hasSize(2);
  }

  @Test
  void theErrorOfTheSpecReachesTheUiWithoutAnyConfiguration() throws InterruptedException {
    events(
        1,
        Map.of(
            Field.STATUS, "error",
            Field.ENGINE, "execution",
            Field.ERROR_TYPE, "api_timeout",
            Field.PLATFORM, "Notion"));
    at("5S");
    assertThat(heard).containsExactly("firing: pf_880: new error api_timeout Notion, 1 events");
    at("20M");
    events(
        1,
        Map.of(
            Field.STATUS,
            "error",
            Field.ENGINE,
            "execution",
            Field.ERROR_TYPE,
            "api_timeout",
            Field.PLATFORM,
            "Notion"));
    at("40M");
    assertThat(heard)
        .filteredOn(each -> each.contains("api_timeout") && each.startsWith("firing"))
        .hasSize(1);
  }

  @Test
  void whereEverythingIsNewAHundredAreToldOneByOneAndTheOthersAsOne() throws InterruptedException {
    for (int i = 0; i < 150; i++) {
      events(1, Map.of(Field.STATUS, "error", Field.ERROR_TYPE, "kind_" + i));
    }
    assertThat(dispatcher.active()).filteredOn(each -> isOf("new_error", each)).hasSize(101);
    assertThat(dispatcher.active())
        .filteredOn(each -> each.text().title().contains("many at once"))
        .singleElement()
        .satisfies(each -> assertThat(each.evidence().events()).isEqualTo(50));
    at("61M");
    events(1, Map.of(Field.STATUS, "error", Field.ERROR_TYPE, "kind_0"));
    events(1, Map.of(Field.STATUS, "error", Field.ERROR_TYPE, "a_late_kind"));
    assertThat(dispatcher.active())
        .filteredOn(each -> isOf("new_error", each))
        .singleElement()
        .satisfies(each -> assertThat(each.text().title()).contains("a_late_kind"));
  }

  private static boolean isOf(String policy, Alert alert) {
    return alert.source().policy().equals(policy);
  }

  @Test
  void aRestartNeitherRepeatsNorSkips() throws InterruptedException {
    onlyUse(BURST);
    errors(2);
    at("2S");
    restart();
    errors(1);
    restart();
    at("32S");
    restart();
    at("4M");
    assertThat(heard).containsExactly("firing: pf_880: 3 errors, 3 events");
  }

  @Test
  void whatWasOnlyCountedBeforeACrashIsCountedAgainAndDecidedOnce() throws InterruptedException {
    onlyUse(BURST);
    errors(3);
    errors(4);
    assertThat(dispatcher.position().value()).isLessThan(end);
    restart();
    at("3S");
    assertThat(dispatcher.active())
        .extracting(alert -> alert.evidence().events())
        .containsExactly(7L);
    restart();
    errors(2);
    at("31S");
    assertThat(heard).containsExactly("firing: pf_880: 9 errors, 9 events");
    restart();
    at("8M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).startsWith("resolved: ");
  }

  /** Storing everything takes longer than storing a decision, for which somebody waits. */
  @Test
  void decisionsAreStoredAtOnceAndEverythingWithinTenSecondsHoweverManyTheyAre() {
    onlyUse(
        """
        {"policy": "each", "match": "status:error",
         "condition": {"kind": "event", "by": ["error_type"]}, "title": "{{error_type}}"}
        """);
    for (int second = 1; second <= 10; second++) {
      now = now.plusSeconds(1);
      apply(List.of(Map.of(Field.STATUS, "error", Field.ERROR_TYPE, "kind_" + second)));
      assertThat(dispatcher.active()).hasSize(second);
      assertThat(new AlertHistory(state).explain(dispatcher.active().getLast().id()))
          .as("stored after %d s", second)
          .isPresent();
      if (second < 10) {
        assertThat(dispatcher.position().value()).as("after %d s", second).isZero();
      }
    }
    assertThat(dispatcher.position().value()).isEqualTo(end);
  }

  @Test
  void aChannelThatIsAwayForAnHourHearsOfItOnceUnderOneId() throws InterruptedException {
    onlyUse(BURST.replace("\"title\"", "\"keep_firing_for\": \"2h\", \"title\""));
    channelIsAway = true;
    errors(3);
    at("60M");
    assertThat(heard).isEmpty();
    channelIsAway = false;
    at("70M");
    assertThat(heard).containsExactly("firing: pf_880: 3 errors, 3 events");
    assertThat(new java.util.HashSet<>(ids)).hasSameSizeAs(ids);
  }

  @Test
  void aSilencedAlertIsToldWhenTheSilenceEndsAndTheDecisionIsKept() throws InterruptedException {
    onlyUse(BURST.replace("\"title\"", "\"keep_firing_for\": \"1h\", \"title\""));
    silences.add(
        dispatcher,
        silences.parse(
            JsonMapper.shared()
                .readTree(
                    """
                    {"matchers": [{"label": "project_id", "value": "pf_880"}], "duration": "3m",
                     "reason": "moving house", "created_by": "ada"}
                    """)));
    errors(3);
    at("5M");
    assertThat(heard).isEmpty();
    String id = dispatcher.active().getFirst().id();
    assertThat(new AlertHistory(state).explain(id).orElseThrow().decisions())
        .anySatisfy(each -> {
          assertThat(each.stage()).isEqualTo("SILENCE");
          assertThat(each.passed()).isFalse();
          assertThat(each.reason()).contains("moving house");
        });
    at("6M");
    assertThat(heard).hasSize(1);
  }

  @Test
  void anAcknowledgedAlertIsNotEscalated() throws InterruptedException {
    String escalating =
        BURST.replace(
            "\"title\"",
            "\"keep_firing_for\": \"1h\", \"notify\": {\"group_wait\": \"0s\", \"escalate\": {\"after\": \"15m\","
                + " \"channels\": [\"ui\"]}}, \"title\"");
    onlyUse(escalating);
    errors(3);
    at("14M");
    assertThat(heard).hasSize(1);
    at("16M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).startsWith("escalated");
    String id = dispatcher.active().getFirst().id();
    assertThat(dispatcher.acknowledge(id, "ada", null)).isPresent();
    at("50M");
    assertThat(heard).hasSize(2);
  }

  /** As on a full disk, which other tests fill; a statement at a time is refused here. */
  @ParameterizedTest
  @CsvSource({
    // What a channel has answered, when it was asked already.
    "UPDATE, alert_notifications",
    // What is decided, before anybody is asked.
    "INSERT, alert_notifications",
    "INSERT, alert_decisions",
    "UPDATE, consumer_positions"
  })
  void whatCannotBeStoredIsToldOnceWhenItCan(String statement, String table)
      throws InterruptedException {
    onlyUse(BURST.replace("\"title\"", "\"keep_firing_for\": \"2h\", \"title\""));
    state.change(handle ->
        handle.execute(
            "CREATE TRIGGER full BEFORE %s ON %s BEGIN SELECT RAISE(ABORT, 'no room'); END"
                .formatted(statement, table)));
    boolean asked = statement.equals("UPDATE") && table.equals("alert_notifications");
    for (int second = 1; second <= 120; second++) {
      try {
        if (second == 1) {
          errors(3);
        }
        at(second + "S");
      } catch (RuntimeException e) {
        assertThat(e).hasStackTraceContaining("no room");
        // The channels go on as well.
        try {
          var _ = outbox.deliver("ui");
        } catch (RuntimeException again) {
          assertThat(again).hasStackTraceContaining("no room");
        }
      }
      assertThat(heard.size()).isLessThanOrEqualTo(asked ? 1 : 0);
    }
    assertThat(heard).hasSize(asked ? 1 : 0);
    assertThat(dispatcher.check().healthy()).isEqualTo(asked);
    state.change(handle -> handle.execute("DROP TRIGGER full"));
    at("10M");
    assertThat(heard).containsExactly("firing: pf_880: 3 errors, 3 events");
    assertThat(dispatcher.check().healthy()).isTrue();
    restart();
    at("20M");
    assertThat(heard).hasSize(1);
  }

  private static Map<Field, String> found(String type, String action, String attributes) {
    return Map.of(
        Field.EVENT_TYPE,
        type,
        Field.ENGINE,
        "monitoring",
        Field.ACTION,
        action,
        Field.SEVERITY,
        "high",
        Field.MESSAGE,
        attributes.replaceAll("[^a-z0-9 ]+", " ").strip(),
        Field.ATTRIBUTES,
        attributes);
  }

  private static Map<Field, String> turn(String group, String state) {
    return found(
        "issue_change",
        "none",
        "{\"issue\":{\"group_id\":\"%s\",\"state\":\"%s\",\"engine\":\"vault\"}}"
            .formatted(group, state));
  }

  @ParameterizedTest
  @CsvSource({
    "regression, issue group id a2 state regressed engine vault",
    "escalation, issue group id a3 state escalating engine vault",
    "spike, spike kind errors"
  })
  void whatBlackboxHasFoundIsToldToWhoAsksForItsKind(String kind, String message)
      throws InterruptedException {
    onlyUse(
        """
        {"policy": "found", "match": "engine:monitoring", "condition": {"kind": "%s"},
         "title": "{{message}}", "notify": {"group_wait": "0s"}}
        """
            .formatted(kind));
    events(
        List.of(
            turn("a2", "regressed"),
            turn("a3", "escalating"),
            found(
                "issue_change", "none", "{\"issue\":{\"group_id\":\"a4\",\"change\":\"resolve\"}}"),
            found("performance_spike", "spike_began", "{\"spike\":{\"kind\":\"errors\"}}"),
            found("performance_spike", "spike_ended", "{\"spike\":{\"kind\":\"errors\"}}")));
    at("1S");
    assertThat(heard).containsExactly("firing: " + message + ", 1 events");
    at("20M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).startsWith("resolved: ");
  }

  @Test
  void groupsAreToldApartAndAMatchChoosesSomeOfThem() throws InterruptedException {
    onlyUse(
        """
        {"policy": "back", "match": "attributes.issue.engine:vault",
         "condition": {"kind": "regression"}, "title": "{{attributes.issue.group_id}}"}
        """);
    events(List.of(turn("a1", "regressed"), turn("a2", "regressed"), turn("a1", "regressed")));
    events(
        1,
        found(
            "issue_change",
            "none",
            "{\"issue\":{\"group_id\":\"a3\",\"state\":\"regressed\",\"engine\":\"execution\"}}"));
    assertThat(dispatcher.active())
        .extracting(alert -> alert.text().title() + " " + alert.evidence().events())
        .containsExactlyInAnyOrder("a1 2", "a2 1");
  }

  /** Errors come at 0 s, 60 s and 120 s, of which three within five minutes are an alert. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // What it says                               | on  | off
        "\"value\": 3}]                               | 120 | 300",
        "\"value\": 3, \"recovery\": 2}]              | 120 | 360",
        "\"value\": 3}], \"keep_firing_for\": \"2m\"   | 120 | 420",
        "\"value\": 3}], \"for\": \"1m\"               | 180 | 300",
        "\"value\": 2}]                               |  60 | 360"
      })
  void aCountOverFiveMinutesIsOnWithinFiveSecondsAndOffWhenItSays(String says, int on, int off)
      throws InterruptedException {
    onlyUse(
        BURST
            .replace("\"value\": 3}]", says)
            .replace("\"title\"", "\"notify\": {\"group_wait\": \"0s\"}, \"title\""));
    List<Integer> firing = new ArrayList<>();
    for (int second = 0; second <= 600; second++) {
      at(second + "S");
      if (second == 0 || second == 60 || second == 120) {
        errors(1);
      }
      if (dispatcher.active().stream().anyMatch(each -> each.state() == AlertState.FIRING)) {
        firing.add(second);
      }
      if (second == on + 5) {
        assertThat(heard).as("five seconds after the event that crosses it").hasSize(1);
      }
    }
    assertThat(firing.getFirst()).as("on").isBetween(on, on + 5);
    // It is looked once a second here: what keeps firing does so from the last look on that found
    // it.
    assertThat(firing.getLast() + 1).as("off").isBetween(off - 1, off + 5);
    assertThat(firing).as("without a gap").hasSize(firing.getLast() - firing.getFirst() + 1);
    at("15M");
    assertThat(heard).hasSize(2);
    assertThat(heard.getLast()).startsWith("resolved: ");
  }

  /** Three errors within a minute are an alert, which is over a minute later; they come again. */
  @Test
  void anAlertThatComesAndGoesIsToldAsFlappingAndItsEndWaitsUntilItIsQuiet()
      throws InterruptedException {
    onlyUse(
        BURST
            .replace("5m", "1m")
            .replace(
                "\"title\"",
                "\"notify\": {\"group_wait\": \"0s\", \"group_interval\": \"5s\"}, \"title\""));
    List<String> reasons = new ArrayList<>();
    for (String burst : List.of("0S", "3M", "6M", "9M")) {
      at(burst);
      errors(3);
    }
    at("10M30S");
    told.forEach(each -> reasons.add(each.reason().jsonName()));
    assertThat(reasons).containsExactly("firing", "resolved", "firing", "resolved", "firing");
    assertThat(told)
        .extracting(each -> each.alerts().getFirst().flapping())
        .containsExactly(false, false, false, false, true);
    at("24M50S");
    assertThat(told).as("quiet, but not for 15 minutes").hasSize(5);
    at("25M20S");
    assertThat(heard).hasSize(6).last().asString().startsWith("resolved: ");
  }

  @Test
  void aShareOfTooFewEventsSaysNothing() throws InterruptedException {
    onlyUse(
        """
        {"policy": "share", "match": "engine:execution",
         "condition": {"kind": "error_share", "window": "5m", "min_events": 10},
         "thresholds": [{"severity": "high", "value": 0.5}],
         "notify": {"group_wait": "0s"}, "title": "{{value}} fail"}
        """);
    errors(9);
    at("10S");
    assertThat(heard).isEmpty();
    errors(1);
    at("15S");
    assertThat(heard).hasSize(1);
  }

  @Test
  void anErrorOfANewKindIsToldAfterItsDelayHoweverOftenItCameMeanwhile()
      throws InterruptedException {
    onlyUse(
        """
        {"policy": "settled", "match": "status:error",
         "condition": {"kind": "first_seen"}, "for": "10m",
         "notify": {"group_wait": "0s"}, "title": "{{engine}} fails"}
        """);
    Map<Field, String> error =
        Map.of(Field.STATUS, "error", Field.ENGINE, "execution", Field.SEVERITY, "low");
    events(1, error);
    at("5M");
    events(4, error);
    at("9M59S");
    assertThat(heard).isEmpty();
    at("10M1S");
    assertThat(heard).containsExactly("firing: execution fails, 5 events");
    assertThat(told.getFirst().alerts().getFirst().severity()).isEqualTo(Severity.LOW);
    at("20M");
    events(1, error);
    at("40M");
    assertThat(heard).as("it was seen").filteredOn(each -> each.startsWith("firing")).hasSize(1);
  }

  /** A minute of 100,000 errors of fifty engines, evenly; each engine is an alert of its own. */
  @Test
  void aStormOfAMinuteIsOneNotificationWithExactNumbersOfEachAlert() throws InterruptedException {
    onlyUse(
        BURST
            .replace("[\"project_id\"]", "[\"project_id\", \"engine\"]")
            .replace("\"title\"", "\"notify\": {\"group_wait\": \"70s\"}, \"title\""));
    for (int second = 0; second < 60; second++) {
      List<Map<Field, String>> errors = new ArrayList<>();
      // 2,000 of each in the end.
      int ofEach = second % 3 == 0 ? 34 : 33;
      for (int i = 0; i < 50 * ofEach; i++) {
        errors.add(Map.of(Field.STATUS, "error", Field.ENGINE, "engine_" + i % 50));
      }
      events(errors);
      at(second + 1 + "S");
    }
    assertThat(end).isEqualTo(100_000);
    at("69S");
    assertThat(heard).isEmpty();
    at("5M");
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).endsWith("100000 events");
    assertThat(told.getFirst().firing()).isEqualTo(50);
    assertThat(told.getFirst().more()).isEqualTo(50 - Notification.MOST_ITEMS);
    assertThat(told.getFirst().alerts())
        .allSatisfy(each -> {
          assertThat(each.events()).isEqualTo(2_000);
          assertThat(each.value()).isEqualTo(2_000);
        });
  }

  @Test
  void aStormIsOneNotificationWithExactNumbers() throws InterruptedException {
    onlyUse(BURST);
    for (int i = 0; i < 20; i++) {
      errors(5_000);
      at(i + 1 + "S");
    }
    at("1M");
    assertThat(heard).hasSize(1);
    assertThat(heard.getFirst()).endsWith("100000 events");
  }
}
