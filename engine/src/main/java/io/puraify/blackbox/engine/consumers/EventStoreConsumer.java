package io.puraify.blackbox.engine.consumers;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;

/** Stores what the journal holds, so that it can be found. */
public final class EventStoreConsumer implements JournalConsumer {

  private final EventStore store;

  public EventStoreConsumer(EventStore store) {
    this.store = store;
  }

  @Override
  public String name() {
    return Consumers.EVENT_STORE;
  }

  @Override
  public Position position() {
    return store.position();
  }

  @Override
  public void apply(EventBatch batch) {
    store.append(batch);
  }
}
