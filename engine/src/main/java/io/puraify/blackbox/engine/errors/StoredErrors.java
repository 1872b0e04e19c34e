package io.puraify.blackbox.engine.errors;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Folds;
import io.puraify.blackbox.core.Position;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;

/**
 * Reads stored errors, and the changes to groups among them, as the journal has had them: in its
 * order, as blocks with their positions and times of receipt. Not safe for several threads.
 */
final class StoredErrors {

  /**
   * So many positions are read at once, since a store hands over events in its own order. Should
   * all of them be errors of two kilobytes, they take 64 MiB.
   */
  private static final int SLICE = 32_768;

  private final StoredEvents store;
  private final EventBlockBuilder builder = new EventBlockBuilder();

  StoredErrors(StoredEvents store) {
    this.store = store;
  }

  /** Whether all below a position can be read. */
  boolean has(long position) {
    return store.position().value() >= position;
  }

  /**
   * Hands over what is stored of some positions.
   *
   * @param to behind the last position
   * @throws IllegalStateException where the thread is interrupted, as when the server is closed
   */
  void forEach(long from, long to, Consumer<EventBlock> sink) {
    for (long start = from; start < to; start += SLICE) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("reading stored errors was stopped at position " + start);
      }
      List<Event> slice = new ArrayList<>();
      store.scan(
          start,
          Math.min(to, start + SLICE),
          event -> {
            if (isOfGroups(event)) {
              slice.add(event);
            }
          });
      slice.sort(Comparator.comparingLong(Event::position));
      blocks(slice, sink);
    }
  }

  private static boolean isOfGroups(Event event) {
    return ErrorEvents.ISSUE_CHANGE.equals(event.text(Field.EVENT_TYPE))
        || ErrorEvents.FILTER.test(event);
  }

  /** A block has consecutive positions and one time of receipt. */
  private void blocks(List<Event> events, Consumer<EventBlock> sink) {
    int first = 0;
    for (int next = 1; next <= events.size(); next++) {
      boolean goesOn =
          next < events.size()
              && events.get(next).position() == events.get(next - 1).position() + 1
              && events.get(next).receivedAtMicros() == events.get(first).receivedAtMicros()
              && next - first < EventBlock.MAX_ROWS;
      if (!goesOn) {
        sink.accept(block(events.subList(first, next)));
        first = next;
      }
    }
  }

  /** What stands for several events does so in the block, too. */
  private EventBlock block(List<Event> events) {
    Folds folds = new Folds(events.size());
    for (int row = 0; row < events.size(); row++) {
      Event event = events.get(row);
      for (Field field : Field.values()) {
        if (field != Field.COUNT) {
          builder.set(field, event);
        }
      }
      builder.endRow();
      if (event.count() > 1) {
        folds.standFor(row, Math.toIntExact(event.count()));
      }
    }
    Event first = events.getFirst();
    EventBlock block =
        new EventBlock(new Position(first.position()), builder.seal(first.receivedAtMicros()));
    return block.with(folds);
  }
}
