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
import java.util.List;
import java.util.Optional;

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
    List<Event> found = found(search.limit() + 1);
    if (found.size() <= search.limit()) {
      return new Page<>(found, null);
    }
    List<Event> events = found.subList(0, search.limit());
    Event last = events.getLast();
    return new Page<>(events, new Cursor(last.timestampMicros(), last.position()));
  }

  private List<Event> found(int wanted) throws SQLException {
    List<DayFile> days = days();
    if (search.filter().equals(Filter.ALL) && !days.isEmpty()) {
      DayFile day = days.getFirst();
      Optional<TimeRange> near = NearEnd.of(files, day, range, search.order(), wanted);
      if (near.isPresent()) {
        List<Event> found = walk(near.get()).first(List.of(day), wanted);
        if (found.size() == wanted) {
          return found;
        }
      }
    }
    return walk(range).first(days, wanted);
  }

  private DayWalk walk(TimeRange within) {
    return new DayWalk(
        files, search.order(), search.filter(), parameters -> condition(within, parameters));
  }

  private List<DayFile> days() {
    List<DayFile> days = files.within(range);
    return search.order() == Order.NEWEST_FIRST ? days.reversed() : days;
  }

  private String condition(TimeRange within, SqlParameters parameters) {
    return behindCursor(parameters)
        + " AND "
        + RangeCondition.of(within, search.filter(), parameters);
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
