package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/**
 * Makes blocks of stored events, as if they had come at their own time. Not safe for several
 * threads.
 */
final class StoredBlocks {

  /** Events of one block count as of one moment; alerts are looked at once a second anyway. */
  private static final long TOGETHER_MICROS = 250_000;

  private final EventBlockBuilder builder = new EventBlockBuilder();
  private final Consumer<EventBlock> sink;
  private long first;
  private long latest;
  private long position;

  StoredBlocks(Consumer<EventBlock> sink) {
    this.sink = sink;
  }

  /**
   * Adds an event, not older than those before it, as often as it stands for one: that is how often
   * it came.
   */
  void add(Event event) {
    for (long i = 0; i < event.count(); i++) {
      addOne(event);
    }
  }

  private void addOne(Event event) {
    long at = event.timestampMicros();
    if (builder.rows() > 0
        && (at >= first + TOGETHER_MICROS || builder.rows() == EventBlock.MAX_ROWS)) {
      flush();
    }
    if (builder.rows() == 0) {
      first = at;
    }
    latest = at;
    for (Field field : Field.values()) {
      if (field != Field.COUNT) {
        builder.set(field, event);
      }
    }
    // Positions are others here, and with them the ids that were assigned.
    byte[] id = event.eventId().getBytes(StandardCharsets.UTF_8);
    builder.text(Field.EVENT_ID, id, 0, id.length);
    builder.endRow();
  }

  /** Hands over what is left. */
  void flush() {
    if (builder.rows() > 0) {
      int rows = builder.rows();
      sink.accept(new EventBlock(new Position(position), builder.seal(latest)));
      position += rows;
    }
  }
}
