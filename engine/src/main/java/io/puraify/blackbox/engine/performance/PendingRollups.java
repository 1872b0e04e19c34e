package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.engine.performance.RollupTables.Pending;
import io.puraify.blackbox.engine.performance.RollupTables.Row;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * Works out the rollups of hours and days when nothing more is expected of them. Known in memory as
 * well as in the table, so that a batch writes down only what is new. For the consumer's thread.
 */
final class PendingRollups {

  /** So long after its end an hour or a day is left alone: most late events have come by then. */
  private static final long REST_MINUTES = 5;

  /** How many are worked out in one transaction, so that none takes long… */
  private static final int MOST_AT_ONCE = 200;

  /** …unless more than that wait, as when a year of old events comes in: they take memory. */
  private static final int MOST_PENDING = 50_000;

  private final Set<Pending> pending = new HashSet<>();

  /** Reads what is stored. */
  void load(RollupTables tables) {
    pending.clear();
    pending.addAll(tables.pending());
  }

  /** Takes note that rollups inside an hour have changed. */
  void hourChanged(RollupTables tables, int project, long minute) {
    add(tables, new Pending(Span.HOUR, project, Span.HOUR.floor(minute)));
    dayChanged(tables, project, minute);
  }

  /** Takes note that the rollup of an hour was changed itself. */
  void dayChanged(RollupTables tables, int project, long minute) {
    add(tables, new Pending(Span.DAY, project, Span.DAY.floor(minute)));
  }

  private void add(RollupTables tables, Pending one) {
    if (pending.add(one)) {
      tables.addPending(one);
    }
  }

  boolean isPending(Span span, int project, long start) {
    return pending.contains(new Pending(span, project, start));
  }

  /**
   * Works out what is over.
   *
   * @param now in minutes since the epoch
   * @param busy what has just been changed, and most likely will be again
   */
  void settle(RollupTables tables, long now, Predicate<Pending> busy) {
    List<Pending> over =
        pending.stream()
            .filter(one -> one.start() + one.span().minutes() + REST_MINUTES <= now)
            .filter(one -> !busy.test(one))
            // Hours first; a day waits until none of its hours is pending.
            .sorted((a, b) -> Integer.compare(a.span().minutes(), b.span().minutes()))
            .limit(Math.max(MOST_AT_ONCE, pending.size() - MOST_PENDING))
            .toList();
    settle(tables, over);
  }

  /** Works out all hours before a minute: their minutes are about to be forgotten. */
  void settleHours(RollupTables tables, long before) {
    settle(
        tables,
        pending.stream().filter(one -> one.span() == Span.HOUR && one.start() < before).toList());
  }

  /** Works out one hour if it is pending. */
  void settleHour(RollupTables tables, int project, long hour) {
    Pending one = new Pending(Span.HOUR, project, hour);
    if (pending.contains(one)) {
      settle(tables, List.of(one));
    }
  }

  private void settle(RollupTables tables, Collection<Pending> over) {
    for (Pending one : over) {
      if (one.span() == Span.HOUR || !hasPendingHour(one)) {
        sum(tables, one);
        tables.removePending(one);
        pending.remove(one);
      }
    }
  }

  private boolean hasPendingHour(Pending day) {
    for (long hour = day.start();
        hour < day.start() + Span.DAY.minutes();
        hour += Span.HOUR.minutes()) {
      if (isPending(Span.HOUR, day.project(), hour)) {
        return true;
      }
    }
    return false;
  }

  private static void sum(RollupTables tables, Pending one) {
    Span parts = one.span() == Span.DAY ? Span.HOUR : Span.MINUTE;
    SortedMap<Integer, Rollup> sum = new TreeMap<>();
    long end = one.start() + one.span().minutes();
    for (Row row : tables.range(parts, one.project(), one.start(), end)) {
      RollupCodec.decode(row.rollups())
          .forEach((series, rollup) -> sum.merge(series, rollup, Rollup::plus));
    }
    sum.replaceAll((series, rollup) -> rollup.summary());
    if (!sum.isEmpty()) {
      tables.save(one.span(), one.project(), one.start(), RollupCodec.encode(sum));
    }
  }
}
