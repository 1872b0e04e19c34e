package io.puraify.blackbox.e2e;

import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** When a server dies. */
sealed interface Crash {

  /**
   * The fault points and how often each may be passed before: little enough that it comes within a
   * second or two under load.
   */
  Map<String, Integer> POINTS =
      Map.of(
          "journal.segment-created", 2,
          "journal.written", 60,
          "journal.synced", 60,
          "duckdb.inserted", 9,
          "duckdb.committed", 9,
          "duckdb.position-written", 3,
          // Once a day file, when enough has come for it, and when a server finds what has expired.
          "duckdb.compacted", 2,
          "duckdb.swapped", 2,
          // Once a second for each consumer.
          "state.applied", 1,
          "state.committed", 1);

  /** At a named moment, after it has been passed so many times. */
  record AtPoint(String name, int passes) implements Crash {}

  /** Killed so long after it was ready and senders began. */
  record UnderLoad(long millis) implements Crash {}

  /** Killed so long after its start, perhaps before it is ready. */
  record WhileStarting(long millis) implements Crash {}

  /** The names of the fault points, always in the same order. */
  static List<String> points() {
    return POINTS.keySet().stream().sorted().toList();
  }

  static Crash at(String point, RandomGenerator random) {
    return new AtPoint(point, random.nextInt(POINTS.getOrDefault(point, 0) + 1));
  }

  static Crash any(RandomGenerator random) {
    return switch (random.nextInt(4)) {
      case 0 -> new WhileStarting(random.nextLong(1_000));
      case 1 -> at(points().get(random.nextInt(POINTS.size())), random);
      default -> new UnderLoad(random.nextLong(1_500));
    };
  }
}
