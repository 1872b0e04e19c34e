package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Grouping;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.core.Top;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Finds the versions of engines in events, and when each came, came back, or was first seen. */
final class SeenVersions {

  /** How long before a range versions are looked for: what was there then is not new in it. */
  static final Duration LOOKBACK = Duration.ofDays(7);

  /** More versions than this of all engines in a range are hardly versions. */
  private static final int MOST = 500;

  /** A version that was silent for so long, while others were not, has come back. */
  private static final Step SILENCE = new Step(Micros.PER_DAY / 24);

  /** Versions that are seen so soon after an engine's first event were there before recording. */
  private static final long BEGINNING = 5 * 60_000_000L;

  private static final FieldRef ENGINE = new FieldRef.Known(Field.ENGINE);
  private static final FieldRef VERSION = new FieldRef.Known(Field.VERSION);

  private SeenVersions() {}

  /**
   * Versions that came in a range, the oldest first. The first version that is known of an engine
   * did not come: it was there when recording began.
   *
   * @param filter in which events they are looked for; changes themselves do not count
   */
  static List<SeenVersion> in(EventStore store, Filter filter, TimeRange range) {
    long from = Math.max(0, range.fromMicros() - LOOKBACK.toNanos() / 1_000);
    Filter versioned =
        new Filter.And(
            List.of(
                filter,
                new Filter.Exists(ENGINE),
                new Filter.Exists(VERSION),
                new Filter.Not(ChangeKind.filter(List.of(ChangeKind.values())))));
    Table table =
        store.aggregate(
            new Aggregation(
                versioned,
                new TimeRange(from, Math.max(from, range.toMicros())),
                new Grouping(List.of(ENGINE, VERSION), SILENCE),
                List.of(new Measure.Min(new FieldRef.Known(Field.TIMESTAMP))),
                Top.byCount(MOST)));
    return of(table).stream().filter(seen -> range.contains(seen.micros())).toList();
  }

  /** What a table of engines, versions and hours says. */
  static List<SeenVersion> of(Table table) {
    // By engine, hour and version: when the version was first seen in the hour.
    Map<String, Map<Long, Map<String, Long>>> engines = new TreeMap<>();
    for (Table.Row row : table.rows()) {
      String engine = row.group().getFirst();
      String version = row.group().getLast();
      Double first = row.values().getFirst();
      if (engine != null && version != null && row.bucket() != null && first != null) {
        engines
            .computeIfAbsent(engine, _ -> new TreeMap<>())
            .computeIfAbsent(row.bucket(), _ -> new TreeMap<>())
            .put(version, first.longValue());
      }
    }
    List<SeenVersion> found = new ArrayList<>();
    engines.forEach((engine, hours) -> found.addAll(arrivals(engine, hours)));
    found.sort(Comparator.comparingLong(SeenVersion::micros));
    return found;
  }

  /**
   * A version arrives when it is seen for the first time, and again when it was gone for an hour
   * and another one has arrived since: one that is rarely used does not come and go.
   */
  private static List<SeenVersion> arrivals(String engine, Map<Long, Map<String, Long>> hours) {
    List<SeenVersion> found = new ArrayList<>();
    Map<String, Long> lastHour = new HashMap<>();
    long previous = Long.MIN_VALUE;
    Map<String, Long> lastArrival = new HashMap<>();
    for (Map.Entry<Long, Map<String, Long>> each : hours.entrySet()) {
      long hour = each.getKey();
      long begin = each.getValue().values().stream().min(Long::compare).orElse(hour);
      for (Map.Entry<String, Long> version : each.getValue().entrySet()) {
        Long seen = lastHour.get(version.getKey());
        boolean there = previous == Long.MIN_VALUE && version.getValue() < begin + BEGINNING;
        boolean arrives =
            seen == null ? !there : seen < previous && came(lastArrival, version.getKey(), seen);
        if (arrives) {
          found.add(new SeenVersion(engine, version.getKey(), version.getValue()));
          lastArrival.put(version.getKey(), hour);
        }
      }
      each.getValue().keySet().forEach(version -> lastHour.put(version, hour));
      previous = hour;
    }
    return found;
  }

  /** Whether another version has arrived since an hour. */
  private static boolean came(Map<String, Long> arrivals, String version, long since) {
    return arrivals.entrySet().stream()
        .anyMatch(each -> !each.getKey().equals(version) && each.getValue() >= since);
  }
}
