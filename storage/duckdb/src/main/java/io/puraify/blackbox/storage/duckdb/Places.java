package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.storage.duckdb.needles.RowRanges;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * Where events lie in the files of some days, in the order in which they are wanted.
 *
 * <p>A page is found in two steps: the places of its events first, from the few columns that filter
 * and order them, then all columns of just the rows there. DuckDB would read every column of
 * whatever matches and is not yet known to come later.
 */
final class Places {

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);

  /**
   * One event.
   *
   * @param row its number in the file's table; it stays the same as long as the file is leased
   */
  private record Place(DayFile day, long row, long micros, long position) {}

  private final List<Place> places = new ArrayList<>();

  private Places() {}

  /**
   * Finds the places of events.
   *
   * @param matching the SQL condition for a file
   * @param order the clause that orders them
   * @param count how many at most
   */
  static Places find(
      Database.Loan loan,
      Map<DayFile, String> matching,
      SqlParameters parameters,
      String order,
      int count)
      throws SQLException {
    List<DayFile> days = List.copyOf(matching.keySet());
    List<String> each = new ArrayList<>();
    for (int day = 0; day < days.size(); day++) {
      each.add(
          "(SELECT %d, rowid, %s, position FROM %s.events WHERE %s %s LIMIT %d)"
              .formatted(
                  day, TIMESTAMP, days.get(day).schema, matching.get(days.get(day)), order, count));
    }
    String sql =
        each.size() == 1
            ? each.getFirst()
            : "SELECT * FROM (%s) %s LIMIT %d"
                .formatted(String.join(" UNION ALL ", each), order, count);
    Places found = new Places();
    try (var statement = loan.prepare(sql)) {
      parameters.bind(statement);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          found.places.add(
              new Place(
                  days.get(result.getInt(1)),
                  result.getLong(2),
                  result.getLong(3),
                  result.getLong(4)));
        }
      }
    }
    return found;
  }

  /**
   * Reads the events there, in the order of the places.
   *
   * @param matching the conditions that found them: they spare reading what lies between
   */
  List<Event> read(Database.Loan loan, Map<DayFile, String> matching, SqlParameters parameters)
      throws SQLException {
    if (places.isEmpty()) {
      return List.of();
    }
    Map<DayFile, List<Place>> byDay =
        places.stream()
            .collect(Collectors.groupingBy(Place::day, LinkedHashMap::new, Collectors.toList()));
    List<String> each = new ArrayList<>();
    byDay.forEach((day, there) ->
        each.add(
            "SELECT %s FROM %s.events WHERE %s AND %s AND %s AND %s"
                .formatted(
                    EventTable.ALL_COLUMNS,
                    day.schema,
                    RowRanges.around(there.stream().mapToLong(Place::row)).condition(),
                    between(TIMESTAMP, there.stream().mapToLong(Place::micros)),
                    between(EventTable.POSITION, there.stream().mapToLong(Place::position)),
                    matching.get(day))));
    Map<Long, Event> read = new HashMap<>();
    try (var statement = loan.prepare(String.join(" UNION ALL ", each))) {
      parameters.bind(statement);
      EventReader.read(statement, event -> read.put(event.position(), event));
    }
    return places.stream().map(place -> event(read, place)).toList();
  }

  private static String between(String column, LongStream values) {
    var bounds = values.summaryStatistics();
    return "%s BETWEEN %d AND %d".formatted(column, bounds.getMin(), bounds.getMax());
  }

  private static Event event(Map<Long, Event> read, Place place) {
    Event event = read.get(place.position);
    if (event == null) {
      throw new IllegalStateException(
          "the event at position %d is not in row %d of %s any more"
              .formatted(place.position, place.row, place.day));
    }
    return event;
  }
}
