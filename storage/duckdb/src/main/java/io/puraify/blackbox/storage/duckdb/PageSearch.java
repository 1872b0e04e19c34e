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
import java.util.stream.Collectors;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Finds a page of events day by day from the end where the page begins, so that most pages touch
 * one day. Where the filter is sparse, twice as many days are asked at once each time.
 */
final class PageSearch {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private final DayFiles files;
  private final Search search;
  private final TimeRange range;
  private final List<Event> found = new ArrayList<>();

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
  private int missing() {
    return search.limit() + 1 - found.size();
  }

  Page<Event> page() throws SQLException {
    List<DayFile> days = days();
    int most = 1;
    for (int next = 0; next < days.size() && missing() > 0; ) {
      List<DayFile> group = days.subList(next, Math.min(next + most, days.size()));
      try (var lease = files.lease(group)) {
        if (!lease.files().isEmpty()) {
          find(lease.files());
        }
      }
      next += group.size();
      most = Math.min(most * 2, DayFiles.MAX_LEASED_AT_ONCE);
    }
    if (missing() > 0) {
      return new Page<>(found, null);
    }
    List<Event> page = found.subList(0, search.limit());
    Event last = page.getLast();
    return new Page<>(page, new Cursor(last.timestampMicros(), last.position()));
  }

  private List<DayFile> days() {
    List<DayFile> days =
        files.all().stream()
            .filter(day -> day.fromMicros() < range.toMicros())
            .filter(day -> day.toMicros() > range.fromMicros())
            .toList();
    return search.order() == Order.NEWEST_FIRST ? days.reversed() : days;
  }

  private void find(List<DayFile> days) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String sql = sql(days, parameters);
    try (var loan = files.database().borrow();
        var statement = loan.connection().prepareStatement(sql)) {
      parameters.bind(statement);
      EventReader.read(statement.unwrap(DuckDBPreparedStatement.class), found::add);
    }
  }

  private String sql(List<DayFile> days, SqlParameters parameters) {
    String condition = condition(parameters);
    String order =
        switch (search.order()) {
          case NEWEST_FIRST -> "ORDER BY %s DESC, position DESC".formatted(TIMESTAMP);
          case OLDEST_FIRST -> "ORDER BY %s, position".formatted(TIMESTAMP);
        };
    String limit = " LIMIT " + missing();
    String each =
        days.stream()
            .map(day ->
                "(SELECT %s FROM %s.events WHERE %s %s%s)"
                    .formatted(EventTable.ALL_COLUMNS, day.schema, condition, order, limit))
            .collect(Collectors.joining(" UNION ALL "));
    return days.size() == 1 ? each : "SELECT * FROM (%s) %s%s".formatted(each, order, limit);
  }

  private String condition(SqlParameters parameters) {
    List<String> conditions = new ArrayList<>();
    conditions.add(
        "%s >= %s AND %s < %s"
            .formatted(
                TIMESTAMP,
                parameters.add(range.fromMicros()),
                TIMESTAMP,
                parameters.add(range.toMicros())));
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
