package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Step;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A temporary table with a few numbers for each group of events, filled from some days at a time.
 *
 * <p>Groups are told apart by the hash of their values, which DuckDB computes once for each value
 * of a dictionary; a position leads back to the values of those groups that are shown.
 */
final class Summary {

  private static final String SERIES = "series";
  private static final String BUCKET = "bucket";
  private static final String KEY = "key";
  private static final String SKETCHED = "sketched";

  private final String table;
  private final Aggregation aggregation;
  private final @Nullable Sketch sketch;
  private final SqlParameters parameters = new SqlParameters();
  private final String condition;

  /** What is read of each event: expressions by the names that the states use. */
  private final Map<String, String> columns = new LinkedHashMap<>();

  /** What the events are grouped by: expressions over those, by the table's columns. */
  private final Map<String, String> keys;

  private final Map<String, State> states = new LinkedHashMap<>();
  private final List<FieldRef> fields = new ArrayList<>();

  /**
   * A table that is not there yet.
   *
   * @param sketch whose keys divide the groups, or {@code null}
   */
  Summary(String table, Aggregation aggregation, @Nullable Sketch sketch) {
    this.table = table;
    this.aggregation = aggregation;
    this.sketch = sketch;
    this.condition = RangeCondition.of(aggregation.range(), aggregation.filter(), parameters);
    this.keys = keys();
    add(State.EVENTS);
    if (sketch != null) {
      columns.put(SKETCHED, sketch.column(parameters));
      add(sketch.state(SKETCHED));
    }
  }

  /** What divides the events; grouping by a constant would cost as much as by a column. */
  private Map<String, String> keys() {
    Map<String, String> keys = new LinkedHashMap<>();
    List<FieldRef> by = aggregation.grouping().fields();
    if (!by.isEmpty()) {
      keys.put(SERIES, SERIES);
      columns.put(SERIES, hash(by));
    }
    Step step = aggregation.grouping().step();
    if (step != null) {
      keys.put(BUCKET, BUCKET);
      columns.put(BUCKET, bucket(step));
    }
    if (sketch != null) {
      keys.put(KEY, sketch.key(SKETCHED));
    }
    return keys;
  }

  private String hash(List<FieldRef> by) {
    if (by.size() == 1) {
      return hash(by.getFirst());
    }
    // Hashes of hashes: only of one column is it computed once for each value of a dictionary.
    return by.stream().map(this::hash).collect(Collectors.joining(", ", "hash(", ")"));
  }

  private String hash(FieldRef field) {
    return "hash(" + FieldExpression.value(field, parameters) + ")";
  }

  private static String bucket(Step step) {
    return "(%s + %d) // %d"
        .formatted(EventTable.column(Field.TIMESTAMP), Step.ORIGIN_BEFORE_EPOCH, step.micros());
  }

  private void add(State state) {
    states.put(state.name(), state);
  }

  private State kept(State state) {
    return states.computeIfAbsent(state.name(), _ -> state);
  }

  /** Has the table keep the lowest position of each group, where groups have values. */
  void keepWitness() {
    if (aggregation.grouping().fields().isEmpty()) {
      add(State.NO_WITNESS);
    } else {
      columns.put(EventTable.POSITION, EventTable.POSITION);
      add(State.WITNESS);
    }
  }

  /**
   * The aggregate over rows of this table that gives a measure, which the table keeps from now on.
   */
  String keep(Measure measure) {
    return switch (measure) {
      case Measure.Count _ -> State.EVENTS.merged();
      case Measure.ErrorRate _ -> errors() + " / " + State.EVENTS.merged();
      case Measure.Present(FieldRef field) -> present(field);
      case Measure.Sum(FieldRef field) -> sum(field);
      case Measure.Avg(FieldRef field) -> sum(field) + " / " + numbers(field);
      case Measure.Min(FieldRef field) -> extreme("min", field);
      case Measure.Max(FieldRef field) -> extreme("max", field);
      case Measure.Distinct _, Measure.Percentile _ ->
          throw new IllegalArgumentException(measure.name() + " is read from a sketch");
    };
  }

  private String errors() {
    columns.put("status", EventTable.column(Field.STATUS));
    String statuses =
        Measure.ErrorRate.STATUSES.stream()
            .map(status -> "'" + status + "'")
            .collect(Collectors.joining(", "));
    String condition = "status IN (%s)".formatted(statuses);
    String errors = "count(*) FILTER (%s)".formatted(condition);
    return kept(State.counting("errors", errors, condition)).merged();
  }

  private String present(FieldRef field) {
    String column = "value_" + place(field);
    columns.computeIfAbsent(column, _ -> FieldExpression.presence(field, parameters));
    return kept(counting("present_" + place(field), column)).merged();
  }

