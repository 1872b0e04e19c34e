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
import java.util.stream.Collectors;
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
    return by.stream()
        .map(field -> FieldExpression.value(field, parameters))
        .collect(Collectors.joining(", ", "hash(", ")"));
  }

  private static String bucket(Step step) {
    return "(%s + %d) // %d"
        .formatted(EventTable.column(Field.TIMESTAMP), Step.ORIGIN_BEFORE_EPOCH, step.micros());
  }

  private void add(State state) {
    states.put(state.name(), state);
  }

  private State state(String name, String type, String ofEvents, String merging) {
    return states.computeIfAbsent(name, _ -> new State(name, type, ofEvents, merging));
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
    String errors = "count(*) FILTER (status IN (%s))".formatted(statuses);
    return state("errors", "BIGINT", errors, "sum").merged();
  }

  private String present(FieldRef field) {
    String column = "value_" + place(field);
    columns.computeIfAbsent(column, _ -> FieldExpression.presence(field, parameters));
    return state("present_" + place(field), "BIGINT", "count(" + column + ")", "sum").merged();
  }

  private String sum(FieldRef field) {
    String name = "sum_" + place(field);
    return state(name, "DOUBLE", "sum(" + number(field) + ")", "sum").merged();
  }

  private String numbers(FieldRef field) {
    String name = "numbers_" + place(field);
    return state(name, "BIGINT", "count(" + number(field) + ")", "sum").merged();
  }

  private String extreme(String function, FieldRef field) {
    String name = function + "_" + place(field);
    return state(name, "DOUBLE", function + "(" + number(field) + ")", function).merged();
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
    String read =
        columns.entrySet().stream()
            .map(column -> column.getValue() + " AS " + column.getKey())
            .collect(Collectors.joining(", "));
    String events =
        RangeCondition.forEach(days, aggregation.filter(), condition).entrySet().stream()
            .map(day ->
                "SELECT %s FROM %s.events WHERE %s"
                    .formatted(read.isEmpty() ? "1" : read, day.getKey().schema, day.getValue()))
            .collect(Collectors.joining(" UNION ALL "));
    if (events.isEmpty()) {
      return;
    }
    List<String> names = new ArrayList<>(keys.keySet());
    List<String> values = new ArrayList<>(keys.values());
    for (State state : states.values()) {
      names.add(state.name());
      values.add(state.ofEvents());
    }
    String sql =
        "INSERT INTO %s (%s) SELECT %s FROM (%s) %s HAVING count(*) > 0"
            .formatted(
                table,
                String.join(", ", names),
                String.join(", ", values),
                events,
                keys.isEmpty() ? "" : "GROUP BY " + String.join(", ", keys.values()));
    try (var statement = loan.prepare(sql)) {
      parameters.bind(statement);
      statement.execute();
    }
  }

  /** The table's name. */
  String table() {
    return table;
  }
}
