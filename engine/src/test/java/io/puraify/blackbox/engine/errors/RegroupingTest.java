package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RegroupingTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> WORDS =
      List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota");

  /** Splits one kind of error by platform, joins two others, and has traces look elsewhere. */
  private static final String RULES =
      """
      {"fingerprints": [
         {"name": "timeouts", "filter": "status:timeout", "fingerprint": ["late", "{{platform}}"]},
         {"name": "users", "filter": "user_id:u1 OR user_id:u2",
          "fingerprint": ["{{ default }}", "{{user_id}}"]}],
       "ignored_frames": ["com.acme.A"]}
      """;

  @TempDir Path folder;

  /** A journal that is made event by event. */
  private static final class Traffic {
    private final Random random = new Random(42);
    private final List<EventBlock> blocks = new ArrayList<>();
    private long end;

    EventBlock add(List<Map<Field, String>> events) {
      EventBlockBuilder builder = new EventBlockBuilder();
      Instant at = NOW.plusSeconds(blocks.size());
      for (Map<Field, String> event : events) {
        builder.integer(Field.TIMESTAMP, Micros.of(at));
        set(builder, Field.PROJECT_ID, "p");
        event.forEach((field, value) -> set(builder, field, value));
        builder.endRow();
      }
      EventBlock block = new EventBlock(new Position(end), builder.seal(Micros.of(at)));
      end += events.size();
      blocks.add(block);
      return block;
    }

    private static void set(EventBlockBuilder builder, Field field, String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      if (field.kind() == Field.Kind.LABEL) {
        var _ = builder.label(field, utf8, 0, utf8.length);
      } else {
        builder.text(field, utf8, 0, utf8.length);
      }
    }

    Traffic blocks(int count) {
      for (int i = 0; i < count; i++) {
        List<Map<Field, String>> events = new ArrayList<>();
        for (int n = 0; n < 40; n++) {
          events.add(event());
        }
        add(events);
      }
      return this;
    }

    private Map<Field, String> event() {
      Map<Field, String> event = new TreeMap<>();
      event.put(Field.USER_ID, "u" + random.nextInt(30));
      event.put(Field.PLATFORM, random.nextBoolean() ? "Slack" : "Notion");
      switch (random.nextInt(4)) {
        case 0 -> event.put(Field.STATUS, "success");
        case 1 -> {
          event.put(Field.STATUS, "error");
          event.put(Field.ERROR_TYPE, "not_found");
          String word = WORDS.get(random.nextInt(WORDS.size()));
          event.put(Field.MESSAGE, "could not find the table called " + word + " in it");
        }
        case 2 -> {
          event.put(Field.STATUS, "timeout");
          event.put(Field.MESSAGE, "no answer after " + random.nextInt(1_000) + " ms");
        }
        default ->
            event.put(
                Field.STACK_TRACE,
                """
                java.io.IOException: gone
                \tat com.acme.A%d.run(A.java:%d)
                \tat com.acme.Main.go(Main.java:3)
                """
                    .formatted(random.nextInt(3), random.nextInt(99)));
      }
      return event;
    }

    /** Errors of one kind, of which a store keeps one. */
    Traffic flood() {
      Map<Field, String> event =
          Map.of(Field.STATUS, "error", Field.ERROR_TYPE, "gone", Field.MESSAGE, "it is gone");
      EventBlock block = add(Collections.nCopies(500, event));
      Filter never = new Filter.Not(Filter.ALL);
      blocks.set(blocks.size() - 1, new FloodPolicy(never, new SimpleMeterRegistry()).apply(block));
      return this;
    }

    Traffic issue(String members) {
      add(
          List.of(
              Map.of(
                  Field.EVENT_TYPE, "issue_change",
                  Field.USER_ID, "ada",
                  Field.ATTRIBUTES, "{\"issue\":{" + members + "}}")));
      return this;
    }

    Traffic rules(String document) {
      return issue("\"change\":\"apply_rules\",\"rules\":" + document.replace("\n", " "));
    }

    Traffic undo(long version) {
      return issue("\"change\":\"undo_rules\",\"version\":" + version);
    }

    long errors() {
      return blocks.stream()
          .mapToLong(block -> {
            long errors = 0;
            for (int row = 0; row < block.rows(); row++) {
              errors += ErrorEvents.FILTER.test(block.event(row)) ? 1 : 0;
            }
            return errors;
          })
          .sum();
    }
  }

  /** All that is answered of the groups, but for ids of examples that were assigned by position. */
  private record Answer(List<GroupView> groups, List<GroupView.Details> details, long outside) {}

  private static Answer answer(StateDatabase state) {
    ErrorGroups groups = new ErrorGroups(state, () -> NOW.plusSeconds(600));
    GroupView.Page page = groups.list(GroupQuery.parse(Map.of("limit", List.of("1000"))));
    return new Answer(
        page.groups(),
        page.groups().stream().map(group -> groups.find(group.id()).orElseThrow()).toList(),
        page.outside());
  }

  private Answer of(String name, Traffic traffic) {
    return run(name, traffic, consumer -> consumer.apply(new EventBatch(traffic.blocks)));
  }

  private Answer run(String name, Traffic traffic, Consumer<ErrorConsumer> work) {
    try (StateDatabase state = database(name)) {
      ErrorConsumer consumer = consumer(state, traffic);
      work.accept(consumer);
      consumer.close();
      return answer(state);
    }
  }

  private StateDatabase database(String name) {
    StateDatabase state =
        new StateDatabase(StateOptions.of(folder.resolve(name), ErrorConsumer.SCHEMA));
    state.start();
    return state;
  }

  private static ErrorConsumer consumer(StateDatabase state, Traffic traffic) {
    ErrorConsumer consumer =
        new ErrorConsumer(state, StoredBlocks.of(traffic.blocks), new SimpleMeterRegistry());
    consumer.start(Position.START);
    return consumer;
  }

  private static long count(Answer answer) {
    return answer.groups().stream().mapToLong(group -> group.numbers().errors()).sum();
  }

  @Test
  void whatIsStoredIsRegroupedAsIfTheRulesHadAlwaysBeenInForce() {
    Traffic later = new Traffic().blocks(20).rules(RULES).blocks(5);
    Traffic earlier = new Traffic().rules(RULES).blocks(25);

    Answer regrouped = of("later", later);
    Answer always = of("earlier", earlier);

    // What they were received at, a second a block, is the only difference.
    assertThat(regrouped.groups())
        .extracting(GroupView::id, GroupView::rule, GroupView::title, GroupView::numbers)
        .containsExactlyInAnyOrderElementsOf(
            always.groups().stream()
                .map(each ->
                    org.assertj.core.groups.Tuple.tuple(
                        each.id(), each.rule(), each.title(), each.numbers()))
                .toList());
    assertThat(count(regrouped)).isEqualTo(later.errors());
    assertThat(regrouped.groups())
        .extracting(GroupView::rule)
        .contains("configured", "stack_trace", "error_type");
    assertThat(regrouped.groups())
        .filteredOn(group -> group.rule().equals("configured"))
        .as("timeouts of two platforms; two users of each other kind")
        .hasSizeGreaterThanOrEqualTo(6);
  }

  @Test
  void replayingTheJournalGivesTheSameGroupsInAnyBatchesAndThroughRestarts() {
    Traffic traffic = new Traffic().blocks(8).rules(RULES).blocks(8).rules("{}").blocks(8);
    traffic.rules("{\"own_code\":[\"java.\"]}").blocks(3).undo(3).blocks(3);
    Answer expected = of("whole", traffic);
    assertThat(count(expected)).isEqualTo(traffic.errors());

    Answer inParts;
    try (StateDatabase state = database("parts")) {
      ErrorConsumer consumer = consumer(state, traffic);
      for (int i = 0; i < traffic.blocks.size(); i++) {
        if (i % 5 == 2) {
          consumer.close();
          consumer = consumer(state, traffic);
        }
        // A batch may begin below what is applied.
        consumer.apply(new EventBatch(traffic.blocks.subList(Math.max(0, i - 2), i + 1)));
      }
      consumer.close();
      inParts = answer(state);
      assertThat(new RuleVersions(state).list())
          .extracting(RulesVersion::version)
          .containsExactly(4L, 3L, 2L, 1L);
      assertThat(new RuleVersions(state).current().undone()).isEqualTo(3);
      assertThat(new RuleVersions(state).current().document()).isEqualTo("{}");
    }
    assertThat(inParts).isEqualTo(expected);
  }

  @Test
  void undoingGivesBackExactlyWhatWas() {
    Traffic before = new Traffic().blocks(15);
    String group = of("first", before).groups().getFirst().id();
    before.issue("\"group_id\":\"" + group + "\",\"change\":\"assign\",\"assignee\":\"ada\"");
    Answer was = of("was", before);
    assertThat(was.groups()).anySatisfy(each -> assertThat(each.assignee()).isEqualTo("ada"));

    before.rules(RULES);
    Answer between = of("between", before);
    assertThat(between.groups()).isNotEqualTo(was.groups());
    assertThat(count(between)).isEqualTo(count(was));

    assertThat(of("back", before.undo(1))).isEqualTo(was);
  }

  @Test
  void anErrorThatIsStoredForManyCountsForAllOfThem() {
    Traffic traffic = new Traffic().blocks(5).flood();
    assertThat(traffic.blocks.getLast().storedCount(0)).isEqualTo(500);
    Answer was = of("was", traffic);
    Answer regrouped = of("regrouped", traffic.rules(RULES));
    assertThat(count(was)).isEqualTo(traffic.errors());
    assertThat(count(regrouped)).isEqualTo(count(was));
    assertThat(of("back", traffic.undo(1))).isEqualTo(was);
  }

  @Test
  void whatCameMeanwhileIsGroupedByTheRulesThatAreBack() {
    Traffic with = new Traffic().blocks(10).rules(RULES).blocks(10).undo(1).blocks(5);
    Traffic without = new Traffic().blocks(10).issue("\"change\":\"none\"").blocks(10);
    without.issue("\"change\":\"none\"").blocks(5);

    assertThat(of("with", with)).isEqualTo(of("without", without));
  }

  @Test
  void aGroupThatStaysKeepsWhatPeopleHaveDoneToIt() {
    Traffic traffic = new Traffic().blocks(10);
    GroupView missing =
        of("known", traffic).groups().stream()
            .filter(group -> group.rule().equals("error_type"))
            .findFirst()
            .orElseThrow();
    traffic.issue(
        "\"group_id\":\"" + missing.id() + "\",\"change\":\"assign\",\"assignee\":\"ada\"");
    traffic.rules("{\"ignored_frames\":[\"com.acme.A\"]}");

    assertThat(of("after", traffic).details())
        .filteredOn(each -> each.group().id().equals(missing.id()))
        .singleElement()
        .satisfies(each -> {
          assertThat(each.group().assignee()).isEqualTo("ada");
          assertThat(each.group().numbers()).isEqualTo(missing.numbers());
          assertThat(each.changes()).extracting(ChangeRecord::kind).containsOnly(ChangeKind.ASSIGN);
        });
  }

  private static final String BY_PLATFORM =
      """
      {"fingerprints": [{"name": "by-platform", "filter": "error_type:not_found",
        "fingerprint": ["{{ default }}", "{{platform}}"]}]}
      """;

  private static Map<Field, String> missing(String platform) {
    return Map.of(
        Field.STATUS, "error",
        Field.ERROR_TYPE, "not_found",
        Field.MESSAGE, "the table is gone",
        Field.PLATFORM, platform);
  }

  /** Errors by an own fingerprint, so that platforms are of one group. */
  private static Map<Field, String> sent(String platform) {
    Map<Field, String> event = new TreeMap<>(missing(platform));
    event.put(Field.ERROR_TYPE, "none");
    event.put(Field.STACK_TRACE, "java.io.IOException: gone\n\tat com.acme.A.run(A.java:1)\n");
    return event;
  }

  private static final String TRACES_BY_PLATFORM = BY_PLATFORM.replace("not_found", "none");

  private static String change(GroupView group, String members) {
    return "\"group_id\":\"%s\",%s".formatted(group.id(), members);
  }

  private static GroupView.Details of(Answer answer, String platform) {
    return answer.details().stream()
        .filter(each -> each.fields().getOrDefault("platform", Map.of()).containsKey(platform))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void theLargestPartOfAGroupThatIsNoMoreKeepsWhatPeopleHaveDoneToIt() {
    Traffic traffic = new Traffic();
    traffic.add(List.of(sent("Notion"), sent("Slack"), sent("Slack"), sent("Slack")));
    GroupView whole = of("whole", traffic).groups().getFirst();
    assertThat(whole.numbers().errors()).isEqualTo(4);
    traffic.issue(change(whole, "\"change\":\"assign\",\"assignee\":\"ada\""));
    traffic.issue(change(whole, "\"change\":\"comment\""));
    traffic.issue(change(whole, "\"change\":\"archive\""));

    Answer parted = of("parted", traffic.rules(TRACES_BY_PLATFORM));

    GroupView.Details rest = of(parted, "Slack");
    assertThat(rest.group().id()).isNotEqualTo(whole.id());
    assertThat(rest.group().assignee()).isEqualTo("ada");
    assertThat(rest.group().state()).isEqualTo(GroupState.ARCHIVED);
    assertThat(rest.changes())
        .extracting(ChangeRecord::kind)
        .containsExactly(ChangeKind.ARCHIVE, ChangeKind.COMMENT, ChangeKind.ASSIGN);
    GroupView.Details apart = of(parted, "Notion");
    assertThat(apart.group().assignee()).isEmpty();
    assertThat(apart.group().state()).isEqualTo(GroupState.NEW);
    assertThat(apart.changes()).isEmpty();

    // What was taken over can be undone, and is handed on by the next rules with what came after.
    traffic.issue(change(rest.group(), "\"change\":\"undo\",\"change_id\":\"6\""));
    traffic.issue(change(rest.group(), "\"change\":\"resolve\",\"version\":\"2\""));
    GroupView.Details back = of(of("back", traffic.rules("{}")), "Slack");
    assertThat(back.group().id()).isEqualTo(whole.id());
    assertThat(back.group().numbers().errors()).isEqualTo(4);
    assertThat(back.group().state()).isEqualTo(GroupState.RESOLVED);
    assertThat(back.group().assignee()).isEqualTo("ada");
    assertThat(back.changes())
        .extracting(ChangeRecord::kind)
        .containsExactly(
            ChangeKind.RESOLVE,
            ChangeKind.UNDO,
            ChangeKind.ARCHIVE,
            ChangeKind.COMMENT,
            ChangeKind.ASSIGN);
  }

  @Test
  void aGroupThatBecomesPartOfALargerOneHandsOnItsCommentsAlone() {
    Traffic traffic = new Traffic();
    traffic.add(List.of(missing("Notion"), missing("Slack"), missing("Slack")));
    GroupView small = of(of("apart", traffic), "Notion").group();
    traffic.issue(change(small, "\"change\":\"comment\""));
    traffic.issue(change(small, "\"change\":\"resolve\",\"version\":\"2\""));
    String joined = BY_PLATFORM.replace("\"{{ default }}\", \"{{platform}}\"", "\"gone\"");

    GroupView.Details one = of(of("joined", traffic.rules(joined)), "Notion");

    assertThat(one.group().numbers().errors()).isEqualTo(3);
    assertThat(one.group().state()).isEqualTo(GroupState.NEW);
    assertThat(one.changes()).extracting(ChangeRecord::kind).containsExactly(ChangeKind.COMMENT);
  }

  /** Nothing that cannot be understood, and no rules that are not the newest. */
  @Test
  void aChangeThatDoesNotFitHasNoEffect() {
    Traffic traffic = new Traffic().blocks(5).rules(RULES).blocks(5);
    Answer expected = of("sound", traffic);
    for (String wrong :
        List.of(
            "\"change\":\"undo_rules\",\"version\":0",
            "\"change\":\"undo_rules\",\"version\":2",
            "\"change\":\"undo_rules\",\"version\":\"x\"",
            "\"change\":\"undo_rules\"",
            "\"change\":\"apply_rules\"",
            "\"change\":\"apply_rules\",\"rules\":[]",
            "\"change\":\"apply_rules\",\"rules\":{\"own_code\":[\"*\"]}",
            "\"change\":\"apply_rules\",\"rules\":\"{\"")) {
      traffic.issue(wrong);
    }
    assertThat(of("wrong", traffic)).isEqualTo(expected);

    traffic.undo(1);
    Answer undone = of("undone", traffic);
    assertThat(of("twice", traffic.undo(1).undo(2))).as("only once").isEqualTo(undone);
  }

  @Test
  void aRegroupingWaitsForTheEventStoreAndLosesNothing() {
    Traffic traffic = new Traffic().blocks(6).rules(RULES).blocks(2);
    Answer expected = of("ready", traffic);
    StoredBlocks behind = StoredBlocks.of(traffic.blocks.subList(0, 4));
    try (StateDatabase state = database("waiting")) {
      ErrorConsumer consumer = new ErrorConsumer(state, behind, new SimpleMeterRegistry());
      consumer.start(Position.START);
      consumer.apply(new EventBatch(traffic.blocks.subList(0, 3)));
      EventBatch rest = new EventBatch(traffic.blocks.subList(3, traffic.blocks.size()));
      for (int i = 0; i < 3; i++) {
        assertThatThrownBy(() -> consumer.apply(rest)).isInstanceOf(PostponedException.class);
        assertThat(consumer.position()).isEqualTo(traffic.blocks.get(6).first());
      }
      traffic.blocks.subList(4, traffic.blocks.size()).forEach(behind::add);
      consumer.apply(rest);
      consumer.close();
      assertThat(answer(state)).isEqualTo(expected);
    }
  }

  @Test
  void aRegroupingThatIsCutOffLeavesTheGroupsAsTheyWere() {
    Traffic traffic = new Traffic().blocks(6).rules(RULES).blocks(2);
    Answer expected = of("whole-one", traffic);
    boolean[] fails = {false};
    StateOptions options =
        StateOptions.of(folder.resolve("cut"), ErrorConsumer.SCHEMA)
            .withFaultPoint(point -> {
              if (fails[0] && point.equals("state.applied")) {
                throw new IllegalStateException("cut off");
              }
            });
    try (StateDatabase state = new StateDatabase(options)) {
      state.start();
      ErrorConsumer consumer = consumer(state, traffic);
      consumer.apply(new EventBatch(traffic.blocks.subList(0, 6)));
      consumer.close();
      Answer before = answer(state);
      fails[0] = true;
      EventBatch rest = new EventBatch(traffic.blocks.subList(6, traffic.blocks.size()));
      assertThatThrownBy(() -> consumer.apply(rest)).hasMessage("cut off");
      assertThat(answer(state)).isEqualTo(before);
      assertThat(new RuleVersions(state).current().version()).isZero();
      fails[0] = false;
      consumer.apply(rest);
      consumer.close();
      assertThat(answer(state)).isEqualTo(expected);
    }
  }
}
