package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.RollupTables.Pending;
import io.puraify.blackbox.engine.performance.RollupTables.Rows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Reads the rollups of a range in as few rows as there are: days, at the ends hours, at their ends
 * minutes; and instead of a day or an hour that is pending, what it is the sum of. All of it of one
 * moment, that of the transaction.
 */
final class RollupReader {

  private final RollupTables tables;
  private final Map<Integer, Set<Pending>> pending = new HashMap<>();

  RollupReader(RollupTables tables) {
    this.tables = tables;
    for (Pending one : tables.pending()) {
      pending.computeIfAbsent(one.project(), project -> new HashSet<>()).add(one);
    }
  }

  /** What becomes of each rollup that is read. */
  interface Sink {

    /**
     * Takes one in.
     *
     * @param start its first minute
     */
    void rollup(long start, int series, Rollup rollup);
  }

  /**
   * Reads a project's rollups in a range.
   *
   * @param longest none is of more time than that
   * @param range whose ends are {@link Minutes#within} the horizons
   * @param wanted which series; the others are passed over
   */
  void read(int project, Minutes range, Span longest, IntPredicate wanted, Sink sink) {
    rows(
        project,
        range,
        longest,
        (start, rollups) ->
            RollupCodec.read(
                rollups,
                new RollupCodec.Reader() {
                  @Override
                  public boolean wants(int series) {
                    return wanted.test(series);
                  }

                  @Override
                  public void rollup(int series, Rollup rollup) {
                    sink.rollup(start, series, rollup);
                  }
                }));
  }

  private void rows(int project, Minutes range, Span span, Rows rows) {
    if (span == Span.MINUTE || range.length() == 0) {
      tables.range(Span.MINUTE, project, range.from(), range.to(), rows);
      return;
    }
    Span shorter = span == Span.DAY ? Span.HOUR : Span.MINUTE;
    long from = span.ceil(range.from());
    long to = span.floor(range.to());
    if (from >= to) {
      rows(project, range, shorter, rows);
      return;
    }
    rows(project, new Minutes(range.from(), from), shorter, rows);
    tables.range(
        span,
        project,
        from,
        to,
        (start, rollups) -> {
          if (!isPending(span, project, start)) {
            rows.row(start, rollups);
          }
        });
    for (Pending one : pending.getOrDefault(project, Set.of())) {
      if (one.span() == span && from <= one.start() && one.start() < to) {
        Minutes parts = new Minutes(one.start(), one.start() + span.minutes());
        rows(project, parts, shorter, rows);
      }
    }
    rows(project, new Minutes(to, range.to()), shorter, rows);
  }

  private boolean isPending(Span span, int project, long start) {
    return pending.getOrDefault(project, Set.of()).contains(new Pending(span, project, start));
  }
}
