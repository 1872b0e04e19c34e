package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Step;
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
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** Counts calls and errors in an event store, in few questions. For one error and one thread. */
final class Observer {

  /** So many are scanned in a blink, and show when something began. */
  private static final int MOST_BUCKETS = 240;

  private static final List<Step> STEPS =
      LongStream.of(10, 30, 60, 120, 300, 600, 900, 1_800, 3_600, 10_800)
          .mapToObj(seconds -> new Step(seconds * 1_000_000))
          .toList();

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
  private final Step step;
  private final int buckets;
  private final long[] firstFailures;

  Observer(EventStore store, TimeRange range) {
    this.store = store;
    this.range = range;
    this.step = step(range);
    this.buckets = (int) step.buckets(range);
    this.firstFailures = new long[buckets];
    Arrays.fill(firstFailures, Long.MAX_VALUE);
  }

  private static Step step(TimeRange range) {
    return STEPS.stream()
        .filter(step -> step.buckets(range) <= MOST_BUCKETS)
        .findFirst()
        .orElse(STEPS.getLast());
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
        step.floor(range.fromMicros()),
        step.micros(),
        parts(failures, calls),
        flows(failures, calls),
        engines(),
        firstFailures);
  }

  private List<Traffic> parts(Filter failures, Filter calls) {
    Grouping grouping = new Grouping(List.of(PROJECT, ENGINE, VERSION, ENVIRONMENT), step);
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
    int bucket = bucket(row);
    if (first != null && bucket >= 0) {
      firstFailures[bucket] = Math.min(firstFailures[bucket], first.longValue());
    }
  }

  private List<Traffic> flows(Filter failures, Filter calls) {
    Grouping grouping = new Grouping(List.of(PROJECT, ENVIRONMENT, FLOW), step);
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
                part.apply(row.group()), each -> Traffic.empty(each, buckets)));
    addRows(traffic, failed.rows(), part, Traffic::failures);
    Filter ofFlows = new Filter.And(List.of(calls, new Filter.In(FLOW, flows)));
    List<Table.Row> all =
        ask(ofFlows, grouping, List.of(), MOST_PARTS).rows().stream()
            .filter(row -> traffic.containsKey(part.apply(row.group())))
            .toList();
    addRows(traffic, all, part, Traffic::calls);
    return List.copyOf(traffic.values());
  }

  private List<Traffic> engines() {
    Grouping grouping = new Grouping(List.of(ENGINE), step);
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
    return store.aggregate(
        new Aggregation(filter, range, grouping, measures, Top.byCount(series)));
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
      int bucket = bucket(row);
      if (bucket >= 0) {
        Traffic each =
            traffic.computeIfAbsent(
                part.apply(row.group()), added -> Traffic.empty(added, buckets));
        counts.apply(each)[bucket] += row.count();
      }
    }
  }

  private int bucket(Table.Row row) {
    Long start = row.bucket();
    if (start == null) {
      return -1;
    }
    long bucket = (start - step.floor(range.fromMicros())) / step.micros();
    return bucket >= 0 && bucket < buckets ? (int) bucket : -1;
  }
}
