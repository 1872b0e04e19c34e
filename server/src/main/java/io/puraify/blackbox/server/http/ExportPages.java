package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The pages of a search, each asked for when it is wanted. Used by one thread at a time. */
final class ExportPages implements Iterator<List<Event>> {

  private final Function<Search, Page<Event>> store;
  private @Nullable Search next;

  ExportPages(Search first, Function<Search, Page<Event>> store) {
    this.next = first;
    this.store = store;
  }

  @Override
  public boolean hasNext() {
    return next != null;
  }

  /** The next page; only the last one may be without events. */
  @Override
  public List<Event> next() {
    Search search = next;
    if (search == null) {
      throw new NoSuchElementException("all pages were read");
    }
    Page<Event> page = store.apply(search);
    next =
        page.complete()
            ? null
            : new Search(
                search.filter(), search.range(), search.order(), page.next(), search.limit());
    return page.items();
  }
}
