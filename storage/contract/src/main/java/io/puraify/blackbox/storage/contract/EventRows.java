package io.puraify.blackbox.storage.contract;

import io.puraify.blackbox.core.AssignedId;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes of single events the batches that stores are given. */
public final class EventRows {

  private EventRows() {}

  /**
   * A batch of events.
   *
   * @param events with consecutive positions, at least one
   * @param blockRows at most so many events a block; events of one block share their time of
   *     receipt
   */
  public static EventBatch batch(List<Event> events, int blockRows) {
    List<EventBlock> blocks = new ArrayList<>();
    int from = 0;
    while (from < events.size()) {
      int to = from + 1;
      while (to < events.size() && to - from < blockRows && together(events, from, to)) {
        to++;
      }
      blocks.add(block(events.subList(from, to)));
      from = to;
    }
    return new EventBatch(blocks);
  }

  /** A batch of events in as few blocks as possible. */
  public static EventBatch batch(List<Event> events) {
    return batch(events, EventBlock.MAX_ROWS);
  }

  private static boolean together(List<Event> events, int one, int other) {
    return events.get(one).receivedAtMicros() == events.get(other).receivedAtMicros();
  }

  private static EventBlock block(List<Event> events) {
    EventBlockBuilder builder = new EventBlockBuilder();
    Folds folds = new Folds(events.size());
    for (Event event : events) {
      if (event.count() > 1) {
        folds.standFor(builder.rows(), Math.toIntExact(event.count()));
      }
      for (Field field : Field.values()) {
        if (field != Field.COUNT) {
          set(builder, event, field);
        }
      }
      builder.endRow();
    }
    Event first = events.getFirst();
    return new EventBlock(new Position(first.position()), builder.seal(first.receivedAtMicros()))
        .with(folds);
  }

  private static @Nullable String givenId(Event event) {
    String assigned = AssignedId.of(event.receivedAtMicros(), event.position());
    return event.eventId().equals(assigned) ? null : event.eventId();
  }

  private static void set(EventBlockBuilder builder, Event event, Field field) {
    switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> {
        String text = field == Field.EVENT_ID ? givenId(event) : event.text(field);
        if (text != null) {
          byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
          if (field.kind() == Field.Kind.LABEL) {
            builder.label(field, utf8, 0, utf8.length);
          } else {
            builder.text(field, utf8, 0, utf8.length);
          }
        }
      }
      case TIME, INTEGER -> {
        Long value = event.integer(field);
        if (value != null && field != Field.RECEIVED_AT) {
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
