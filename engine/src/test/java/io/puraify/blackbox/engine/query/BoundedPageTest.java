package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedPageTest {

  private final List<Integer> asked = new ArrayList<>();

  @Test
  void anOrdinaryPageIsAskedForAtOnce() {
    Page<Event> page = page(events(1_000, 200), null, 100);

    assertThat(page.items()).hasSize(100);
    assertThat(asked).containsExactly(100);
  }

  @Test
  void aLongPageIsAskedForInTwoParts() {
    Page<Event> page = page(events(10_000, 200), null, 5_000);

    assertThat(page.items()).hasSize(5_000);
    assertThat(asked).containsExactly(100, 4_900);
  }

  @Test
  void largeEventsEndAPageBeforeItsLimit() {
    Page<Event> page = page(events(1_000, 200_000), null, 5_000);

    long bytes = page.items().stream().mapToLong(Event::approximateBytes).sum();
    assertThat(bytes).isBetween(BoundedPage.MAX_BYTES, BoundedPage.MAX_BYTES + 250_000);
    assertThat(page.complete()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 99, 100, 101, 5_000})
  void pagesShowEveryEventOnceInOrder(int limit) {
    List<Event> numbered =
        IntStream.range(0, 700).mapToObj(i -> event(i, i / 300 == 1 ? 200_000 : 100)).toList();

    List<Event> seen = new ArrayList<>();
    Cursor at = null;
    do {
      Page<Event> page = page(numbered, at, limit);
      assertThat(page.items()).isNotEmpty();
      seen.addAll(page.items());
      at = page.next();
    } while (at != null);

    assertThat(seen).isEqualTo(numbered);
  }

  private Page<Event> page(List<Event> stored, Cursor after, int limit) {
    Search search = new Search(Filter.ALL, TimeRange.ALL, Order.OLDEST_FIRST, after, limit);
    return BoundedPage.of(part -> find(stored, part), search);
  }

  /** What a store does, for events whose time and position are their place in the list. */
  private Page<Event> find(List<Event> stored, Search search) {
    asked.add(search.limit());
    Cursor after = search.after();
    int from = after == null ? 0 : (int) after.position() + 1;
    int to = Math.min(stored.size(), from + search.limit());
    Cursor next = to == stored.size() ? null : new Cursor(to - 1, to - 1);
    return new Page<>(stored.subList(from, to), next);
  }

  private static List<Event> events(int count, int messageLength) {
    return IntStream.range(0, count).mapToObj(i -> event(i, messageLength)).toList();
  }

  private static Event event(int place, int messageLength) {
    return Event.at(place)
        .set(Field.PROJECT_ID, "p")
        .set(Field.TIMESTAMP, place)
        .set(Field.RECEIVED_AT, place)
        .set(Field.MESSAGE, "m".repeat(messageLength))
        .build();
  }
}
