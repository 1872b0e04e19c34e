package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Sample;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.duckdb.DuckDBPreparedStatement;

/**
 * Counts the events that match and reads those whose position has a low hash. Which these are
 * follows from the position, so a row that is left out costs a hash and none of its texts.
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

  /** Hands the sample over, by days and then by positions, and says how many events match. */
  long read(Consumer<Event> sink) throws SQLException {
    long matching = count();
    String picked = "TRUE";
    if (matching > sample.about()) {
      BigInteger below =
          HASHES.multiply(BigInteger.valueOf(sample.about())).divide(BigInteger.valueOf(matching));
      picked = "hash(position) < %s::UBIGINT".formatted(below);
    }
    long read = 0;
    List<DayFile> days = files.within(sample.range());
    for (int from = 0; from < days.size(); from += DayFiles.MAX_LEASED_AT_ONCE) {
      int to = Math.min(from + DayFiles.MAX_LEASED_AT_ONCE, days.size());
      read += read(days.subList(from, to), picked, sink);
    }
    // Some may have come since they were counted.
    return Math.max(matching, read);
  }

  private long count() throws SQLException {
    long matching = 0;
    List<DayFile> days = files.within(sample.range());
    for (int from = 0; from < days.size(); from += DayFiles.MAX_LEASED_AT_ONCE) {
      int to = Math.min(from + DayFiles.MAX_LEASED_AT_ONCE, days.size());
      matching += count(days.subList(from, to));
    }
    return matching;
  }

  private long count(List<DayFile> days) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String condition = condition(parameters);
    try (var lease = files.lease(days);
        var loan = files.database().borrow()) {
      if (lease.files().isEmpty()) {
        return 0;
      }
      String sql =
          "SELECT CAST(sum(matching) AS BIGINT) FROM (%s)"
              .formatted(union("count(*) AS matching", condition, lease.files()));
      try (var statement = loan.connection().prepareStatement(sql)) {
        parameters.bind(statement);
        try (var result = statement.executeQuery()) {
          result.next();
          return result.getLong(1);
        }
      }
    }
  }

  private long read(List<DayFile> days, String picked, Consumer<Event> sink) throws SQLException {
    SqlParameters parameters = new SqlParameters();
    String columns =
        EventTable.POSITION
            + fields.stream()
                .map(field -> ", " + EventTable.column(field))
                .collect(Collectors.joining());
    String condition = picked + " AND " + condition(parameters);
    long[] read = {0};
    try (var lease = files.lease(days);
        var loan = files.database().borrow()) {
      if (!lease.files().isEmpty()) {
        String sql =
            "SELECT * FROM (%s) ORDER BY position"
                .formatted(union(columns, condition, lease.files()));
        try (var statement = loan.connection().prepareStatement(sql)) {
          parameters.bind(statement);
          EventReader.read(
              statement.unwrap(DuckDBPreparedStatement.class),
              fields,
              event -> {
                sink.accept(event);
                read[0]++;
              });
        }
      }
    }
    return read[0];
  }

  private String condition(SqlParameters parameters) {
    return RangeCondition.of(sample.range(), parameters)
        + " AND "
        + SqlFilter.compile(sample.filter(), parameters);
  }

  private static String union(String columns, String condition, List<DayFile> days) {
    return days.stream()
        .map(day -> "SELECT %s FROM %s.events WHERE %s".formatted(columns, day.schema, condition))
        .collect(Collectors.joining(" UNION ALL "));
  }
}
