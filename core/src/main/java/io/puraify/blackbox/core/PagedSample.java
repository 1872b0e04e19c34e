package io.puraify.blackbox.core;

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

  void read(Consumer<Event> sink) {
    Cursor after = null;
    do {
      Page<Event> page =
          store.search(
              new Search(sample.filter(), sample.range(), Order.OLDEST_FIRST, after, PAGE));
      page.items().stream().filter(this::picks).forEach(sink);
      after = page.next();
    } while (after != null);
  }

  /** By a multiplicative hash (Knuth), so that no rhythm of the senders shows. */
  private boolean picks(Event event) {
    long hash = event.position() * 0x9e3779b97f4a7c15L >>> 1;
    return sample.whole() || hash < Long.MAX_VALUE * sample.chance() * event.count();
  }
}
