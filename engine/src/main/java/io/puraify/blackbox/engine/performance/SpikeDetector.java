package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.SeriesCatalog.Project;
import io.puraify.blackbox.engine.performance.SpikeTables.Reported;
import io.puraify.blackbox.engine.performance.SpikeTables.Stored;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at each minute when it is over, series by series, and stores the spikes that begin or end.
 * Its time is that of the journal, when events were received; events that come later than a minute
 * after theirs do not take part. For the consumer's thread.
 */
final class SpikeDetector {

  /** A minute is over when events of the next but one are received. */
  private static final long REST_MINUTES = 1;

  /** After a pause what was in it is not looked at from its beginning. */
  private static final long MOST_BEHIND = 30;

  /** What is usual changes little in that time. */
  private static final long BASELINE_MINUTES = 10;

  /** Baselines of so many projects are worked out in a minute; others are left alone until then. */
  private static final int BASELINES_A_MINUTE = 500;

  /** Chance is to be reported once in so many minutes of all that is watched: thirty days. */
  private static final double QUIET_MINUTES = 30 * 24 * 60;

  private final SeriesCatalog catalog;
  private final Map<Integer, ProjectWatch> projects = new HashMap<>();
  private long watchedTo = -1;

  /** What is known of a project: its baselines, and since when. */
  private static final class ProjectWatch {
    long readAt = -BASELINE_MINUTES;
    final Map<Integer, SeriesWatch> series = new TreeMap<>();

    boolean isDue(long minute) {
      return minute - readAt >= BASELINE_MINUTES || isOfAnotherHour(minute);
    }

    /** Whether what was usual in the hour before may not be so now. */
    boolean isOfAnotherHour(long minute) {
      return Span.HOUR.floor(readAt) != Span.HOUR.floor(minute);
    }
  }

  SpikeDetector(SeriesCatalog catalog) {
    this.catalog = catalog;
  }

  /** Forgets what is in memory and reads what is stored. */
  void load(RollupTables rollups, SpikeTables tables) {
    projects.clear();
    watchedTo = tables.watchedTo().orElse(-1L);
    for (Stored spike : tables.open()) {
      BaselineReader reader = new BaselineReader(new RollupReader(rollups));
      Baseline baseline = reader.read(spike.project(), spike.start()).get(spike.series());
      if (baseline != null) {
        projects
            .computeIfAbsent(spike.project(), key -> new ProjectWatch())
            .series
            .computeIfAbsent(spike.series(), key -> new SeriesWatch(baseline))
            .resume(spike.kind(), spike.start());
      } else {
        // What it was measured by is gone, so nobody could say when it is over.
        tables.save(
            new Stored(
                spike.project(),
                spike.series(),
                spike.kind(),
                spike.start(),
                Math.max(spike.start() + 1, watchedTo),
                spike.expected(),
                spike.observed(),
                spike.calls(),
                spike.reported()));
      }
    }
  }

  /** Looks at all minutes that are over and were not looked at yet. */
  void look(RollupTables rollups, SpikeTables tables, long now) {
    long end = now - REST_MINUTES;
    if (watchedTo >= end) {
      return;
    }
    long from = watchedTo < 0 ? end - 1 : Math.max(watchedTo, end - MOST_BEHIND);
    for (long minute = from; minute < end; minute++) {
      look(rollups, tables, new RollupReader(rollups), minute);
    }
    watchedTo = end;
    tables.watchedTo(end);
  }

  private void look(RollupTables rollups, SpikeTables tables, RollupReader reader, long minute) {
    double threshold = Math.log(QUIET_MINUTES * Signal.values().length * (1 + watched()));
    int left = BASELINES_A_MINUTE;
    for (Project project : catalog.projects()) {
      byte[] row = rollups.load(Span.MINUTE, project.number(), minute);
      ProjectWatch watch = projects.get(project.number());
      if (row == null && watch == null || project.number() == SeriesCatalog.OTHER_PROJECT) {
        continue;
      }
      if (watch == null) {
        watch = new ProjectWatch();
        projects.put(project.number(), watch);
      }
      if (watch.isDue(minute) && left-- > 0) {
        learn(watch, new BaselineReader(reader).read(project.number(), minute));
        watch.readAt = minute;
      }
      if (watch.isOfAnotherHour(minute)) {
        continue;
      }
      SortedMap<Integer, Rollup> calls = row == null ? new TreeMap<>() : RollupCodec.decode(row);
      Spikes spikes = new Spikes(tables, reader, project.number(), minute);
      watch.series.forEach((series, each) ->
          each.look(minute, calls.getOrDefault(series, Rollup.NONE), threshold, spikes.of(series)));
    }
  }

  private double watched() {
    return projects.values().stream().mapToDouble(watch -> (double) watch.series.size()).sum();
  }

  private static void learn(ProjectWatch watch, Map<Integer, Baseline> baselines) {
    watch
        .series
        .entrySet()
        .removeIf(each -> !each.getValue().isOpen() && !baselines.containsKey(each.getKey()));
    baselines.forEach((series, baseline) -> {
      SeriesWatch each = watch.series.computeIfAbsent(series, key -> new SeriesWatch(baseline));
      if (!each.isOpen()) {
        each.baseline(baseline);
      }
    });
  }

  /** Stores the spikes of a project that a minute begins or ends. */
  private record Spikes(SpikeTables tables, RollupReader reader, int project, long minute) {

    SeriesWatch.Listener of(int series) {
      return (kind, start, stop, baseline) -> save(series, kind, start, stop, baseline);
    }

    private void save(
        int series, SpikeKind kind, long start, @Nullable Long stop, Baseline baseline) {
      Minutes range = new Minutes(start, stop == null ? minute + 1 : stop);
      Tally tally = new Tally();
      reader.read(
          project,
          range,
          Span.MINUTE,
          each -> each == series,
          (at, each, rollup) -> tally.add(rollup));
      Figures figures = Figures.of(tally, 60.0 * (double) range.length());
      double observed = figures.orZero(figure(kind)) * (kind == SpikeKind.LOAD ? 60 : 1);
      tables.save(
          new Stored(
              project,
              series,
              kind,
              start,
              stop,
              expected(kind, baseline),
              observed,
              tally.calls(),
              Reported.NOTHING));
    }

    private static Figure figure(SpikeKind kind) {
      return switch (kind) {
        case LATENCY -> Figure.P95;
        case ERRORS -> Figure.ERROR_RATE;
        case TIMEOUTS -> Figure.TIMEOUT_RATE;
        case RETRIES -> Figure.RETRIES_PER_CALL;
        case LOAD -> Figure.CALLS_PER_SECOND;
      };
    }

    private static double expected(SpikeKind kind, Baseline baseline) {
      return switch (kind) {
        case LATENCY -> baseline.slowMillis();
        case ERRORS -> baseline.normal(Signal.ERRORS).expected();
        case TIMEOUTS -> baseline.normal(Signal.TIMEOUTS).expected();
        case RETRIES -> baseline.normal(Signal.RETRIES).expected();
        case LOAD -> baseline.normal(Signal.LOAD).expected();
      };
    }
  }
}
