package io.puraify.blackbox.engine.consumers;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.StoredDay;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.storage.contract.ExactAggregation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/** An event store in memory, which can be away. Safe for any thread. */
public final class MemoryEventStore implements EventStore {

  private static final Comparator<Event> OLDEST_FIRST =
      Comparator.comparingLong(Event::timestampMicros).thenComparingLong(Event::position);

  private final List<Event> events = new ArrayList<>();
  private Position position = Position.START;
  private boolean away;

  /** Changes what it has behind its own back, as who has access to its files could. */
  public synchronized void alter(UnaryOperator<List<Event>> change) {
    List<Event> changed = change.apply(List.copyOf(events));
    events.clear();
    events.addAll(changed);
  }

  /** From now on it answers, or does not. */
  synchronized void setAway(boolean away) {
    this.away = away;
  }

  @Override
  public void start() {}

  @Override
  public synchronized Position position() {
    return position;
  }

  @Override
  public synchronized void append(EventBatch batch) {
    reach();
    for (EventBlock block : batch.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.first().value() + row >= position.value()) {
          block.stored(row).ifPresent(events::add);
        }
      }
    }
    position = batch.end();
  }

  @Override
  public synchronized Page<Event> search(Search search) {
    reach();
    Comparator<Event> order =
        search.order() == Order.OLDEST_FIRST ? OLDEST_FIRST : OLDEST_FIRST.reversed();
    Cursor after = search.after();
    List<Event> found =
        events.stream()
            .filter(event -> search.range().contains(event.timestampMicros()))
            .filter(search.filter()::test)
            .sorted(order)
            .dropWhile(event -> after != null && !cursor(event).equals(after))
            .skip(after == null ? 0 : 1)
            .limit(search.limit() + 1L)
            .toList();
    boolean complete = found.size() <= search.limit();
    List<Event> page = complete ? found : found.subList(0, search.limit());
    return new Page<>(page, complete ? null : cursor(page.getLast()));
  }

  private static Cursor cursor(Event event) {
    return new Cursor(event.timestampMicros(), event.position());
  }

  @Override
  public synchronized Optional<Event> find(String eventId) {
    reach();
    return events.stream().filter(event -> event.eventId().equals(eventId)).findFirst();
  }

  @Override
  public synchronized Table aggregate(Aggregation aggregation) {
    reach();
    return ExactAggregation.of(events, aggregation);
  }

  /** Nothing of it is on a disk. */
  @Override
  public synchronized List<StoredDay> days() {
    reach();
    return events.stream()
        .collect(
            Collectors.groupingBy(
                event -> Math.floorDiv(event.timestampMicros(), Micros.PER_DAY),
                TreeMap::new,
                Collectors.counting()))
        .entrySet()
        .stream()
        .map(day -> new StoredDay(day.getKey(), day.getValue(), 0))
        .toList();
  }

  private void reach() {
    if (away) {
      throw new StoreException("the store is away");
    }
  }

  @Override
  public void maintain(Instant now) {}

  @Override
  public synchronized Health check() {
    return away ? Health.down("away") : Health.up("in memory");
  }

  @Override
  public void close() {}
}
