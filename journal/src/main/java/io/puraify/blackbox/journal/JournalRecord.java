package io.puraify.blackbox.journal;

/**
 * Some consecutive events, as they were appended together.
 *
 * @param first the position of the first event: the number of events before it
 * @param events how many, ≥ 1
 * @param payload what was appended; shared, must not be changed
 */
public record JournalRecord(long first, int events, byte[] payload) {

  /** The position behind the last event. */
  public long end() {
    return first + events;
  }
}