  private String sum(FieldRef field) {
    String name = "sum_" + place(field);
    String number = number(field);
    String ofEvents = "sum(%s)".formatted(number);
    String ofWeighted = "sum(%s * %s)".formatted(number, State.WEIGHT);
    return kept(new State(name, "DOUBLE", ofEvents, ofWeighted, "sum")).merged();
  }

  private String numbers(FieldRef field) {
    String name = "numbers_" + place(field);
    return kept(counting(name, number(field))).merged();
  }

  private static State counting(String name, String column) {
    return State.counting(name, "count(" + column + ")", column + " IS NOT NULL");
  }

  private String extreme(String function, FieldRef field) {
    String name = function + "_" + place(field);
    String ofEvents = function + "(" + number(field) + ")";
    return kept(new State(name, "DOUBLE", ofEvents, function)).merged();
  }

  private String number(FieldRef field) {
    String column = "number_" + place(field);
    columns.computeIfAbsent(column, _ -> FieldExpression.number(field, parameters));
    return column;
  }

  private int place(FieldRef field) {
    if (!fields.contains(field)) {
      fields.add(field);
    }
    return fields.indexOf(field);
  }

  /** Creates the table, empty, in place of one that an earlier aggregation left. */
  void create(Database.Loan loan) throws SQLException {
    String kept =
        states.values().stream()
            .map(state -> ", " + state.name() + " " + state.type())
            .collect(Collectors.joining());
    loan.execute(
        ("CREATE OR REPLACE TEMP TABLE %s (series UBIGINT DEFAULT 0, bucket BIGINT DEFAULT 0,"
                + " key INTEGER%s)")
            .formatted(table, kept));
  }

  /** Adds what some days have. */
  void fill(Database.Loan loan, List<DayFile> days) throws SQLException {
    String names =
        Stream.concat(keys.keySet().stream(), states.keySet().stream())
            .collect(Collectors.joining(", "));
    for (String groups : groups(days)) {
      try (var statement = loan.prepare("INSERT INTO %s (%s) %s".formatted(table, names, groups))) {
        parameters.bind(statement);
        statement.execute();
      }
    }
  }

  /**
   * What some days have, as a table would keep it.
   *
   * @return a query; nothing where no event of the days can be wanted
   */
  Optional<String> rows(List<DayFile> days) {
    List<String> groups = groups(days);
    return groups.isEmpty() ? Optional.empty() : Optional.of(String.join(" UNION ALL ", groups));
  }

  /** The values that {@link #rows} are asked with. */
  SqlParameters parameters() {
    return parameters;
  }

  /**
   * Queries for the groups of some days. Those in which an event may stand for several are counted
   * by themselves, so that all others cost nothing more.
   */
  private List<String> groups(List<DayFile> days) {
    Map<DayFile, String> plain = new LinkedHashMap<>();
    Map<DayFile, String> weighted = new LinkedHashMap<>();
    RangeCondition.forEach(days, aggregation.filter(), condition)
        .forEach((day, matching) -> (day.weighted ? weighted : plain).put(day, matching));
    List<String> groups = new ArrayList<>();
    if (!plain.isEmpty()) {
      groups.add(groups(plain, columns, State::ofEvents));
    }
    if (!weighted.isEmpty()) {
      Map<String, String> more = new LinkedHashMap<>(columns);
      more.put(State.WEIGHT, "coalesce(%s, 1)".formatted(EventTable.column(Field.COUNT)));
      groups.add(groups(weighted, more, State::ofWeighted));
    }
    return groups;
  }

  private String groups(
      Map<DayFile, String> days, Map<String, String> columns, Function<State, String> aggregate) {
    String read =
        columns.entrySet().stream()
            .map(column -> column.getValue() + " AS " + column.getKey())
            .collect(Collectors.joining(", "));
    String events =
        days.entrySet().stream()
            .map(day ->
                "SELECT %s FROM %s.events WHERE %s"
                    .formatted(read.isEmpty() ? "1" : read, day.getKey().schema, day.getValue()))
            .collect(Collectors.joining(" UNION ALL "));
    List<String> values = new ArrayList<>(keys.values());
    for (State state : states.values()) {
      values.add("%s AS %s".formatted(aggregate.apply(state), state.name()));
    }
    return "SELECT %s FROM (%s) %s HAVING count(*) > 0"
        .formatted(
            String.join(", ", values),
            events,
            keys.isEmpty() ? "" : "GROUP BY " + String.join(", ", keys.values()));
  }

  /** The table's name. */
  String table() {
    return table;
  }
}
