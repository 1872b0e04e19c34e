package io.puraify.blackbox.bench;

import static io.puraify.blackbox.bench.Bar.Direction.AT_LEAST;
import static io.puraify.blackbox.bench.Bar.Direction.AT_MOST;

import io.puraify.blackbox.bench.Bar.Direction;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Everything that is measured, in the order of the table. */
enum Work {
  NDJSON(
      "NDJSON over HTTP, fsync before the answer, until all of it can be queried",
      "events/s",
      AT_LEAST,
      200_000),
  NDJSON_ANSWERED("the same, until the last answer", "events/s"),
  CONSUMERS(
      "grouping errors and watching the performance, of the processors' time until then",
      "%",
      AT_MOST,
      15),
  CONSUMERS_ALL("the same, with what they catch up on afterwards", "%"),
  REQUESTS(
      "one event a request, 64 connections, fsync before the answer",
      "requests/s",
      AT_LEAST,
      25_000),
  REQUESTS_P99("the same: p99", "ms", AT_MOST, 20),
  ARRIVALS("requests that arrive at a fixed rate: answered", "requests/s"),
  ARRIVALS_P99("the same: p99 since they were due", "ms", AT_MOST, 20),
  DISK("disk, settled", "bytes/event", AT_MOST, 60),
  DISK_FRESH("disk, as soon as all can be queried", "bytes/event"),
  DISK_ALL("disk, settled, with the journal and all the rest", "bytes/event"),
  NEWEST_ERRORS("newest 100 of a project with status=error", "ms", AT_MOST, 15),
  NEWEST("newest 100 of everything", "ms", AT_MOST, 10),
  HISTOGRAM("count by minute and status", "ms", AT_MOST, 100),
  PERCENTILES("p50/p95/p99 of the duration by engine and platform", "ms", AT_MOST, 100),
  RARE_WORD("count of a rare word, any case", "ms", AT_MOST, 100),
  SESSION("one session's events, in order", "ms", AT_MOST, 15),
  MISSING_TRACE("a trace id that is not there", "ms", AT_MOST, 9),
  TOP_USERS("top ten users among errors", "ms", AT_MOST, 70),
  BY_ID("an event by its id", "ms"),
  START("start to ready, empty folder", "s", AT_MOST, 1),
  RESTART("start to ready, all events stored", "s", AT_MOST, 2),
  MEMORY("resident memory, the most throughout", "MiB", AT_MOST, 1_536);

  private final String title;
  private final String unit;
  private final @Nullable Direction direction;
  private final double limit;

  Work(String title, String unit) {
    this(title, unit, null, 0);
  }

  Work(String title, String unit, @Nullable Direction direction, double limit) {
    this.title = title;
    this.unit = unit;
    this.direction = direction;
    this.limit = limit;
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

  /** What it should reach, where something is agreed. */
  @Nullable Bar bar() {
    return direction == null ? null : new Bar(direction, limit);
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
