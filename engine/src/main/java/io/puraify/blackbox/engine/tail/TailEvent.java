package io.puraify.blackbox.engine.tail;

import io.puraify.blackbox.core.Event;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An event on its way to the readers that want it. It is decoded once, and written out once, for
 * all of them. Safe for any thread.
 */
public final class TailEvent {

  private final Event event;
  private volatile byte @Nullable [] text;

  public TailEvent(Event event) {
    this.event = event;
  }

  public Event event() {
    return event;
  }

  /**
   * The event as readers get it. The array is shared and must not be changed.
   *
   * @param form how it is written out, the same for all readers; two that come at the same moment
   *     may both call it
   */
  public byte[] text(Function<Event, byte[]> form) {
    byte[] known = text;
    if (known == null) {
      known = form.apply(event);
      text = known;
    }
    return known;
  }
}
