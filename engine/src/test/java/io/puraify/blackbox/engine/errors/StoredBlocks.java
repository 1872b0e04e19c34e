package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Stored events in memory, the newest first: no order may be relied on. */
final class StoredBlocks implements StoredEvents {

  private final List<EventBlock> blocks = new ArrayList<>();

  static StoredBlocks of(List<EventBlock> blocks) {
    StoredBlocks stored = new StoredBlocks();
    blocks.forEach(stored::add);
    return stored;
  }

  void add(EventBlock block) {
    blocks.addFirst(block);
  }

  @Override
  public Position position() {
    return blocks.isEmpty() ? Position.START : blocks.getFirst().end();
  }

  @Override
  public void scan(long from, long to, Consumer<Event> sink) {
    for (EventBlock block : blocks) {
      for (int row = block.rows() - 1; row >= 0; row--) {
        long position = block.first().value() + row;
        if (position >= from && position < to) {
          block.stored(row).ifPresent(sink);
        }
      }
    }
  }
}
