package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import io.puraify.blackbox.engine.deployments.Traffic.Part;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts calls and errors in an event store, in few questions. For one error and one thread. */
final class Observer {

  /** All others are counted together, and no change of one project explains them. */
  private static final int MOST_PARTS = 2_000;

  /** A flow that is not among those with the most errors does not explain them. */
  private static final int MOST_FLOWS = 50;

  private static final int MOST_ENGINES = 100;

  private static final FieldRef PROJECT = new FieldRef.Known(Field.PROJECT_ID);
  private static final FieldRef ENGINE = new FieldRef.Known(Field.ENGINE);
  private static final FieldRef VERSION = new FieldRef.Known(Field.VERSION);
  private static final FieldRef ENVIRONMENT = new FieldRef.Known(Field.ENVIRONMENT);
  private static final FieldRef FLOW = new FieldRef.Known(Field.FLOW_ID);
  private static final Measure FIRST = new Measure.Min(new FieldRef.Known(Field.TIMESTAMP));

  private final EventStore store;
  private final TimeRange range;
  private final Buckets buckets;
  private final long[] firstFailures;

  Observer(EventStore store, TimeRange range) {
    this.store = store;
    this.range = range;
    this.buckets = Buckets.of(range);
    this.firstFailures = new long[buckets.count()];
    Arrays.fill(firstFailures, Long.MAX_VALUE);
  }

  /**
   * Counts an error among calls.
   *
   * @param calls the {@link Population} of the error
   */
  Observation observe(Filter error, Filter calls) {
    // An error counts among the calls in which it is looked for.
    Filter failures = new Filter.And(List.of(calls, error));
    return new Observation(
        buckets.fromMicros(),
        buckets.step().micros(),
        parts(failures, calls),
        flows(failures, calls),
        engines(),
        places(),
        firstFailures);
  }

  private Places places() {
    Grouping grouping = new Grouping(List.of(PROJECT, ENGINE, VERSION), null);
    Filter calls = new Filter.Not(ChangeKind.filter(List.of(ChangeKind.values())));
    return new Places(
        ask(calls, grouping, List.of(), Top.MAX_LIMIT).rows().stream()
            .map(Table.Row::group)
            .map(group -> new Part(group.get(0), group.get(1), group.get(2), null, null))
            .toList());
  }

  private List<Traffic> parts(Filter failures, Filter calls) {
    Grouping grouping =
        new Grouping(List.of(PROJECT, ENGINE, VERSION, ENVIRONMENT), buckets.step());
    Function<List<@Nullable String>, Part> part =
        group ->
            group.isEmpty()
                ? Part.ofEngine(null)
                : new Part(group.get(0), group.get(1), group.get(2), group.get(3), null);
    Map<Part, Traffic> traffic = new LinkedHashMap<>();
    Table all = ask(calls, grouping, List.of(), MOST_PARTS);
    Set<Part> known =
        all.rows().stream().map(row -> part.apply(row.group())).collect(Collectors.toSet());
    Function<List<@Nullable String>, Part> knownPart =
        group -> {
          Part own = part.apply(group);
          return known.contains(own) ? own : Part.ofEngine(null);
        };
    add(traffic, all, knownPart, Traffic::calls);
    Table failed = ask(failures, grouping, List.of(FIRST), MOST_PARTS);
    add(traffic, failed, knownPart, Traffic::failures);
    failed.rows().forEach(this::noteFirst);
    failed.other().forEach(this::noteFirst);
    return List.copyOf(traffic.values());
  }

  private void noteFirst(Table.Row row) {
    Double first = row.values().getFirst();
    if (first != null) {
      int bucket = buckets.of(row);
      firstFailures[bucket] = Math.min(firstFailures[bucket], first.longValue());
    }
  }

  private List<Traffic> flows(Filter failures, Filter calls) {
    Grouping grouping = new Grouping(List.of(PROJECT, ENVIRONMENT, FLOW), buckets.step());
    Function<List<@Nullable String>, Part> part =
        group -> new Part(group.get(0), null, null, group.get(1), group.get(2));
    Filter inFlows = new Filter.And(List.of(failures, new Filter.Exists(FLOW)));
    Table failed = ask(inFlows, grouping, List.of(), MOST_FLOWS);
    Set<String> flows =
        failed.rows().stream()
            .map(row -> String.valueOf(row.group().getLast()))
            .collect(Collectors.toSet());
    if (flows.isEmpty()) {
      return List.of();
    }
    Map<Part, Traffic> traffic = new LinkedHashMap<>();
    failed
        .rows()
        .forEach(row ->
            traffic.computeIfAbsent(
                part.apply(row.group()), each -> Traffic.empty(each, buckets.count())));
    addRows(traffic, failed.rows(), part, Traffic::failures);
    Filter ofFlows = new Filter.And(List.of(calls, new Filter.In(FLOW, flows)));
    List<Table.Row> all =
        ask(ofFlows, grouping, List.of(), MOST_PARTS).rows().stream()
            .filter(row -> traffic.containsKey(part.apply(row.group())))
            .toList();
    addRows(traffic, all, part, Traffic::calls);
    return List.copyOf(traffic.values());
  }

  /** All calls by engine, and those that failed. */
  List<Traffic> engines() {
    Grouping grouping = new Grouping(List.of(ENGINE), buckets.step());
    Filter calls =
        new Filter.And(
            List.of(
                new Filter.Exists(ENGINE),
                new Filter.Not(ChangeKind.filter(List.of(ChangeKind.DEPLOYMENT)))));
    Filter failures = new Filter.And(List.of(calls, SuspectsRequest.FAILED));
    Function<List<@Nullable String>, Part> part =
        group -> Part.ofEngine(group.isEmpty() ? null : group.getFirst());
    Map<Part, Traffic> traffic = new LinkedHashMap<>();
    add(traffic, ask(calls, grouping, List.of(), MOST_ENGINES), part, Traffic::calls);
    add(traffic, ask(failures, grouping, List.of(), MOST_ENGINES), part, Traffic::failures);
    return List.copyOf(traffic.values());
  }

  private Table ask(Filter filter, Grouping grouping, List<Measure> measures, int series) {
    return store.aggregate(new Aggregation(filter, range, grouping, measures, Top.byCount(series)));
  }

  private void add(
      Map<Part, Traffic> traffic,
      Table table,
      Function<List<@Nullable String>, Part> part,
      Function<Traffic, long[]> counts) {
    addRows(traffic, table.rows(), part, counts);
    addRows(traffic, table.other(), part, counts);
  }

  private void addRows(
      Map<Part, Traffic> traffic,
      List<Table.Row> rows,
      Function<List<@Nullable String>, Part> part,
      Function<Traffic, long[]> counts) {
    for (Table.Row row : rows) {
      Traffic each =
          traffic.computeIfAbsent(
              part.apply(row.group()), added -> Traffic.empty(added, buckets.count()));
      counts.apply(each)[buckets.of(row)] += row.count();
    }
  }
}
