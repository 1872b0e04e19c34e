package io.puraify.blackbox.engine.errors;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.storage.contract.EventRows;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FloodPolicyTest {

  private static final long NOON = Micros.of(Instant.parse("2026-03-01T12:00:00Z"));
  private static final String TRACE = "java.io.IOException: gone\n\tat com.acme.A.run(A.java:%d)";
  private static final Filter DENIED =
      new Filter.In(new FieldRef.Known(Field.STATUS), Set.of("denied"));

  private final MeterRegistry registry = new SimpleMeterRegistry();
  private final FloodPolicy policy = new FloodPolicy(DENIED, registry);

  /** What makes the second of two errors another one. */
  record Difference(String name, UnaryOperator<Event.Builder> change) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Difference> differences() {
    return Stream.of(
        new Difference("project", event -> event.set(Field.PROJECT_ID, "pf_2")),
        new Difference("second", event -> event.set(Field.TIMESTAMP, NOON + 1_000_000)),
        new Difference("platform", event -> event.set(Field.PLATFORM, "Notion")),
        new Difference("status", event -> event.set(Field.STATUS, "timeout")),
        new Difference("version", event -> event.set(Field.VERSION, "2.0")),
        new Difference("flow", event -> event.set(Field.FLOW_ID, "f_2")),
        new Difference("error type", event -> event.set(Field.ERROR_TYPE, "not_found")),
        new Difference("message", event -> event.set(Field.MESSAGE, "the other end has hung up")),
        new Difference("trace", event -> event.set(Field.STACK_TRACE, TRACE.formatted(1))),
        new Difference(
            "fingerprint", event -> event.set(Field.ATTRIBUTES, "{\"fingerprint\":\"mine\"}")));
  }

  private static Event.Builder error(int position) {
    return Event.at(position)
        .set(Field.PROJECT_ID, "pf_1")
        .set(Field.RECEIVED_AT, NOON + 5_000_000)
        .set(Field.TIMESTAMP, NOON + position)
        .set(Field.STATUS, "error")
        .set(Field.ERROR_TYPE, "api_timeout")
        .set(Field.PLATFORM, "Slack")
        .set(Field.MESSAGE, "no answer after " + position + " ms");
  }

  private EventBlock block(int count, IntFunction<Event.Builder> events) {
    List<Event> all = IntStream.range(0, count).mapToObj(i -> events.apply(i).build()).toList();
    return policy.apply(EventRows.batch(all).blocks().getFirst());
  }

  private static List<Event> stored(EventBlock block) {
    List<Event> events = new ArrayList<>();
    for (int row = 0; row < block.rows(); row++) {
      Optional<Event> event = block.stored(row);
      event.ifPresent(events::add);
    }
    return events;
  }

  @Test
  void errorsOfOneGroupAndSecondAreStoredAsTheFirst() {
    EventBlock block = block(1_000, FloodPolicyTest::error);

    assertThat(stored(block))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.position()).isZero();
          assertThat(event.count()).isEqualTo(1_000);
          assertThat(event.text(Field.MESSAGE)).isEqualTo("no answer after 0 ms");
        });
    assertThat(registry.counter("blackbox.events.folded").count()).isEqualTo(999);
  }

  @Test
  void theJournalHasEachOfThemAsItCame() {
    EventBlock block = block(10, FloodPolicyTest::error);

    for (int row = 0; row < 10; row++) {
      assertThat(new EventBlock(block.first(), block.encoded()).event(row))
          .isEqualTo(error(row).build());
    }
  }

  @ParameterizedTest
  @MethodSource("differences")
  void whatDiffersIsStoredByItself(Difference difference) {
    EventBlock block = block(2, i -> i == 0 ? error(i) : difference.change.apply(error(i)));

    assertThat(stored(block)).extracting(Event::count).containsExactly(1L, 1L);
  }

  @Test
  void tracesThatDifferByALineAreTheSame() {
    EventBlock block = block(3, i -> error(i).set(Field.STACK_TRACE, TRACE.formatted(i)));

    assertThat(stored(block)).extracting(Event::count).containsExactly(3L);
  }

  @Test
  void messagesBesideATraceDoNotMatterAndMessagesWithoutOneDo() {
    for (int i = 0; i < 2; i++) {
      EventBlock traces =
          block(
              4,
              row ->
                  error(row)
                      .set(Field.STACK_TRACE, TRACE.formatted(7))
                      .set(Field.MESSAGE, row < 2 ? "gone" : "the other end has hung up"));
      EventBlock noTraces =
          block(
              4,
              row ->
                  error(row)
                      .set(Field.STACK_TRACE, "nothing is known of where")
                      .set(Field.MESSAGE, row < 2 ? "gone" : "the other end has hung up"));

      assertThat(stored(traces)).extracting(Event::count).containsExactly(4L);
      assertThat(stored(noTraces)).extracting(Event::count).containsExactly(2L, 2L);
    }
  }

  @Test
  void whatIsNoErrorIsStored() {
    EventBlock block =
        block(
            3,
            i ->
                Event.at(i)
                    .set(Field.PROJECT_ID, "pf_1")
                    .set(Field.RECEIVED_AT, NOON)
                    .set(Field.TIMESTAMP, NOON)
                    .set(Field.STATUS, "success"));

    assertThat(block.hasFolds()).isFalse();
    assertThat(stored(block)).hasSize(3);
  }

  @Test
  void whatIsNeverToBeFoldedIsStored() {
    EventBlock block = block(4, i -> error(i).set(Field.STATUS, i % 2 == 0 ? "denied" : "error"));

    assertThat(stored(block)).extracting(Event::count).containsExactly(1L, 2L, 1L);
  }

  @Test
  void anIdIsStoredOnlyWhereAllHaveIt() {
    EventBlock block =
        block(3, i -> error(i).set(Field.USER_ID, "u_" + i).set(Field.SESSION_ID, "s_1"));

    assertThat(stored(block))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.text(Field.USER_ID)).isNull();
          assertThat(event.text(Field.SESSION_ID)).isEqualTo("s_1");
        });
  }
}
