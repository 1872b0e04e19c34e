package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Position;
import java.util.function.Consumer;

/** What of an event store it takes to put stored errors into groups anew. */
public interface StoredEvents {

  /** Every event below it can be read. */
  Position position();

  /** Hands over the events of some positions, in any order; {@code to} is behind the last. */
  void scan(long from, long to, Consumer<Event> sink);

  /** Those of a store. */
  static StoredEvents of(EventStore store) {
    return new StoredEvents() {
      @Override
      public Position position() {
        return store.position();
      }

      @Override
      public void scan(long from, long to, Consumer<Event> sink) {
        store.scan(from, to, sink);
      }
    };
  }
}
