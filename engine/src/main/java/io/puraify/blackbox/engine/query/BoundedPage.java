package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Pages whose size in memory has a bound: one of very large events ends before its limit, with a
 * cursor for the rest.
 *
 * <p>A store is asked for a few events first, and then for as many as will fit if the others are
 * like them.
 */
public final class BoundedPage {

  /** A page of five thousand ordinary events has a quarter of it. */
  static final long MAX_BYTES = 16L << 20;

  /** What is asked for without knowing how large it is; an event has a mebibyte at most. */
  private static final int FIRST = SearchRequest.DEFAULT_LIMIT;

  private BoundedPage() {}

  /** A page of at least one event, if there is one, and otherwise within both bounds. */
  public static Page<Event> of(Function<Search, Page<Event>> store, Search search) {
    List<Event> events = new ArrayList<>();
    long bytes = 0;
    int wanted = Math.min(FIRST, search.limit());
    Cursor at = search.after();
    while (true) {
      Page<Event> part =
          store.apply(new Search(search.filter(), search.range(), search.order(), at, wanted));
      for (int i = 0; i < part.items().size(); i++) {
        Event event = part.items().get(i);
        bytes += event.approximateBytes();
        events.add(event);
        if (bytes >= MAX_BYTES && i + 1 < part.items().size()) {
          return new Page<>(events, new Cursor(event.timestampMicros(), event.position()));
        }
      }
      at = part.next();
      int left = search.limit() - events.size();
      if (at == null || left == 0 || bytes >= MAX_BYTES) {
        return new Page<>(events, at);
      }
      long average = Math.max(1, bytes / Math.max(1, events.size()));
      wanted = Math.clamp((MAX_BYTES - bytes) / average, 1, left);
    }
  }
}
