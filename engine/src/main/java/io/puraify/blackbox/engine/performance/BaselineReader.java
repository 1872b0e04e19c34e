package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.Baseline.Window;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Works out what is usual for the series of a project: from the same hour of the week in the last
 * weeks where a series has that much history, else from the same hour of the last days, else from
 * the last hour.
 */
final class BaselineReader {

  private static final int WEEKS = 4;
  private static final int DAYS = 7;
  private static final long MINUTES_PER_DAY = 24 * 60;

  /** The last hour is cut in windows of so many minutes. */
  private static final long RECENT_MINUTES = 5;

  private static final int RECENT_WINDOWS = 12;

  /** What began a moment ago is not to be usual already. */
  private static final long RECENT_REST = 10;

  private final RollupReader reader;

  BaselineReader(RollupReader reader) {
    this.reader = reader;
  }

  /** The baselines for a minute, by the number of their series. */
  Map<Integer, Baseline> read(int project, long minute) {
    long hour = Span.HOUR.floor(minute);
    List<Minutes> weekly = new ArrayList<>();
    for (int week = 1; week <= WEEKS; week++) {
      weekly.add(hourAt(hour - 7L * week * MINUTES_PER_DAY));
    }
    List<Minutes> daily = new ArrayList<>();
    for (int day = 1; day <= DAYS; day++) {
      daily.add(hourAt(hour - day * MINUTES_PER_DAY));
    }
    List<Minutes> recent = new ArrayList<>();
    for (int window = 1; window <= RECENT_WINDOWS; window++) {
      long from = minute - RECENT_REST - window * RECENT_MINUTES;
      recent.add(new Minutes(from, from + RECENT_MINUTES));
    }
    Map<Integer, Baseline> baselines = new HashMap<>();
    for (List<Minutes> like : List.of(weekly, daily, recent)) {
      windows(project, like)
          .forEach((series, windows) -> {
            if (!baselines.containsKey(series)) {
              Optional<Baseline> baseline = Baseline.of(windows);
              baseline.ifPresent(usual -> baselines.put(series, usual));
            }
          });
    }
    return baselines;
  }

  private static Minutes hourAt(long minute) {
    return new Minutes(minute, minute + Span.HOUR.minutes());
  }

  /** The windows in which a series has calls, by its number. */
  private Map<Integer, List<Window>> windows(int project, List<Minutes> ranges) {
    Map<Integer, List<Window>> windows = new TreeMap<>();
    for (Minutes range : ranges) {
      Map<Integer, Rollup> sums = new HashMap<>();
      reader.read(
          project,
          range,
          Span.HOUR,
          series -> series != SeriesCatalog.OTHER_SERIES,
          (start, series, rollup) -> sums.merge(series, rollup, Rollup::plus));
      sums.forEach((series, rollup) ->
          windows
              .computeIfAbsent(series, key -> new ArrayList<>())
              .add(new Window(rollup, range.length())));
    }
    return windows;
  }
}
