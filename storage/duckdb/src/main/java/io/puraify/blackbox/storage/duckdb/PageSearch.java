package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Cursor;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
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
    List<Event> found = found(wanted);
    List<Event> events = found.subList(0, Math.min(found.size(), search.limit()));
    if (found.size() < wanted) {
      return new Page<>(events, null);
    }
    Event last = events.getLast();
    Cursor next = new Cursor(last.timestampMicros(), last.position());
    boolean more = found.size() > events.size() || isMoreBehind(next);
    return new Page<>(events, more ? next : null);
  }

  private List<Event> found(int wanted) throws SQLException {
    List<DayFile> days = days();
    if (search.filter().equals(Filter.ALL) && !days.isEmpty()) {
      var nearEnd = new NearEnd(files, days.getFirst(), search.order(), this::behindCursor);
      List<Event> found = nearEnd.first(range, wanted);
      if (found.size() == wanted) {
        return found;
      }
    }
    return new DayWalk(files, search.order(), this::condition).first(days, wanted);
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
    List<DayFile> days = days();
    if (days.stream().anyMatch(day -> day.fromMicros() < range.fromMicros())) {
      conditions.add(TIMESTAMP + " >= " + parameters.add(range.fromMicros()));
    }
    if (days.stream().anyMatch(day -> day.toMicros() > range.toMicros())) {
      conditions.add(TIMESTAMP + " < " + parameters.add(range.toMicros()));
    }
    conditions.add(behindCursor(parameters));
    conditions.add(SqlFilter.compile(search.filter(), parameters));
    return String.join(" AND ", conditions);
  }

  private String behindCursor(SqlParameters parameters) {
    Cursor after = search.after();
    return after == null
        ? "TRUE"
        : "(%1$s %2$s %3$s OR position %2$s %4$s)"
            .formatted(
                TIMESTAMP,
                search.order() == Order.NEWEST_FIRST ? "<" : ">",
                parameters.add(after.timestampMicros()),
                parameters.add(after.position()));
  }
}
