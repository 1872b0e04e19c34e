package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.TimeRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Finds a page of events from the end where the page begins. */
final class PageSearch {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private final DayFiles files;
  private final Search search;
  private final TimeRange range;

  PageSearch(DayFiles files, Search search) {
    this.files = files;
    this.search = search;
    this.range = behindCursor(search);
  }

  /** Times equal to the cursor's stay inside: their positions decide. */
  private static TimeRange behindCursor(Search search) {
    TimeRange range = search.range();
    Cursor after = search.after();
    if (after == null) {
      return range;
    }
    long time = after.timestampMicros();
    return switch (search.order()) {
      case NEWEST_FIRST -> {
        long to = Math.min(range.toMicros(), time == Long.MAX_VALUE ? time : time + 1);
        yield new TimeRange(Math.min(range.fromMicros(), to), to);
      }
      case OLDEST_FIRST -> {
        long from = Math.max(range.fromMicros(), time);
        yield new TimeRange(from, Math.max(range.toMicros(), from));
      }
    };
  }

  /** One event more than the page holds is asked for, to know whether there is a next page. */
  Page<Event> page() throws SQLException {
    int wanted = Math.min(search.limit() + 1, DayWalk.MAX_COUNT);
    var walk = new DayWalk(files, search.order(), this::condition);
    List<Event> found = walk.first(days(), wanted);
    List<Event> events = found.subList(0, Math.min(found.size(), search.limit()));
    if (found.size() < wanted) {
      return new Page<>(events, null);
    }
    Event last = events.getLast();
    Cursor next = new Cursor(last.timestampMicros(), last.position());
    boolean more = found.size() > events.size() || isMoreBehind(next);
    return new Page<>(events, more ? next : null);
  }

  private boolean isMoreBehind(Cursor last) throws SQLException {
    Search one = new Search(search.filter(), search.range(), search.order(), last, 1);
    return !new PageSearch(files, one).page().items().isEmpty();
  }

  private List<DayFile> days() {
    List<DayFile> days = files.within(range);
    return search.order() == Order.NEWEST_FIRST ? days.reversed() : days;
  }

  private String condition(SqlParameters parameters) {
    List<String> conditions = new ArrayList<>();
    conditions.add(RangeCondition.of(range, parameters));
    Cursor after = search.after();
    if (after != null) {
      String beyond = search.order() == Order.NEWEST_FIRST ? "<" : ">";
      conditions.add(
          "(%1$s %2$s %3$s OR position %2$s %4$s)"
              .formatted(
                  TIMESTAMP,
                  beyond,
                  parameters.add(after.timestampMicros()),
                  parameters.add(after.position())));
    }
    conditions.add(SqlFilter.compile(search.filter(), parameters));
    return String.join(" AND ", conditions);
  }
}
