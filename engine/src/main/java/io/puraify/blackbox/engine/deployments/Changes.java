package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.BoundedPage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Finds changes in an event store. Safe for any thread. */
public final class Changes {

  /** So many deployments in the time around a range tell which versions have a record. */
  private static final int MOST_DEPLOYMENTS = 2_000;

  private final EventStore store;

  public Changes(EventStore store) {
    this.store = store;
  }

  /**
   * One page of changes.
   *
   * @param items those that are recorded, as many as asked for at most, and the versions that were
   *     seen between them
   * @param recorded the events of the page, which know where the next one begins
   */
  public record ChangesPage(List<Change> items, Page<Event> recorded) {
    public ChangesPage {
      items = List.copyOf(items);
    }
  }

  /** The changes that a request asks for, in its order. */
  public ChangesPage list(ChangesRequest request) {
    Search search = request.recorded();
    Page<Event> page = BoundedPage.of(store::search, search);
    List<Change> items = new ArrayList<>(changes(page.items()));
    if (request.kinds().contains(ChangeKind.VERSION)) {
      items.addAll(seen(request.request().search().filter(), between(search, page.next())));
    }
    Comparator<Change> order = Comparator.comparingLong(Change::micros);
    items.sort(search.order() == Order.NEWEST_FIRST ? order.reversed() : order);
    return new ChangesPage(items, page);
  }

  private static List<Change> changes(List<Event> events) {
    return events.stream().map(Change::of).flatMap(Optional::stream).toList();
  }

  /** The time that a page covers: from where it begins to where the next one does. */
  private static TimeRange between(Search search, @Nullable Cursor next) {
    TimeRange range = search.range();
    Cursor after = search.after();
    long from = range.fromMicros();
    long to = range.toMicros();
    if (search.order() == Order.NEWEST_FIRST) {
      to = after == null ? to : after.timestampMicros();
      from = next == null ? from : next.timestampMicros();
    } else {
      from = after == null ? from : after.timestampMicros();
      to = next == null ? to : next.timestampMicros();
    }
    return new TimeRange(from, Math.max(from, to));
  }

  /** Versions that came in a range and that no deployment has brought. */
  List<Change> seen(Filter filter, TimeRange range) {
    List<SeenVersion> versions = SeenVersions.in(store, filter, range);
    if (versions.isEmpty()) {
      return List.of();
    }
    long before = SeenVersions.LOOKBACK.toNanos() / 1_000;
    long from = Math.max(0, versions.getFirst().micros() - before);
    long to = versions.getLast().micros() + before;
    Set<SeenVersion> recorded =
        find(Filter.ALL, List.of(ChangeKind.DEPLOYMENT), new TimeRange(from, to), MOST_DEPLOYMENTS)
            .stream()
            .map(change -> key(change.engine(), change.version()))
            .collect(Collectors.toSet());
    return versions.stream()
        .filter(seen -> !recorded.contains(key(seen.engine(), seen.version())))
        .map(Change::of)
        .toList();
  }

  /** A version without its time. */
  private static SeenVersion key(@Nullable String engine, @Nullable String version) {
    return new SeenVersion(engine == null ? "" : engine, version == null ? "" : version, 0);
  }

  /** The newest recorded changes of a range, the newest first. */
  List<Change> find(Filter filter, List<ChangeKind> kinds, TimeRange range, int limit) {
    Filter meant = new Filter.And(List.of(filter, ChangeKind.filter(kinds)));
    return changes(
        BoundedPage.of(store::search, new Search(meant, range, Order.NEWEST_FIRST, null, limit))
            .items());
  }

  /** The change of an id, if there is one. */
  public Optional<Change> find(String id) {
    Optional<SeenVersion> seen = SeenVersion.parse(id);
    if (seen.isEmpty()) {
      return store.find(id).flatMap(Change::of);
    }
    SeenVersion version = seen.get();
    Filter filter =
        new Filter.And(
            List.of(
                new Filter.In(new FieldRef.Known(Field.ENGINE), Set.of(version.engine())),
                new Filter.In(new FieldRef.Known(Field.VERSION), Set.of(version.version()))));
    TimeRange moment = new TimeRange(version.micros(), version.micros() + 1);
    boolean there =
        !store.search(new Search(filter, moment, Order.OLDEST_FIRST, null, 1)).items().isEmpty();
    return there ? Optional.of(Change.of(version)) : Optional.empty();
  }
}
