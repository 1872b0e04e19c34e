package io.puraify.blackbox.core;

/**
 * A place in the journal's order: the number of events before it.
 *
 * <p>The event at position <i>n</i> is the one with exactly <i>n</i> events before it. A consumer
 * whose position is <i>n</i> has applied every event below <i>n</i> and none from <i>n</i> on.
 *
 * @param value events before this place, ≥ 0
 */
public record Position(long value) implements Comparable<Position> {

  /** Before the first event. */
  public static final Position START = new Position(0);

  public Position {
    if (value < 0) {
      throw new IllegalArgumentException("a position counts events and cannot be " + value);
    }
  }

  /** The place {@code events} events further on. */
  public Position plus(long events) {
    return new Position(value + events);
  }

  @Override
  public int compareTo(Position other) {
    return Long.compare(value, other.value);
  }
}
