package io.puraify.blackbox.bench;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that is measured, in the order of the table. */
enum Work {
  NDJSON(
      "NDJSON over HTTP, fsync before the answer, until all of it can be queried",
      "events/s",
      Bar.atLeast(200_000)),
  NDJSON_ANSWERED("the same, until the last answer", "events/s"),
  REQUESTS(
      "one event a request, 64 connections, fsync before the answer",
      "requests/s",
      Bar.atLeast(25_000)),
  REQUESTS_P99("the same: p99", "ms", Bar.atMost(20)),
  ARRIVALS("requests that arrive at a fixed rate: answered", "requests/s"),
  ARRIVALS_P99("the same: p99 since they were due", "ms", Bar.atMost(20)),
  DISK("disk, settled", "bytes/event", Bar.atMost(60)),
  DISK_FRESH("disk, as soon as all can be queried", "bytes/event"),
  NEWEST_ERRORS("newest 100 of a project with status=error", "ms", Bar.atMost(15)),
  NEWEST("newest 100 of everything", "ms", Bar.atMost(10)),
  SESSION("one session's events, in order", "ms", Bar.atMost(15)),
  MISSING_TRACE("a trace id that is not there", "ms", Bar.atMost(9)),
  BY_ID("an event by its id", "ms"),
  START("start to ready, empty folder", "s", Bar.atMost(1)),
  RESTART("start to ready, all events stored", "s", Bar.atMost(2)),
  MEMORY("resident memory, the most throughout", "MiB", Bar.atMost(1_536));

  private final String title;
  private final String unit;
  private final @Nullable Bar bar;

  Work(String title, String unit) {
    this(title, unit, null);
  }

  Work(String title, String unit, @Nullable Bar bar) {
    this.title = title;
    this.unit = unit;
    this.bar = bar;
  }

  /** What stands for it in recorded results. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  String title() {
    return title;
  }

  String unit() {
    return unit;
  }

  @Nullable Bar bar() {
    return bar;
  }

  /** Whether more is better, as it is of what happens in a second. */
  boolean isRate() {
    return unit.endsWith("/s");
  }

  /**
   * One figure of several: the median; of memory the highest, since its bar is for every moment.
   */
  double of(List<Double> values) {
    return this == MEMORY ? Figures.highest(values) : Figures.median(values);
  }
}
