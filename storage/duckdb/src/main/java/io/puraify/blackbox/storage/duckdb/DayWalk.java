package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Looks for events day by day until there are enough, so that most questions touch one day. Where
 * what is wanted is sparse, twice as many days are asked at once each time.
 *
 * <p>Inside a day DuckDB reads the row groups from the wanted end and leaves out those that cannot
 * hold anything nearer to it than what it has found.
 */
final class DayWalk {

  /**
   * The most events that can be asked for. With a greater limit DuckDB sorts all that match, with
   * all of their columns, instead of keeping the first at hand: seconds instead of milliseconds,
   * and hundreds of megabytes.
   */
  static final int MAX_COUNT = 5_000;

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private final DayFiles files;
  private final Order order;
  private final Function<SqlParameters, String> condition;
  private final List<Event> found = new ArrayList<>();

  /**
   * @param condition gives the SQL condition and adds its values to the parameters
   */
  DayWalk(DayFiles files, Order order, Function<SqlParameters, String> condition) {
    this.files = files;
    this.order = order;
    this.condition = condition;
  }

  /**
   * The first events, ordered within each group of days.
   *
   * @param days in the order in which they are walked
   * @param count how many at most, 1 to {@link #MAX_COUNT}
   */
  List<Event> first(List<DayFile> days, int count) throws SQLException {
    int most = 1;
    for (int next = 0; next < days.size() && found.size() < count; ) {
      List<DayFile> group = days.subList(next, Math.min(next + most, days.size()));
      try (var lease = files.lease(group)) {
        if (!lease.files().isEmpty()) {
          find(lease.files(), count - found.size());
        }
      }
      next += group.size();
      most = Math.min(most * 2, DayFiles.MAX_LEASED_AT_ONCE);
    }
    return found;
  }

  private void find(List<DayFile> days, int count) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String sql = sql(days, condition.apply(parameters), count);
    try (var loan = files.database().borrow();
        var statement = loan.prepare(sql)) {
      parameters.bind(statement);
      EventReader.read(statement, found::add);
    }
  }

  /** The clause for an order. */
  static String orderBy(Order order) {
    return switch (order) {
      case NEWEST_FIRST -> "ORDER BY %s DESC, position DESC".formatted(TIMESTAMP);
      case OLDEST_FIRST -> "ORDER BY %s, position".formatted(TIMESTAMP);
    };
  }

  private String sql(List<DayFile> days, String matching, int count) {
    String ordered = orderBy(order);
    String limit = " LIMIT " + count;
    String each =
        days.stream()
            .map(day ->
                "(SELECT %s FROM %s.events WHERE %s %s%s)"
                    .formatted(EventTable.ALL_COLUMNS, day.schema, matching, ordered, limit))
            .collect(Collectors.joining(" UNION ALL "));
    return days.size() == 1 ? each : "SELECT * FROM (%s) %s%s".formatted(each, ordered, limit);
  }
}
