package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Sample;
import java.math.BigInteger;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

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
    String condition = RangeCondition.of(sample.range(), sample.filter(), parameters);
    try (var lease = files.lease(days);
        var loan = files.database().borrow()) {
      Map<DayFile, String> matching =
          RangeCondition.forEach(lease.files(), sample.filter(), condition);
      if (matching.isEmpty()) {
        return;
      }
      try (var statement =
          loan.prepareOrdered("SELECT * FROM (%s) ORDER BY position".formatted(union(matching)))) {
        parameters.bind(statement);
        EventReader.read(statement, fields, sink);
      }
    }
  }

  private String picked(DayFile day) {
    if (sample.whole()) {
      return "TRUE";
    }
    if (day.weighted) {
      return "hash(position)::DOUBLE < %s::DOUBLE * coalesce(%s, 1)"
          .formatted(
              HASHES.doubleValue() * sample.about() / sample.of(), EventTable.column(Field.COUNT));
    }
    BigInteger below =
        HASHES.multiply(BigInteger.valueOf(sample.about())).divide(BigInteger.valueOf(sample.of()));
    return "hash(position) < %s::UBIGINT".formatted(below);
  }

  private String union(Map<DayFile, String> matching) {
    String columns =
        Stream.concat(Stream.of(EventTable.POSITION), fields.stream().map(EventTable::column))
            .collect(Collectors.joining(", "));
    return matching.entrySet().stream()
        .map(day ->
            "SELECT %s FROM %s.events WHERE %s AND %s"
                .formatted(columns, day.getKey().schema, picked(day.getKey()), day.getValue()))
        .collect(Collectors.joining(" UNION ALL "));
  }
}
