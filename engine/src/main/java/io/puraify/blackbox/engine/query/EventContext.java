package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * An event among its neighbours: those of its project that share its session, else its run, its
 * flow or its engine, whatever filter it was found with.
 *
 * @param by the field that they share, or {@code project_id} where the event has none of them
 * @param before the nearest events before it, the oldest first
 * @param after the nearest events behind it, the oldest first
 */
public record EventContext(Event event, Field by, List<Event> before, List<Event> after) {

  /** The first that an event has is the one that its neighbours share. */
  public static final List<Field> SCOPES =
      List.of(Field.SESSION_ID, Field.RUN_ID, Field.FLOW_ID, Field.ENGINE);

  /** Neighbours on each side where nothing else is asked for, and at most. */
  public static final int DEFAULT_SIDE = 20;

  public static final int MAX_SIDE = 500;

  /**
   * Looks for the neighbours of an event.
   *
   * @param store what finds a page
   * @param wanted the field that they are to share, or nothing for the first of {@link #SCOPES}
   * @param before how many at most, 0 to {@link #MAX_SIDE}
   * @param after likewise
   */
  public static EventContext of(
      Function<Search, Page<Event>> store,
      Event event,
      Optional<Field> wanted,
      int before,
      int after) {
    Field by = wanted.orElseGet(() -> scope(event));
    Filter filter =
        by == Field.PROJECT_ID
            ? same(event, Field.PROJECT_ID)
            : new Filter.And(List.of(same(event, Field.PROJECT_ID), same(event, by)));
    Cursor at = new Cursor(event.timestampMicros(), event.position());
    return new EventContext(
        event,
        by,
        side(store, filter, Order.NEWEST_FIRST, at, before).reversed(),
        side(store, filter, Order.OLDEST_FIRST, at, after));
  }

  private static Field scope(Event event) {
    return SCOPES.stream()
        .filter(field -> event.text(field) != null)
        .findFirst()
        .orElse(Field.PROJECT_ID);
  }

  private static Filter same(Event event, Field field) {
    String value = event.text(field);
    FieldRef ref = new FieldRef.Known(field);
    return value == null
        ? new Filter.Not(new Filter.Exists(ref))
        : new Filter.In(ref, Set.of(value));
  }

  private static List<Event> side(
      Function<Search, Page<Event>> store, Filter filter, Order order, Cursor at, int count) {
    return count == 0
        ? List.of()
        : store.apply(new Search(filter, TimeRange.ALL, order, at, count)).items();
  }
}
