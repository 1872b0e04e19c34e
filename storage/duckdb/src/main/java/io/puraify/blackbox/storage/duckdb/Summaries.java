package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The temporary tables of one aggregation: one with all that follows from parts, and one more for
 * each further sketch. They are in the connection's own schema, so their names need not differ from
 * those of others.
 */
final class Summaries {

  /** The series that are told apart: rank from 0, hash of the values, position of an event. */
  static final String TOP = "summary_top";

  /** The columns that {@link #readings} begin with. */
  private static final String GROUP = "rank, bucket";

  /** The rank of all that are not told apart. */
  static final int OTHER = -1;

  private final Aggregation aggregation;
  private final List<Summary> all = new ArrayList<>();
  private final Map<Sketch, Summary> sketched = new LinkedHashMap<>();
  private final Map<Measure, String> plain = new LinkedHashMap<>();

  Summaries(Aggregation aggregation) {
    this.aggregation = aggregation;
    Set<Measure> measures = new LinkedHashSet<>(aggregation.measures());
    measures.add(new Measure.Count());
    measures.add(aggregation.top().by());
    for (Measure measure : measures) {
      Sketch sketch = Sketch.of(measure);
      if (sketch != null) {
        sketched.computeIfAbsent(sketch, this::add);
      }
    }
    Summary first = all.isEmpty() ? add(null) : all.getFirst();
    first.keepWitness();
    for (Measure measure : measures) {
      if (Sketch.of(measure) == null) {
        plain.put(measure, first.keep(measure));
      }
    }
  }

  private Summary add(@Nullable Sketch sketch) {
    Summary summary = new Summary("summary_" + all.size(), aggregation, sketch);
    all.add(summary);
    return summary;
  }

  void create(Database.Loan loan) throws SQLException {
    for (Summary summary : all) {
      summary.create(loan);
    }
  }

  /** Adds what some days have, as it is at one moment. */
  void fill(Database.Loan loan, List<DayFile> days) throws SQLException {
    loan.execute("BEGIN");
    for (Summary summary : all) {
      summary.fill(loan, days);
    }
    loan.execute("COMMIT");
  }

  /** Ranks the series into the table {@link #TOP}. */
  void rank(Database.Loan loan) throws SQLException {
    String order = "ORDER BY nullif(value, 'infinity'::DOUBLE) DESC NULLS LAST, witness";
    String sql =
        """
        CREATE OR REPLACE TEMP TABLE %1$s AS \
        SELECT CAST(row_number() OVER (%2$s) - 1 AS INTEGER) AS rank, series, witness \
        FROM (SELECT * FROM (%3$s) %2$s LIMIT %4$d)\
        """
            .formatted(TOP, order, ranking(), aggregation.top().limit());
    try (var statement = loan.prepare(sql)) {
      statement.execute();
    }
  }

  private String ranking() {
    Measure by = aggregation.top().by();
    String first = all.getFirst().table();
    Sketch sketch = Sketch.of(by);
    if (sketch == null) {
      return "SELECT series, min(witness) AS witness, CAST(%s AS DOUBLE) AS value FROM %s GROUP BY series"
          .formatted(plain.get(by), first);
    }
    String values = sketch.select(table(sketch), "series", List.of(by));
    return """
    SELECT s.series, s.witness, v.value \
    FROM (SELECT series, min(witness) AS witness FROM %s GROUP BY series) s \
    LEFT JOIN (%s) v(series, value) ON s.series = v.series\
    """
        .formatted(first, values);
  }

  private String table(Sketch sketch) {
    return sketched.getOrDefault(sketch, all.getFirst()).table();
  }

  /** A query for how many series there are. */
  String series() {
    return "SELECT count(DISTINCT series) FROM " + all.getFirst().table();
  }

  /**
   * A query for some measures of each group.
   *
   * @param sql gives rank, bucket, and the measures in their order
   * @param parameters the values that it is asked with
   */
  record Reading(String sql, List<Measure> measures, SqlParameters parameters) {

    private Reading(String sql, List<Measure> measures) {
      this(sql, measures, new SqlParameters());
    }
  }

  /** Whether one row is all that is wanted, which {@link #whole} reads without any table. */
  boolean isWhole() {
    return sketched.isEmpty() && aggregation.grouping().equals(Grouping.NONE);
  }

  /**
   * The query for all measures over all events of some days; nothing where none can be wanted.
   *
   * @param days all that there are
   */
  Optional<Reading> whole(List<DayFile> days) {
    Summary summary = all.getFirst();
    return summary
        .rows(days)
        .map(rows ->
            new Reading(
                "SELECT 0 AS rank, 0 AS bucket, %s FROM (%s) HAVING count(*) > 0"
                    .formatted(values(), rows),
                List.copyOf(plain.keySet()),
                summary.parameters()));
  }

  /** The queries that together give all measures, and the count. */
  List<Reading> readings() {
    List<Reading> readings = new ArrayList<>();
    List<Measure> measures = List.copyOf(plain.keySet());
    String sql =
        "SELECT %1$s, %2$s FROM %3$s GROUP BY %1$s"
            .formatted(GROUP, values(), ranked(all.getFirst().table()));
    readings.add(new Reading(sql, measures));
    sketched.forEach((sketch, summary) -> {
      List<Measure> read =
          aggregation.measures().stream()
              .filter(measure -> sketch.equals(Sketch.of(measure)))
              .distinct()
              .toList();
      if (!read.isEmpty()) {
        readings.add(new Reading(sketch.select(ranked(summary.table()), GROUP, read), read));
      }
    });
    return readings;
  }

  /** The measures that follow from parts. */
  private String values() {
    return plain.values().stream()
        .map("CAST(%s AS DOUBLE)"::formatted)
        .collect(Collectors.joining(", "));
  }

  private static String ranked(String table) {
    return """
    (SELECT coalesce(t.rank, %d) AS rank, s.* \
    FROM %s s LEFT JOIN %s t ON s.series = t.series)\
    """
        .formatted(OTHER, table, TOP);
  }

  /** Removes the tables. */
  void drop(Database.Loan loan) throws SQLException {
    for (String table : Stream.concat(all.stream().map(Summary::table), Stream.of(TOP)).toList()) {
      loan.execute("DROP TABLE IF EXISTS temp." + table);
    }
  }
}
