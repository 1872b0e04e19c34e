package io.puraify.blackbox.core;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Where events are kept and searched.
 *
 * <p>Safe for many readers and one writer at a time. Building one does no I/O; {@link #start} does.
 * Every method that touches what is stored may throw {@link StoreException}; what only reads ends
 * with a {@link QueryStoppedException}, soon, when the {@link RunningQuery} of its thread is
 * stopped.
 */
public interface EventStore extends AutoCloseable {

  /** Opens or creates what is stored. Called once, before anything else. */
  void start();

  /** What is applied: every event below it can be found. Survives a crash. */
  Position position();

  /**
   * Adds a batch, together with the position behind it. Events below {@link #position()} are
   * skipped, so that a batch may be given again after a crash. When it returns, the batch is found
   * by searches and survives a crash; when it throws, giving the batch again is safe.
   */
  void append(EventBatch batch);

  /** One page of the events that match. */
  Page<Event> search(Search search);

  /** The event of this {@code event_id}. */
  Optional<Event> find(String eventId);

  /** Numbers about the events that match. */
  Table aggregate(Aggregation aggregation);

  /**
   * The values that a field has most often, in that order; of equals, the one that has the event
   * with the lowest position comes first.
   *
   * @param prefix what they begin with, to the letter; empty for all
   * @param limit how many at most, 1 to {@link Top#MAX_LIMIT}
   */
  default List<FieldValue> values(
      FieldRef field, Filter filter, TimeRange range, String prefix, int limit) {
    List<Filter> filters = new ArrayList<>(List.of(filter, new Filter.Exists(field)));
    if (!prefix.isEmpty()) {
      filters.add(new Filter.Prefix(field, prefix));
    }
    Aggregation aggregation =
        new Aggregation(
            new Filter.And(filters), range, Grouping.by(field), List.of(), Top.byCount(limit));
    List<FieldValue> values = new ArrayList<>();
    for (Table.Row row : aggregate(aggregation).rows()) {
      String value = row.group().getFirst();
      if (value != null) {
        values.add(new FieldValue(value, row.count()));
      }
    }
    return values;
  }

  /**
   * Hands over a sample of the events that match, as they are read; what is held in memory does not
   * grow with it.
   *
   * @param sink called by this thread; what it throws ends the reading
   */
  default void sample(Sample sample, Consumer<Event> sink) {
    new PagedSample(this, sample).read(sink);
  }

  /**
   * Hands over all events that match, the oldest first and those of the same time by their
   * positions, as they are read; what is held in memory does not grow with them.
   *
   * @param fields of which the events have values; a store may give others as well
   * @param sink called by this thread; what it throws ends the reading
   */
  default void read(Filter filter, TimeRange range, Set<Field> fields, Consumer<Event> sink) {
    Cursor after = null;
    do {
      Page<Event> page =
          search(new Search(filter, range, Order.OLDEST_FIRST, after, Search.MAX_LIMIT));
      page.items().forEach(sink);
      after = page.next();
    } while (after != null);
  }

  /**
   * Hands over the events of some positions, in any order, as they are read; what is held in memory
   * does not grow with them.
   *
   * @param from the first position; any number
   * @param to behind the last position
   * @param sink called by this thread; what it throws ends the reading
   */
  default void scan(long from, long to, Consumer<Event> sink) {
    Cursor after = null;
    do {
      Page<Event> page =
          search(
              new Search(Filter.ALL, TimeRange.ALL, Order.OLDEST_FIRST, after, Search.MAX_LIMIT));
      for (Event event : page.items()) {
        if (event.position() >= from && event.position() < to) {
          sink.accept(event);
        }
      }
      after = page.next();
    } while (after != null);
  }

  /** What there is of each day that has events, the oldest first. Reads no event. */
  List<StoredDay> days();

  /**
   * Does what has to be done from time to time, such as rewriting a day that is over or dropping
   * what is past its retention. Called about once a minute by one thread; may take long; readers
   * and the writer go on meanwhile.
   */
  void maintain(Instant now);

  /** Whether the store can answer, with what it has to say for people. */
  Health check();

  /** Releases everything. Closing twice is fine. */
  @Override
  void close();
}
