package io.puraify.blackbox.engine.performance;

/**
 * Adds up rollups for one answer; the same numbers as a {@link Rollup}. Not for several threads.
 */
final class Tally {

  private long calls;
  private long errors;
  private long timeouts;
  private long retries;
  private long timed;
  private long sumMicros;
  private double minMillis = Double.POSITIVE_INFINITY;
  private double maxMillis = Double.NEGATIVE_INFINITY;
  private final Durations durations = new Durations();

  void add(Rollup rollup) {
    calls += rollup.calls();
    errors += rollup.errors();
    timeouts += rollup.timeouts();
    retries = Rollup.capped(retries, rollup.retries());
    timed += rollup.timed();
    sumMicros = Rollup.capped(sumMicros, rollup.sumMicros());
    minMillis = Math.min(minMillis, rollup.minMillis());
    maxMillis = Math.max(maxMillis, rollup.maxMillis());
    durations.add(rollup.durations());
  }

  void add(Tally other) {
    calls += other.calls;
    errors += other.errors;
    timeouts += other.timeouts;
    retries = Rollup.capped(retries, other.retries);
    timed += other.timed;
    sumMicros = Rollup.capped(sumMicros, other.sumMicros);
    minMillis = Math.min(minMillis, other.minMillis);
    maxMillis = Math.max(maxMillis, other.maxMillis);
    durations.add(other.durations);
  }

  long calls() {
    return calls;
  }

  long errors() {
    return errors;
  }

  long timeouts() {
    return timeouts;
  }

  long retries() {
    return retries;
  }

  long timed() {
    return timed;
  }

  long sumMicros() {
    return sumMicros;
  }

  double minMillis() {
    return minMillis;
  }

  double maxMillis() {
    return maxMillis;
  }

  Durations durations() {
    return durations;
  }
}
