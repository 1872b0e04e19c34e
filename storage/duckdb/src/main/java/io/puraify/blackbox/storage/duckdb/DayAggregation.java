package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.Table;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Answers one {@link Aggregation}: fills {@link Summaries} from the days, some at a time, ranks the
 * series in them, and reads the table from them. For one thread, once.
 */
final class DayAggregation {

  private static final Measure COUNT = new Measure.Count();

  private final DayFiles files;
  private final Aggregation aggregation;
  private final Grouping grouping;
  private final Summaries summaries;

  /** The values of the series that are told apart, by rank. */
  private final NavigableMap<Integer, List<@Nullable String>> names = new TreeMap<>();

  /** The measures by rank and bucket. */
  private final Map<Integer, NavigableMap<Long, Map<Measure, Double>>> numbers = new HashMap<>();

  /** Whether some event that was read may stand for several. */
  private boolean weighted;

  DayAggregation(DayFiles files, Aggregation aggregation) {
    this.files = files;
    this.aggregation = aggregation;
    this.grouping = aggregation.grouping();
    this.summaries = new Summaries(aggregation);
  }

  Table table() throws SQLException {
    List<DayFile> days = files.within(aggregation.range());
    return summaries.isWhole() && days.size() <= DayFiles.MAX_LEASED_AT_ONCE
        ? whole(days)
        : ofGroups();
  }

  /** One statement is enough; the tables would take most of the time of a count that finds few. */
  private Table whole(List<DayFile> days) throws SQLException {
    names.put(0, List.of());
    try (var lease = files.lease(days);
        var loan = files.database().borrow()) {
      weighted = lease.files().stream().anyMatch(day -> day.weighted);
      var reading = summaries.whole(lease.files());
      if (reading.isPresent()) {
        read(loan, reading.get());
      }
    }
    return table(numbers.size());
  }

  private Table ofGroups() throws SQLException {
    try (var loan = files.database().borrow()) {
      try {
        summaries.create(loan);
        eachGroupOfDays(days -> {
          summaries.fill(loan, days);
          weighted |= days.stream().anyMatch(day -> day.weighted);
        });
        summaries.rank(loan);
        long series = count(loan, summaries.series());
        readNames(loan);
        for (Summaries.Reading reading : summaries.readings()) {
          read(loan, reading);
        }
        summaries.drop(loan);
        return table(series);
      } catch (SQLException | RuntimeException e) {
        // Its temporary tables go with it.
        loan.discard();
        throw e;
      }
    }
  }

  @FunctionalInterface
  private interface DaysTask {
    void run(List<DayFile> days) throws SQLException;
  }

  private void eachGroupOfDays(DaysTask task) throws SQLException {
    List<DayFile> days = files.within(aggregation.range());
    for (int from = 0; from < days.size(); from += DayFiles.MAX_LEASED_AT_ONCE) {
      int to = Math.min(from + DayFiles.MAX_LEASED_AT_ONCE, days.size());
      try (var lease = files.lease(days.subList(from, to))) {
        if (!lease.files().isEmpty()) {
          task.run(lease.files());
        }
      }
    }
  }

  private static long count(Database.Loan loan, String sql) throws SQLException {
    try (var statement = loan.prepare(sql);
        var result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  private void readNames(Database.Loan loan) throws SQLException {
    if (grouping.fields().isEmpty()) {
      names.put(0, List.of());
      return;
    }
    eachGroupOfDays(days -> readNames(loan, days));
    if (names.size() < count(loan, "SELECT count(*) FROM " + Summaries.TOP)) {
      throw new StoreException("a day was dropped while it was read; ask again");
    }
  }

  private void readNames(Database.Loan loan, List<DayFile> days) throws SQLException {
    int fields = grouping.fields().size();
    SqlParameters parameters = new SqlParameters();
    String texts =
        grouping.fields().stream()
            .map(field -> FieldExpression.text(field, parameters))
            .collect(Collectors.joining(", "));
    String sql =
        days.stream()
            .map(day ->
                "SELECT rank, %s FROM %s.events JOIN %s ON position = witness"
                    .formatted(texts, day.schema, Summaries.TOP))
            .collect(Collectors.joining(" UNION ALL "));
    try (var statement = loan.prepare(sql)) {
      parameters.bind(statement);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          List<@Nullable String> values = new ArrayList<>();
          for (int i = 0; i < fields; i++) {
            values.add(result.getString(i + 2));
          }
          names.put(result.getInt(1), values);
        }
      }
    }
  }

  private void read(Database.Loan loan, Summaries.Reading reading) throws SQLException {
    try (var statement = loan.prepare(reading.sql())) {
      reading.parameters().bind(statement);
      try (var result = statement.executeQuery()) {
        while (result.next()) {
          Map<Measure, Double> values =
              numbers
                  .computeIfAbsent(result.getInt(1), _ -> new TreeMap<>())
                  .computeIfAbsent(result.getLong(2), _ -> new HashMap<>());
          for (int i = 0; i < reading.measures().size(); i++) {
            double value = result.getDouble(i + 3);
            if (!result.wasNull() && Double.isFinite(value)) {
              values.put(reading.measures().get(i), value);
            }
          }
        }
      }
    }
  }

  private Table table(long series) {
    List<Table.Row> rows = new ArrayList<>();
    for (int rank : names.keySet()) {
      rows.addAll(rows(rank, names.getOrDefault(rank, List.of())));
    }
    if (rows.isEmpty() && grouping.equals(Grouping.NONE)) {
      rows.add(row(List.of(), null, Map.of()));
    }
    return new Table(
        rows,
        rows(Summaries.OTHER, List.of()),
        series,
        aggregation.measures().stream().filter(this::isApproximate).collect(Collectors.toSet()));
  }

  /** An event that stands for several has the numbers of one of them. */
  private boolean isApproximate(Measure measure) {
    return switch (measure) {
      case Measure.Percentile _, Measure.Distinct _ -> true;
      case Measure.Sum _, Measure.Avg _, Measure.Min _, Measure.Max _ -> weighted;
      case Measure.Count _, Measure.ErrorRate _, Measure.Present _ -> false;
    };
  }

  private List<Table.Row> rows(int rank, List<@Nullable String> values) {
    List<Table.Row> rows = new ArrayList<>();
    Step step = grouping.step();
    numbers
        .getOrDefault(rank, new TreeMap<>())
        .forEach((bucket, measures) -> {
          Long start = step == null ? null : bucket * step.micros() - Step.ORIGIN_BEFORE_EPOCH;
          rows.add(row(values, start, measures));
        });
    return rows;
  }

  private Table.Row row(
      List<@Nullable String> values, @Nullable Long bucket, Map<Measure, Double> measures) {
    List<@Nullable Double> numbers = new ArrayList<>();
    for (Measure measure : aggregation.measures()) {
      Double value = measures.get(measure);
      numbers.add(value == null && measure.counts() ? Double.valueOf(0) : value);
    }
    return new Table.Row(values, bucket, measures.getOrDefault(COUNT, 0.0).longValue(), numbers);
  }
}
