package io.puraify.blackbox.server.demo;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What traffic to make up. The same options give the same bytes, on every machine.
 *
 * @param seed of everything random
 * @param start time of the first event
 * @param eventsPerSecond of the events' own time, on average over a day; above 0
 * @param wave how much busier than the average the busiest hour is, 0 (always the same) to below 1
 * @param incident that happens, or {@code null}
 */
public record TrafficOptions(
    long seed, Instant start, double eventsPerSecond, double wave, @Nullable Incident incident) {

  public TrafficOptions {
    if (!(eventsPerSecond > 0)) {
      throw new IllegalArgumentException("eventsPerSecond is above 0, not " + eventsPerSecond);
    }
    if (!(wave >= 0 && wave < 1)) {
      throw new IllegalArgumentException("wave is from 0 to below 1, not " + wave);
    }
  }

  /** Steady traffic without an incident. */
  public static TrafficOptions steady(long seed, Instant start, double eventsPerSecond) {
    return new TrafficOptions(seed, start, eventsPerSecond, 0, null);
  }
}
