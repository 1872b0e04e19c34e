package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Order;
import io.puraify.blackbox.core.TimeRange;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Looks for a page of events near the end where it begins, as far as so many events reach on the
 * average. Whatever is there comes before all the rest, so a page that is found whole is the right
 * one, and DuckDB does not have to rank a row group, and then to join what it has ranked.
 *
 * <p>For searches that want every event; with any other filter it would often look in vain.
 */
final class NearEnd {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  /** As far as so many times the events that are wanted reach. */
  private static final int MARGIN = 4;

  /** Events in that part of the day, above which ranking pays. */
  private static final int MOST = 20_000;

  private final DayFiles files;
  private final DayFile day;
  private final Order order;
  private final Function<SqlParameters, String> condition;

  /**
   * @param condition which events of a range are wanted, nearly all: those behind a cursor
   */
  NearEnd(DayFiles files, DayFile day, Order order, Function<SqlParameters, String> condition) {
    this.files = files;
    this.day = day;
    this.order = order;
    this.condition = condition;
  }

  /** The first events of a range in the day; fewer than wanted, or none, says nothing. */
  List<Event> first(TimeRange range, int wanted) throws SQLException {
    List<Event> found = new ArrayList<>();
    try (var lease = files.lease(List.of(day));
        var loan = files.database().borrow()) {
      if (!lease.files().isEmpty()) {
        Optional<TimeRange> near = near(loan, range, wanted);
        if (near.isPresent()) {
          read(loan, near.get(), wanted, found);
        }
      }
    }
    return found;
  }

  /** The part of the range; nothing where it would not be smaller than what the day has. */
  private Optional<TimeRange> near(Database.Loan loan, TimeRange range, int wanted)
      throws SQLException {
    // DuckDB knows these without reading anything.
    String sql = "SELECT min(%1$s), max(%1$s) FROM %2$s.events".formatted(TIMESTAMP, day.schema);
    try (var statement = loan.prepare(sql);
        var result = statement.executeQuery()) {
      result.next();
      long first = result.getLong(1);
      if (result.wasNull()) {
        return Optional.empty();
      }
      long behind = result.getLong(2) + 1;
      long reach = (behind - first) / Math.max(1, day.meta.events()) * MARGIN * wanted;
      long from = Math.max(range.fromMicros(), first);
      long to = Math.min(range.toMicros(), behind);
      if (reach >= to - from) {
        return Optional.empty();
      }
      return Optional.of(
          switch (order) {
            case NEWEST_FIRST -> new TimeRange(to - reach, to);
            case OLDEST_FIRST -> new TimeRange(from, from + reach);
          });
    }
  }

  private void read(Database.Loan loan, TimeRange near, int wanted, List<Event> into)
      throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String matching =
        "FROM %1$s.events WHERE %2$s >= %3$d AND %2$s < %4$d AND %5$s"
            .formatted(
                day.schema,
                TIMESTAMP,
                near.fromMicros(),
                near.toMicros(),
                condition.apply(parameters));
    try (var statement = loan.prepare("SELECT count(*) " + matching)) {
      parameters.bind(statement);
      try (var result = statement.executeQuery()) {
        result.next();
        if (result.getLong(1) < wanted || result.getLong(1) > MOST) {
          return;
        }
      }
    }
    // The limit inside cuts off nothing, however many have come since they were counted; it keeps
    // DuckDB from ranking first and joining then.
    String sql =
        "SELECT * FROM (SELECT %s %s LIMIT %d) %s LIMIT %d"
            .formatted(
                EventTable.ALL_COLUMNS,
                matching,
                Integer.MAX_VALUE,
                DayWalk.orderBy(order),
                wanted);
    try (var statement = loan.prepare(sql)) {
      parameters.bind(statement);
      EventReader.read(statement, into::add);
    }
  }
}
