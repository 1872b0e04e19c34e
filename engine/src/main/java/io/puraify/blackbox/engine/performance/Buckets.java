package io.puraify.blackbox.engine.performance;

import io.puraify.blackbox.core.Step;
import io.puraify.blackbox.engine.query.StepChoice;
import java.util.List;
import java.util.stream.LongStream;

/**
 * A range cut into buckets.
 *
 * @param first where the first begins, in microseconds
 */
record Buckets(Minutes range, Step step, long first, int count) {

  static Buckets of(Minutes range, Step step) {
    long first = step.floor(range.range().fromMicros());
    return new Buckets(range, step, first, (int) step.buckets(range.range()));
  }

  /** The longest rollups that lie in one bucket. */
  Span longest() {
    Span longest = Span.MINUTE;
    for (Span span : Span.values()) {
      if (step.micros() % (span.minutes() * Span.MICROS_PER_MINUTE) == 0) {
        longest = span;
      }
    }
    return longest;
  }

  /** The bucket of a rollup that begins at a minute of the range. */
  int number(long start) {
    return (int) ((start * Span.MICROS_PER_MINUTE - first) / step.micros());
  }

  /** Where each begins, in microseconds. */
  List<Long> starts() {
    return LongStream.range(0, count)
        .map(number -> first + number * step.micros())
        .boxed()
        .toList();
  }

  /** How much of the range a bucket has, in seconds. */
  double seconds(int number) {
    long from = Math.max(first + number * step.micros(), range.range().fromMicros());
    long to = Math.min(first + (number + 1L) * step.micros(), range.range().toMicros());
    return (double) (to - from) / 1e6;
  }

  String name() {
    return StepChoice.format(step);
  }
}
