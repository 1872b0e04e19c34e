package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.Event;

/**
 * Names an event of a stream, so that a reader that was cut off can go on behind it.
 *
 * @param receivedAtMicros when it was received, in microseconds since the epoch
 * @param position its place in the journal's order
 */
public record TailId(long receivedAtMicros, long position) {

  public static TailId of(Event event) {
    return new TailId(event.receivedAtMicros(), event.position());
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws FilterSyntaxException where the text is something else
   */
  static TailId parse(String text) {
    if (!text.matches("[0-9]{1,18}-[0-9]{1,18}")) {
      throw new FilterSyntaxException(
          "'%s' is no id of an event in a stream; send one as it came, or none".formatted(text));
    }
    int dash = text.indexOf('-');
    return new TailId(
        Long.parseLong(text.substring(0, dash)), Long.parseLong(text.substring(dash + 1)));
  }

  @Override
  public String toString() {
    return receivedAtMicros + "-" + position;
  }
}
