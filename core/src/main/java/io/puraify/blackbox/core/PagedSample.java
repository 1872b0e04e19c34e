package io.puraify.blackbox.core;

import java.util.List;
import java.util.function.Consumer;

/** Samples by looking at every page of a search, for stores that know no faster way. */
final class PagedSample {

  private static final int PAGE = 1_000;

  private final EventStore store;
  private final Sample sample;

  PagedSample(EventStore store, Sample sample) {
    this.store = store;
    this.sample = sample;
  }

  long read(Consumer<Event> sink) {
    long matching = count();
    long seen = 0;
    Cursor after = null;
    do {
      Page<Event> page =
          store.search(
              new Search(sample.filter(), sample.range(), Order.OLDEST_FIRST, after, PAGE));
      for (Event event : page.items()) {
        if (picks(event.position(), matching)) {
          sink.accept(event);
        }
      }
      seen += page.items().size();
      after = page.next();
    } while (after != null);
    return Math.max(matching, seen);
  }

  private long count() {
    Table table =
        store.aggregate(
            new Aggregation(
                sample.filter(), sample.range(), Grouping.NONE, List.of(), Top.byCount(1)));
    return table.rows().isEmpty() ? 0 : table.rows().getFirst().count();
  }

  /** By a multiplicative hash (Knuth), so that no rhythm of the senders shows. */
  private boolean picks(long position, long matching) {
    long hash = position * 0x9e3779b97f4a7c15L >>> 1;
    return matching <= sample.about() || hash < (double) Long.MAX_VALUE * sample.about() / matching;
  }
}
