package io.puraify.blackbox.engine.deployments;

import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Calls of one part of the traffic over time, and how many of them failed. Arrays are not copied:
 * whoever makes one leaves them alone.
 *
 * @param calls by bucket
 * @param failures by bucket, as many buckets
 */
record Traffic(Part part, long[] calls, long[] failures) {

  /** What the calls of a part have in common; {@code null} where they do not have it. */
  record Part(
      @Nullable String project,
      @Nullable String engine,
      @Nullable String version,
      @Nullable String environment,
      @Nullable String flow) {

    static Part ofEngine(@Nullable String engine) {
      return new Part(null, engine, null, null, null);
    }
  }

  Traffic {
    if (calls.length != failures.length) {
      throw new IllegalArgumentException("calls and failures have the same buckets");
    }
  }

  static Traffic empty(Part part, int buckets) {
    return new Traffic(part, new long[buckets], new long[buckets]);
  }

  /** All of some parts, together. */
  static Traffic sum(List<Traffic> parts) {
    int buckets = parts.isEmpty() ? 0 : parts.getFirst().calls.length;
    Traffic sum = empty(Part.ofEngine(null), buckets);
    for (Traffic each : parts) {
      for (int i = 0; i < buckets; i++) {
        sum.calls[i] += each.calls[i];
        sum.failures[i] += each.failures[i];
      }
    }
    return sum;
  }

  /** What is left without a part of it, which may be nothing at all. */
  Traffic minus(Traffic other) {
    Traffic left = new Traffic(part, calls.clone(), failures.clone());
    for (int i = 0; i < other.calls.length; i++) {
      // Events may have come between the questions.
      left.calls[i] = Math.max(0, left.calls[i] - other.calls[i]);
      left.failures[i] = Math.max(0, left.failures[i] - other.failures[i]);
    }
    return left;
  }

  /** Counts of the buckets before {@code change}, and of those from it to before {@code end}. */
  Rates rates(int change, int end) {
    return new Rates(
        sum(failures, 0, change),
        sum(calls, 0, change),
        sum(failures, change, end),
        sum(calls, change, end));
  }

  /**
   * Counts of the first and the second half of the time in which there were calls. A range may
   * begin long before them, and where nobody calls nothing fails.
   */
  Rates halves() {
    int first = 0;
    int end = calls.length;
    while (first < end && calls[first] == 0) {
      first++;
    }
    while (end > first && calls[end - 1] == 0) {
      end--;
    }
    return rates(first + (end - first) / 2, calls.length);
  }

  static long sum(long[] counts, int from, int to) {
    return from >= to ? 0 : Arrays.stream(counts, from, to).sum();
  }
}
