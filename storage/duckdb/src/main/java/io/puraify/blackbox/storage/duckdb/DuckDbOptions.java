package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Removals;
import io.puraify.blackbox.core.Retention;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * How a {@link DuckDbEventStore} works.
 *
 * @param folder holds the day files and nothing else; created where it is not there
 * @param retention how long events are kept
 * @param threads that DuckDB uses for queries and loading, ≥ 1
 * @param memoryLimit of DuckDB's own memory, outside of the Java heap, such as {@code 512MiB}
 * @param compactFrom a day that is over is rewritten when at least so many of its events are not
 *     sorted, ≥ 1
 * @param rest how long no large batch may have come for a day before it is rewritten: one that is
 *     being filled would have to be sorted again; ≥ 0
 * @param removals told of events before they are removed because of their age
 * @param faultPoint told the names of moments at which a crash is interesting; does nothing except
 *     in crash tests
 */
public record DuckDbOptions(
    Path folder,
    Retention retention,
    int threads,
    String memoryLimit,
    int compactFrom,
    Duration rest,
    Removals removals,
    Consumer<String> faultPoint) {

  /** With less than a row group there is nothing that sorting lets a query leave out. */
  private static final int COMPACT_FROM = PendingRows.ROW_GROUP;

  public DuckDbOptions {
    if (compactFrom < 1) {
      throw new IllegalArgumentException("duckdb.compact-from is at least 1, not " + compactFrom);
    }
    if (rest.isNegative()) {
      throw new IllegalArgumentException("duckdb.rest is not negative, as is " + rest);
    }
    if (threads < 1) {
      throw new IllegalArgumentException("duckdb.threads is at least 1, not " + threads);
    }
  }

  /** Keeps everything, with as many threads as there are processors and 512 MiB. */
  public static DuckDbOptions of(Path folder) {
    int threads = Runtime.getRuntime().availableProcessors();
    return new DuckDbOptions(
        folder,
        Retention.ALL,
        threads,
        "512MiB",
        COMPACT_FROM,
        Duration.ZERO,
        Removals.UNNOTICED,
        name -> {});
  }

  public DuckDbOptions withRetention(Retention retention) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withThreads(int threads) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withMemoryLimit(String memoryLimit) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withCompactFrom(int compactFrom) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withRest(Duration rest) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withRemovals(Removals removals) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }

  public DuckDbOptions withFaultPoint(Consumer<String> faultPoint) {
    return new DuckDbOptions(
        folder, retention, threads, memoryLimit, compactFrom, rest, removals, faultPoint);
  }
}
