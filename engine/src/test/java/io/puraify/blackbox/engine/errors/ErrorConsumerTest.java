package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateOptions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErrorConsumerTest {

  private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");
  private static final List<String> WORDS =
      List.of("alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota");

  @TempDir Path folder;

  private static void text(EventBlockBuilder builder, Field field, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    if (field.kind() == Field.Kind.LABEL) {
      builder.label(field, bytes, 0, bytes.length);
    } else {
      builder.text(field, bytes, 0, bytes.length);
    }
  }

  private static EventBlock block(long first, List<Map<Field, String>> events) {
    return block(first, events, NOW);
  }

  private static EventBlock block(long first, List<Map<Field, String>> events, Instant at) {
    EventBlockBuilder builder = new EventBlockBuilder();
    for (Map<Field, String> event : events) {
      text(builder, Field.PROJECT_ID, "p");
      builder.integer(Field.TIMESTAMP, Micros.of(at));
      event.forEach((field, value) -> text(builder, field, value));
      builder.endRow();
    }
    return new EventBlock(new Position(first), builder.seal(Micros.of(at)));
  }

  /** Errors with words that vary, users, traces, and events that are none. */
  private static List<EventBlock> traffic(int blocks) {
    Random random = new Random(42);
    List<EventBlock> all = new ArrayList<>();
    long position = 0;
    for (int i = 0; i < blocks; i++) {
      List<Map<Field, String>> events = new ArrayList<>();
      for (int n = 0; n < 50; n++) {
        Map<Field, String> event = new TreeMap<>();
        event.put(Field.USER_ID, "u" + random.nextInt(30));
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
                  "java.io.IOException: gone\n\tat com.acme.A"
                      + random.nextInt(3)
                      + ".run(A.java:"
                      + random.nextInt(99)
                      + ")");
        }
        events.add(event);
      }
      all.add(block(position, events));
      position += events.size();
    }
    return all;
  }

  private StateDatabase database(String name) {
    StateDatabase state =
        new StateDatabase(StateOptions.of(folder.resolve(name), ErrorConsumer.SCHEMA));
    state.start();
    return state;
  }

  private static ErrorConsumer consumer(StateDatabase state) {
    ErrorConsumer consumer =
        new ErrorConsumer(state, new StoredBlocks(), new SimpleMeterRegistry());
    consumer.start(Position.START);
    return consumer;
  }

  /** What a consumer has taken in is stored when it is closed, and it may go on. */
  private static void store(ErrorConsumer consumer, List<EventBlock> blocks) {
    consumer.apply(new EventBatch(blocks));
    consumer.close();
  }

  private static List<GroupView> groups(StateDatabase state) {
    return new ErrorGroups(state, () -> NOW).list(GroupQuery.parse(Map.of())).groups();
  }

  private static long errors(List<EventBlock> blocks) {
    return blocks.stream()
        .mapToLong(block -> {
          long count = 0;
          for (int row = 0; row < block.rows(); row++) {
            count += ErrorEvents.FILTER.test(block.event(row)) ? 1 : 0;
          }
          return count;
        })
        .sum();
  }

  @Test
  void countsAreThoseOfTheFilterAndWordsThatVaryMakeOneGroup() {
    List<EventBlock> traffic = traffic(20);
    try (StateDatabase state = database("one")) {
      store(consumer(state), traffic);

      List<GroupView> groups = groups(state);
      assertThat(groups.stream().mapToLong(group -> group.numbers().errors()).sum())
          .isEqualTo(errors(traffic));
      assertThat(groups).hasSize(5);
      assertThat(groups)
          .filteredOn(group -> !group.rule().equals("stack_trace"))
          .hasSize(2)
          .allSatisfy(group -> assertThat(group.numbers().users()).isEqualTo(30));
    }
  }

  @Test
  void batchesRestartsAndRepeatsChangeNothing() {
    List<EventBlock> traffic = traffic(40);
    List<GroupView> expected;
    try (StateDatabase state = database("whole")) {
      store(consumer(state), traffic);
      expected = groups(state);
    }
    try (StateDatabase state = database("parts")) {
      ErrorConsumer consumer = consumer(state);
      for (int i = 0; i < traffic.size(); i++) {
        if (i % 7 == 3) {
          consumer.close();
          consumer = consumer(state);
        }
        // A batch may begin below what is applied.
        consumer.apply(new EventBatch(traffic.subList(Math.max(0, i - 2), i + 1)));
      }
      consumer.close();
      assertThat(groups(state)).isEqualTo(expected);
    }
  }

  @Test
  void aTransactionThatFailsLeavesNothingBehind() {
    List<EventBlock> traffic = traffic(10);
    List<GroupView> expected;
    try (StateDatabase state = database("sound")) {
      store(consumer(state), traffic);
      expected = groups(state);
    }
    boolean[] fails = {false};
    StateOptions options =
        StateOptions.of(folder.resolve("failing"), ErrorConsumer.SCHEMA)
            .withFaultPoint(point -> {
              if (fails[0] && point.equals("state.applied")) {
                throw new IllegalStateException("cut off");
              }
            });
    try (StateDatabase state = new StateDatabase(options)) {
      state.start();
      ErrorConsumer consumer = consumer(state);
      for (int i = 0; i < traffic.size(); i += 2) {
        List<EventBlock> two = traffic.subList(i, i + 2);
        consumer.apply(new EventBatch(two.subList(0, 1)));
        fails[0] = true;
        assertThatThrownBy(() -> store(consumer, two.subList(1, 2))).hasMessage("cut off");
        fails[0] = false;
        assertThat(consumer.position()).isEqualTo(two.getFirst().first());
        store(consumer, two);
      }
      assertThat(groups(state)).isEqualTo(expected);
    }
  }

  @Test
  void whatBecomesOfAGroupIsToldOnceAlsoThroughRestartsAndFailures() {
    boolean[] fails = {false};
    StateOptions options =
        StateOptions.of(folder.resolve("turns"), ErrorConsumer.SCHEMA)
            .withFaultPoint(point -> {
              if (fails[0] && point.equals("state.applied")) {
                throw new IllegalStateException("cut off");
              }
            });
    try (StateDatabase state = new StateDatabase(options)) {
      state.start();
      ErrorConsumer consumer = consumer(state);
      store(consumer, List.of(block(0, List.of(error("api_timeout", "1")))));
      assertThat(consumer.untold(10)).as("a new group is there to be seen").isEmpty();
      String group = group(state, "api_timeout").id();
      List<EventBlock> back =
          List.of(
              block(
                  1,
                  List.of(
                      change(group, "\"change\":\"resolve\",\"version\":\"2\""),
                      error("api_timeout", "1"),
                      error("api_timeout", "3"),
                      error("api_timeout", "3"))));
      fails[0] = true;
      assertThatThrownBy(() -> store(consumer, back)).hasMessage("cut off");
      fails[0] = false;
      assertThat(consumer.untold(10)).isEmpty();
      store(consumer, back);
      store(consumer(state), back);
      Turn regressed = consumer.untold(10).getFirst();
      assertThat(consumer.untold(10)).hasSize(1);
      assertThat(regressed.state()).isEqualTo(GroupState.REGRESSED);
      assertThat(regressed.type()).isEqualTo("api_timeout");
      assertThat(regressed.version()).isEqualTo("3");
      assertThat(regressed.eventId()).isEqualTo("issue-" + group + "-regressed-3");
      consumer.told(regressed);
      assertThat(consumer.untold(10)).isEmpty();
      assertThat(consumer(state).untold(10)).as("not stored yet").containsExactly(regressed);
      consumer.close();
      assertThat(consumer(state).untold(10)).isEmpty();

      // A group that is younger than a day has no history to escalate from.
      Instant dayAfterNext = NOW.plus(Duration.ofDays(2));
      store(
          consumer,
          List.of(
              block(5, Collections.nCopies(500, error("api_timeout", "3")), dayAfterNext),
              block(505, Collections.nCopies(500, error("api_timeout", "3")), dayAfterNext)));
      assertThat(consumer.untold(10))
          .extracting(Turn::state)
          .as("once")
          .containsExactly(GroupState.ESCALATING);
    }
  }

  /** As after the journal could not be read on: it is read again from the last commit. */
  @Test
  void whatWasTakenInAndIsGivenAgainIsCountedOnce() {
    List<EventBlock> traffic = traffic(8);
    List<GroupView> expected;
    try (StateDatabase state = database("straight")) {
      store(consumer(state), traffic);
      expected = groups(state);
    }
    try (StateDatabase state = database("again")) {
      ErrorConsumer consumer = consumer(state);
      consumer.apply(new EventBatch(traffic.subList(0, 6)));
      consumer.apply(new EventBatch(traffic.subList(0, 2)));
      consumer.apply(new EventBatch(traffic.subList(2, 8)));
      consumer.close();
      assertThat(groups(state)).isEqualTo(expected);
    }
  }

  @Test
  void longNamesAreCut() {
    try (StateDatabase state = database("long")) {
      store(consumer(state), List.of(block(0, List.of(error("a", "v".repeat(70_000))))));
      assertThat(group(state, "a").last().version()).isEqualTo("v".repeat(128));
    }
  }

  /** Words that vary make a fingerprint each until it is known that they vary, and also after. */
  @Test
  void aGroupHasNoMoreFingerprintsThanItsBoundAndMissesNoError() {
    try (StateDatabase state = database("fingerprints")) {
      ErrorConsumer consumer = consumer(state);
      int errors = Aggregator.MOST_FINGERPRINTS + 500;
      List<EventBlock> blocks = new ArrayList<>();
      for (int i = 0; i < errors; i += 100) {
        List<Map<Field, String>> events = new ArrayList<>();
        for (int n = i; n < i + 100; n++) {
          String word = word(n);
          events.add(
              Map.of(
                  Field.ERROR_TYPE,
                  "not_found",
                  Field.MESSAGE,
                  "could not find the table called " + word + " in it"));
        }
        blocks.add(block(i, events));
      }
      store(consumer, blocks);

      List<GroupView> groups = groups(state);
      assertThat(groups.stream().mapToLong(group -> group.numbers().errors()).sum())
          .isEqualTo(errors);
      String largest =
          groups.stream()
              .max(Comparator.comparingLong(group -> group.numbers().errors()))
              .orElseThrow()
              .id();
      List<GroupView.Hash> hashes =
          new ErrorGroups(state, () -> NOW).find(largest).orElseThrow().fingerprints();
      assertThat(hashes).hasSizeLessThanOrEqualTo(Aggregator.MOST_FINGERPRINTS + 1);
      assertThat(hashes).anySatisfy(hash -> assertThat(hash.errors()).isGreaterThan(400));
    }
  }

  /** A word without a digit, which no rule masks. */
  private static String word(int number) {
    StringBuilder word = new StringBuilder("w");
    for (int left = number + 26; left > 0; left /= 26) {
      word.append((char) ('a' + left % 26));
    }
    return word.toString();
  }

  @Test
  void whatIsBeyondTheBoundIsCountedTogether() {
    try (StateDatabase state = database("bound")) {
      ErrorConsumer consumer =
          new ErrorConsumer(
              state, new StoredBlocks(), new SimpleMeterRegistry(), new Aggregator(10, 20));
      consumer.start(Position.START);
      List<Map<Field, String>> events = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        events.add(Map.of(Field.ERROR_TYPE, "type_" + i));
      }
      store(consumer, List.of(block(0, events)));

      List<GroupView> groups = groups(state);
      assertThat(groups).hasSize(11);
      assertThat(groups)
          .filteredOn(group -> group.rule().equals("overflow"))
          .singleElement()
          .satisfies(group -> assertThat(group.numbers().errors()).isEqualTo(90));
    }
  }

  private static Map<Field, String> change(String group, String json) {
    return Map.of(
        Field.EVENT_TYPE, "issue_change",
        Field.USER_ID, "ada",
        Field.ATTRIBUTES, "{\"issue\":{\"group_id\":\"" + group + "\"," + json + "}}");
  }

  private static Map<Field, String> error(String type, String version) {
    return Map.of(Field.ERROR_TYPE, type, Field.VERSION, version);
  }

  private static GroupView group(StateDatabase state, String type) {
    return groups(state).stream().filter(it -> it.type().equals(type)).findFirst().orElseThrow();
  }

  @Test
  void onlyANewerVersionBringsAResolvedGroupBack() {
    try (StateDatabase state = database("resolved")) {
      ErrorConsumer consumer = consumer(state);
      store(consumer, List.of(block(0, List.of(error("a", "1.9")))));
      String id = group(state, "a").id();
      store(
          consumer,
          List.of(block(1, List.of(change(id, "\"change\":\"resolve\""), error("a", "1.9")))));
      assertThat(group(state, "a").state()).isEqualTo(GroupState.RESOLVED);
      store(consumer, List.of(block(3, List.of(error("a", "1.10")))));
      assertThat(group(state, "a").state()).isEqualTo(GroupState.REGRESSED);
      assertThat(group(state, "a").numbers().errors()).isEqualTo(3);
    }
  }

  @Test
  void aMergeIsUndoneWithExactCounts() {
    try (StateDatabase state = database("merged")) {
      ErrorConsumer consumer = consumer(state);
      store(consumer, List.of(block(0, List.of(error("a", "1"), error("b", "1")))));
      String a = group(state, "a").id();
      String b = group(state, "b").id();
      store(
          consumer,
          List.of(
              block(
                  2,
                  List.of(
                      change(a, "\"change\":\"merge\",\"other\":\"" + b + "\""),
                      error("b", "1")))));
      assertThat(groups(state))
          .singleElement()
          .satisfies(group -> {
            assertThat(group.id()).isEqualTo(a);
            assertThat(group.numbers().errors()).isEqualTo(3);
          });
      store(
          consumer,
          List.of(block(4, List.of(change(a, "\"change\":\"undo\",\"change_id\":\"2\"")))));
      assertThat(group(state, "a").numbers().errors()).isEqualTo(1);
      assertThat(group(state, "b").numbers().errors()).isEqualTo(2);
      GroupView.Details details = new ErrorGroups(state, () -> NOW).find(a).orElseThrow();
      assertThat(details.changes())
          .extracting(ChangeRecord::kind)
          .containsExactly(ChangeKind.UNDO, ChangeKind.MERGE);
    }
  }

  @Test
  void whatIsSplitOffIsNewAndTheRestKeepsWhatWasDoneToIt() {
    try (StateDatabase state = database("split")) {
      ErrorConsumer consumer = consumer(state);
      store(consumer, List.of(block(0, List.of(error("a", "1"), error("b", "1")))));
      String a = group(state, "a").id();
      String b = group(state, "b").id();
      String hash = details(state, b).fingerprints().getFirst().fingerprint();
      store(
          consumer,
          List.of(
              block(
                  2,
                  List.of(
                      change(a, "\"change\":\"merge\",\"other\":\"" + b + "\""),
                      change(a, "\"change\":\"assign\",\"assignee\":\"ada\""),
                      change(a, "\"change\":\"comment\""),
                      change(a, "\"change\":\"archive\""),
                      change(a, "\"change\":\"split\",\"fingerprints\":\"" + hash + "\""),
                      error("b", "1")))));
      GroupView.Details rest = details(state, a);
      assertThat(rest.group().numbers().errors()).isEqualTo(1);
      assertThat(rest.group().assignee()).isEqualTo("ada");
      assertThat(rest.group().state()).isEqualTo(GroupState.ARCHIVED);
      assertThat(rest.changes()).hasSize(5);
      GroupView off =
          groups(state).stream().filter(each -> !each.id().equals(a)).findFirst().orElseThrow();
      assertThat(off.numbers().errors()).isEqualTo(2);
      assertThat(off.assignee()).isEmpty();
      assertThat(off.state()).isEqualTo(GroupState.NEW);
      assertThat(details(state, off.id()).changes()).isEmpty();

      store(
          consumer,
          List.of(block(8, List.of(change(a, "\"change\":\"undo\",\"change_id\":\"6\"")))));
      assertThat(groups(state))
          .singleElement()
          .satisfies(group -> {
            assertThat(group.numbers().errors()).isEqualTo(3);
            assertThat(group.assignee()).isEqualTo("ada");
            assertThat(group.state()).isEqualTo(GroupState.ARCHIVED);
          });
    }
  }

  private static GroupView.Details details(StateDatabase state, String id) {
    return new ErrorGroups(state, () -> NOW).find(id).orElseThrow();
  }

  @Test
  void theStateInSqlIsThatOfTheLifecycle() {
    try (StateDatabase state = database("states")) {
      ErrorConsumer consumer = consumer(state);
      store(consumer, List.of(block(0, List.of(error("a", "1"), error("b", "1")))));
      String a = group(state, "a").id();
      store(
          consumer,
          List.of(
              block(
                  2,
                  List.of(change(a, "\"change\":\"archive\",\"until\":\"count\",\"limit\":5")))));
      for (long days : new long[] {0, 8}) {
        ErrorGroups groups =
            new ErrorGroups(state, () -> NOW.plus(java.time.Duration.ofDays(days)));
        List<GroupView> all = groups.list(GroupQuery.parse(Map.of())).groups();
        for (GroupState one : GroupState.values()) {
          Map<String, List<String>> asked = Map.of("state", List.of(one.jsonName()));
          assertThat(groups.list(GroupQuery.parse(asked)).groups())
              .isEqualTo(all.stream().filter(group -> group.state() == one).toList());
        }
      }
    }
  }

  /**
   * Rows have statistics in them, so that reading those of a hundred thousand groups takes long.
   */
  @Test
  void everyListIsFoundInAnIndexAlone() {
    List<Map<String, List<String>>> filters = new ArrayList<>();
    filters.add(Map.of());
    for (String column : List.of("engine", "platform", "action", "type", "assignee", "rule")) {
      filters.add(Map.of(column, List.of("x")));
    }
    filters.add(Map.of("state", List.of("resolved"), "engine", List.of("x")));
    filters.add(Map.of("cursor", List.of("0".repeat(32))));
    try (StateDatabase state = database("plans")) {
      for (GroupSort sort : GroupSort.values()) {
        for (Map<String, List<String>> filter : filters) {
          for (String project : List.of("", "p")) {
            Map<String, List<String>> asked = new HashMap<>(filter);
            asked.put("sort", List.of(sort.jsonName()));
            if (!project.isEmpty()) {
              asked.put("project_id", List.of(project));
            }
            assertThat(plan(state, GroupQuery.parse(asked)))
                .as("%s", asked)
                .contains("USING COVERING INDEX")
                .doesNotContain("USING INDEX");
          }
        }
      }
    }
  }

  private static String plan(StateDatabase state, GroupQuery query) {
    return state.read(handle -> {
      String select = "EXPLAIN QUERY PLAN " + ErrorGroups.select(query);
      return ErrorGroups.bound(handle.createQuery(select), query, Micros.of(NOW))
          .map((row, context) -> row.getString("detail"))
          .list()
          .toString();
    });
  }

  @Test
  void aFloodIsOneGroupWithAnExactCountAndItsUsersWithinTwoPercent() {
    int users = 60_000;
    try (StateDatabase state = database("flood")) {
      ErrorConsumer consumer = consumer(state);
      long position = 0;
      for (int batch = 0; batch < 50; batch++) {
        EventBlockBuilder builder = new EventBlockBuilder();
        for (int i = 0; i < 4_000; i++) {
          text(builder, Field.PROJECT_ID, "p");
          text(builder, Field.ERROR_TYPE, "down");
          text(builder, Field.MESSAGE, "no answer");
          text(builder, Field.USER_ID, "user-" + (position + i) % users);
          builder.integer(Field.TIMESTAMP, Micros.of(NOW));
          builder.endRow();
        }
        EventBlock block = new EventBlock(new Position(position), builder.seal(Micros.of(NOW)));
        store(consumer, List.of(block));
        position += block.rows();
      }
      assertThat(groups(state))
          .singleElement()
          .satisfies(group -> {
            assertThat(group.numbers().errors()).isEqualTo(200_000);
            assertThat((double) group.numbers().users()).isBetween(0.98 * users, 1.02 * users);
            assertThat(group.numbers().usersApproximate()).isTrue();
          });
    }
  }
}
