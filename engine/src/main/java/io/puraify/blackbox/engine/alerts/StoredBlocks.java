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
        set(event, field);
      }
    }
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

  private void set(Event event, Field field) {
    switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> {
        String text = field == Field.EVENT_ID ? event.eventId() : event.text(field);
        if (text != null) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          if (field.kind() == Field.Kind.LABEL) {
            var _ = builder.label(field, utf8, 0, utf8.length);
          } else {
            builder.text(field, utf8, 0, utf8.length);
          }
        }
      }
      case TIME, INTEGER -> {
        Long value = field == Field.RECEIVED_AT ? null : event.integer(field);
        if (value != null) {
          builder.integer(field, value);
        }
      }
      case DECIMAL -> {
        Double value = event.decimal(field);
        if (value != null) {
          builder.decimal(field, value);
        }
      }
    }
  }
}
