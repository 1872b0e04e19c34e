package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.Search;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class EventContextTest {

  private final List<Event> stored = new ArrayList<>();

  private Event add(long second, Field shared, String value) {
    Event event =
        Event.at(stored.size())
            .set(Field.PROJECT_ID, "p")
            .set(Field.TIMESTAMP, second * 1_000_000)
            .set(shared, value)
            .build();
    stored.add(event);
    return event;
  }

  @Test
  void neighboursAreTheNearestOnBothSidesOldestFirst() {
    List<Event> session =
        LongStream.range(0, 9).mapToObj(i -> add(i, Field.SESSION_ID, "s")).toList();
    add(4, Field.SESSION_ID, "another");

    EventContext context = context(session.get(4), Optional.empty(), 2, 3);

    assertThat(context.by()).isEqualTo(Field.SESSION_ID);
    assertThat(context.before()).isEqualTo(session.subList(2, 4));
    assertThat(context.after()).isEqualTo(session.subList(5, 8));
  }

  @Test
  void atTheSameMomentThePositionDecides() {
    List<Event> session =
        LongStream.range(0, 5).mapToObj(i -> add(7, Field.SESSION_ID, "s")).toList();

    EventContext context = context(session.get(2), Optional.empty(), 10, 10);

    assertThat(context.before()).isEqualTo(session.subList(0, 2));
    assertThat(context.after()).isEqualTo(session.subList(3, 5));
  }

  @Test
  void anEventWithoutASessionHasNeighboursInItsFlowElseItsEngineElseItsProject() {
    assertThat(by(add(0, Field.FLOW_ID, "f"))).isEqualTo(Field.FLOW_ID);
    assertThat(by(add(0, Field.ENGINE, "vault"))).isEqualTo(Field.ENGINE);
    assertThat(by(add(0, Field.MESSAGE, "alone"))).isEqualTo(Field.PROJECT_ID);
  }

  private Field by(Event event) {
    return context(event, Optional.empty(), 1, 1).by();
  }

  @Test
  void theSharedFieldMayBeChosenAlsoOneThatTheEventHasNot() {
    Event first = add(0, Field.PLATFORM, "Slack");
    Event second = add(1, Field.PLATFORM, "Slack");
    Event without = add(2, Field.ENGINE, "vault");

    assertThat(context(second, Optional.of(Field.PLATFORM), 5, 5).before()).containsExactly(first);
    assertThat(context(without, Optional.of(Field.PLATFORM), 5, 5).before()).isEmpty();
    assertThat(context(second, Optional.of(Field.PLATFORM), 0, 0).before()).isEmpty();
  }

  @Test
  void everythingThatIsWrongIsNamed() {
    Map<String, List<String>> given =
        Map.of("befor", List.of("1"), "after", List.of("501"), "by", List.of("duration_ms"));
    assertThatThrownBy(() -> ContextRequest.parse(given))
        .isInstanceOfSatisfying(
            ProblemException.class,
            thrown ->
                assertThat(thrown.problem().errors())
                    .extracting(item -> item.pointer() + ": " + item.detail())
                    .containsExactlyInAnyOrder(
                        "befor: there is no parameter of this name; did you mean before?;"
                            + " neighbours are not filtered",
                        "after: '501' is not a number from 1 to 500",
                        "by: neighbours share a field of text such as session_id, not"
                            + " 'duration_ms'"));
  }

  private EventContext context(Event event, Optional<Field> by, int before, int after) {
    return EventContext.of(this::search, event, by, before, after);
  }

  private Page<Event> search(Search search) {
    Comparator<Event> time =
        Comparator.comparingLong(Event::timestampMicros).thenComparingLong(Event::position);
    Comparator<Event> order = search.order() == Order.OLDEST_FIRST ? time : time.reversed();
    Event at =
        stored.stream()
            .filter(event -> event.position() == search.after().position())
            .findFirst()
            .orElseThrow();
    return new Page<>(
        stored.stream()
            .filter(search.filter()::test)
            .filter(event -> order.compare(event, at) > 0)
            .sorted(order)
            .limit(search.limit())
            .toList(),
        null);
  }
}
