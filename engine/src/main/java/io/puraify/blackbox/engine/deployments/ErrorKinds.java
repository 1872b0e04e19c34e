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
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Observes all kinds of errors around a change at once: an error type of an engine on a platform is
 * a kind. For one change and one thread.
 */
final class ErrorKinds {

  /** Those with the most errors; behind them there is hardly one that matters. */
  private static final int MOST = 50;

  private static final int MOST_SERIES = 500;

  private static final FieldRef ENGINE = new FieldRef.Known(Field.ENGINE);
  private static final FieldRef PLATFORM = new FieldRef.Known(Field.PLATFORM);
  private static final FieldRef ERROR_TYPE = new FieldRef.Known(Field.ERROR_TYPE);
  private static final FieldRef VERSION = new FieldRef.Known(Field.VERSION);
  private static final Measure FIRST = new Measure.Min(new FieldRef.Known(Field.TIMESTAMP));

  /** Errors of one type; {@code null} where events do not say it. */
  record Kind(@Nullable String engine, @Nullable String platform, @Nullable String errorType) {}

  /** A kind with what was observed of it. */
  record Observed(Kind kind, Observation observation) {}

  private final EventStore store;
  private final Filter within;
  private final TimeRange range;
  private final Buckets buckets;

  /**
   * Begins to observe.
   *
   * @param within in which events errors are looked for
   */
  ErrorKinds(EventStore store, Filter within, TimeRange range) {
    this.store = store;
    this.within = within;
    this.range = range;
    this.buckets = Buckets.of(range);
  }

  /** The kinds with the most errors first. */
  List<Observed> observe() {
    Filter calls =
        new Filter.And(
            List.of(within, new Filter.Not(ChangeKind.filter(List.of(ChangeKind.values())))));
    Filter failures = new Filter.And(List.of(calls, SuspectsRequest.FAILED));
    List<Table.Row> all = ask(calls, List.of(ENGINE, PLATFORM, VERSION), List.of());
    List<Table.Row> failed =
        ask(failures, List.of(ENGINE, PLATFORM, ERROR_TYPE, VERSION), List.of(FIRST));
    Map<Kind, Long> counts = new LinkedHashMap<>();
    failed.forEach(row -> counts.merge(kind(row), row.count(), Long::sum));
    List<Traffic> engines = new Observer(store, range).engines();
    return counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .limit(MOST)
        .map(each -> observed(each.getKey(), all, failed, engines))
        .toList();
  }

  private static Kind kind(Table.Row row) {
    return new Kind(row.group().get(0), row.group().get(1), row.group().get(2));
  }

  private List<Table.Row> ask(Filter filter, List<FieldRef> fields, List<Measure> measures) {
    return store
        .aggregate(
            new Aggregation(
                filter,
                range,
                new Grouping(fields, buckets.step()),
                measures,
                Top.byCount(MOST_SERIES)))
        .rows();
  }

  private Observed observed(
      Kind kind, List<Table.Row> all, List<Table.Row> failed, List<Traffic> engines) {
    Map<Part, Traffic> traffic = new LinkedHashMap<>();
    long[] first = new long[buckets.count()];
    Arrays.fill(first, Long.MAX_VALUE);
    for (Table.Row row : all) {
      if (Objects.equals(row.group().get(0), kind.engine())
          && Objects.equals(row.group().get(1), kind.platform())) {
        of(traffic, kind, row.group().get(2)).calls()[buckets.of(row)] += row.count();
      }
    }
    for (Table.Row row : failed) {
      if (kind(row).equals(kind)) {
        int bucket = buckets.of(row);
        of(traffic, kind, row.group().get(3)).failures()[bucket] += row.count();
        Double micros = row.values().getFirst();
        if (micros != null) {
          first[bucket] = Math.min(first[bucket], micros.longValue());
        }
      }
    }
    return new Observed(
        kind,
        new Observation(
            buckets.fromMicros(),
            buckets.step().micros(),
            List.copyOf(traffic.values()),
            List.of(),
            engines,
            new Places(List.of()),
            first));
  }

  private Traffic of(Map<Part, Traffic> traffic, Kind kind, @Nullable String version) {
    return traffic.computeIfAbsent(
        new Part(null, kind.engine(), version, null, null),
        part -> Traffic.empty(part, buckets.count()));
  }
}
