package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Order;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Looks for events day by day until there are enough, so that most questions touch one day. Where
 * what is wanted is sparse, twice as many days are asked at once each time.
 */
final class DayWalk {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  private final DayFiles files;
  private final Order order;
  private final Filter filter;
  private final Function<SqlParameters, String> condition;
  private final List<Event> found = new ArrayList<>();

  /**
   * @param filter of which all wanted events are
   * @param condition gives the SQL condition for the wanted ones and adds its values to the
   *     parameters
   */
  DayWalk(DayFiles files, Order order, Filter filter, Function<SqlParameters, String> condition) {
    this.files = files;
    this.order = order;
    this.filter = filter;
    this.condition = condition;
  }

  /**
   * The first events, ordered within each group of days.
   *
   * @param days in the order in which they are walked
   * @param count how many at most, ≥ 1
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
    String condition = this.condition.apply(parameters);
    Map<DayFile, String> matching = RangeCondition.forEach(days, filter, condition);
    if (matching.isEmpty()) {
      return;
    }
    try (var loan = files.database().borrow()) {
      Places places = Places.find(loan, matching, parameters, orderBy(), count);
      found.addAll(places.read(loan, matching, parameters));
    }
  }

  private String orderBy() {
    return switch (order) {
      case NEWEST_FIRST -> "ORDER BY %s DESC, position DESC".formatted(TIMESTAMP);
      case OLDEST_FIRST -> "ORDER BY %s, position".formatted(TIMESTAMP);
    };
  }
}
