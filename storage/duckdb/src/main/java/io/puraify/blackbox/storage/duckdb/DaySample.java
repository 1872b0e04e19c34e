package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Sample;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Reads the events that match and whose position has a low hash. Which these are follows from the
 * position, so a row that is left out costs a hash and none of its texts.
 */
final class DaySample {

  /** Hashes of DuckDB are below it. */
  private static final BigInteger HASHES = BigInteger.ONE.shiftLeft(64);

  private final DayFiles files;
  private final Sample sample;
  private final List<Field> fields;

  DaySample(DayFiles files, Sample sample) {
    this.files = files;
    this.sample = sample;
    this.fields = sample.fields().stream().sorted().toList();
  }

  /** Hands the sample over, by days and then by positions. */
  void read(Consumer<Event> sink) throws SQLException {
    List<DayFile> days = files.within(sample.range());
    for (int from = 0; from < days.size(); from += DayFiles.MAX_LEASED_AT_ONCE) {
      int to = Math.min(from + DayFiles.MAX_LEASED_AT_ONCE, days.size());
      read(days.subList(from, to), sink);
    }
  }

  private void read(List<DayFile> days, Consumer<Event> sink) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String condition = picked() + " AND " + condition(parameters);
    try (var lease = files.lease(days);
        var loan = files.database().borrow()) {
      if (lease.files().isEmpty()) {
        return;
      }
      String sql =
          "SELECT * FROM (%s) ORDER BY position".formatted(union(condition, lease.files()));
      try (var statement = loan.connection().prepareStatement(sql)) {
        parameters.bind(statement);
        EventReader.read(statement.unwrap(DuckDBPreparedStatement.class), fields, sink);
      }
    }
  }

  private String picked() {
    if (sample.whole()) {
      return "TRUE";
    }
    BigInteger below =
        HASHES.multiply(BigInteger.valueOf(sample.about())).divide(BigInteger.valueOf(sample.of()));
    return "hash(position) < %s::UBIGINT".formatted(below);
  }

  private String condition(SqlParameters parameters) {
    return RangeCondition.of(sample.range(), parameters)
        + " AND "
        + SqlFilter.compile(sample.filter(), parameters);
  }

  private String union(String condition, List<DayFile> days) {
    String columns =
        Stream.concat(Stream.of(EventTable.POSITION), fields.stream().map(EventTable::column))
            .collect(Collectors.joining(", "));
    return days.stream()
        .map(day -> "SELECT %s FROM %s.events WHERE %s".formatted(columns, day.schema, condition))
        .collect(Collectors.joining(" UNION ALL "));
  }
}
