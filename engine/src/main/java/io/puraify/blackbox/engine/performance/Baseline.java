package io.puraify.blackbox.engine.performance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is usual for a series, worked out of windows of the past that resemble now. Robust: the
 * quarter of the windows with the highest rates and the quarter with the lowest are left out, and
 * how much windows differ is told by the median of their deviations. So a bad hour among them does
 * not make the next one usual.
 *
 * @param slowMillis the p95 of durations, 0 where there are none
 * @param normals one for each {@link Signal}, by its ordinal
 */
record Baseline(double slowMillis, List<Normal> normals) {

  /** With fewer there is no telling what is usual. */
  static final int FEWEST_WINDOWS = 3;

  /** Likewise; a series of fewer than a call a minute shows only together with others. */
  private static final double FEWEST_CALLS_A_MINUTE = 1;

  /** The median of chi-squared of one degree of freedom. */
  private static final double MEDIAN_CHI_SQUARED = 0.455;

  /**
   * What is usual of one signal.
   *
   * @param expected the rate, by call or by minute
   * @param ordinary the highest rate that is nothing special: two deviations above that
   * @param raised the least rate that is worth a report
   * @param dispersion how much more than chance windows vary, ≥ 1
   */
  record Normal(double expected, double ordinary, double raised, double dispersion) {}

  /** Calls of a series in some minutes. */
  record Window(Rollup rollup, long minutes) {}

  Baseline {
    normals = List.copyOf(normals);
  }

  Normal normal(Signal signal) {
    return normals.get(signal.ordinal());
  }

  /** The baseline of some windows, or nothing where they are too thin. */
  static Optional<Baseline> of(List<Window> windows) {
    double minutes = windows.stream().mapToDouble(window -> (double) window.minutes()).sum();
    double calls = windows.stream().mapToDouble(window -> (double) window.rollup().calls()).sum();
    if (windows.size() < FEWEST_WINDOWS || calls < FEWEST_CALLS_A_MINUTE * minutes) {
      return Optional.empty();
    }
    Durations durations = new Durations();
    middle(windows, Comparator.comparingDouble(Baseline::slowness))
        .forEach(window -> durations.add(window.rollup().durations()));
    Double slow = durations.percentiles(95).getFirst();
    double slowMillis = slow == null ? 0 : slow;
    return Optional.of(
        new Baseline(
            slowMillis,
            Arrays.stream(Signal.values())
                .map(signal -> normal(signal, windows, slowMillis))
                .toList()));
  }

  private static double slowness(Window window) {
    Durations durations = new Durations();
    durations.add(window.rollup().durations());
    Double slow = durations.percentiles(95).getFirst();
    return slow == null ? 0 : slow;
  }

  private static List<Window> middle(List<Window> windows, Comparator<Window> order) {
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(order);
    int away = windows.size() / 4;
    return sorted.subList(away, sorted.size() - away);
  }

  private static Normal normal(Signal signal, List<Window> windows, double slowMillis) {
    List<Window> with =
        windows.stream()
            .filter(window -> signal.exposure(window.rollup(), window.minutes()) > 0)
            .toList();
    double count = 0;
    double exposure = 0;
    for (Window window :
        middle(with, Comparator.comparingDouble(each -> rate(signal, each, slowMillis)))) {
      count += signal.count(window.rollup(), slowMillis);
      exposure += signal.exposure(window.rollup(), window.minutes());
    }
    // As if half a thing more had been seen: of nothing in a hundred calls it does not follow that
    // there never is any.
    double rate = (count + 0.5) / (exposure + 1);
    double dispersion = dispersion(signal, with, slowMillis, rate);
    double each = with.isEmpty() ? 1 : exposure / (double) with.size();
    double deviation = Math.sqrt(dispersion * variance(signal, rate) / Math.max(1, exposure));
    // What differs from window to window beyond chance does so now as well.
    double drift = Math.sqrt((dispersion - 1) * variance(signal, rate) / Math.max(1, each));
    double ordinary = rate + 2 * Math.max(deviation, drift);
    return new Normal(rate, ordinary, signal.raised(ordinary), dispersion);
  }

  private static double rate(Signal signal, Window window, double slowMillis) {
    return signal.count(window.rollup(), slowMillis)
        / signal.exposure(window.rollup(), window.minutes());
  }

  private static double variance(Signal signal, double rate) {
    return signal.isBinomial() ? rate * (1 - rate) : rate;
  }

  private static double dispersion(
      Signal signal, List<Window> windows, double slowMillis, double rate) {
    double[] squares =
        windows.stream()
            .mapToDouble(window -> {
              double exposure = signal.exposure(window.rollup(), window.minutes());
              double off = signal.count(window.rollup(), slowMillis) - rate * exposure;
              return off * off / Math.max(1e-9, exposure * variance(signal, rate));
            })
            .sorted()
            .toArray();
    double median = squares.length == 0 ? 0 : squares[squares.length / 2];
    return Math.max(signal.leastDispersion(), median / MEDIAN_CHI_SQUARED);
  }
}
