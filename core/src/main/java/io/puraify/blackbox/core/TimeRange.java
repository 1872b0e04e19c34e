package io.puraify.blackbox.core;

/**
 * A range of event times in microseconds.
 *
 * @param fromMicros the first moment inside
 * @param toMicros the first moment after it; not before {@code fromMicros}
 */
public record TimeRange(long fromMicros, long toMicros) {

  /** Every time that an event can have. */
  public static final TimeRange ALL = new TimeRange(0, Long.MAX_VALUE);

  public TimeRange {
    if (toMicros < fromMicros) {
      throw new IllegalArgumentException(
          "a range ends at or after its start, not %d before %d".formatted(toMicros, fromMicros));
    }
  }

  public boolean contains(long micros) {
    return fromMicros <= micros && micros < toMicros;
  }
}
