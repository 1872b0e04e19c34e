package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Makes blocks of stored events, in which those of a moment lie together. Not safe for several
 * threads.
 */
final class StoredBlocks {

  /** Whoever takes the blocks. */
  @FunctionalInterface
  interface Sink {

    /**
     * Takes a block.
     *
     * @param ends behind the last row of each moment
     */
    void take(EventBlock block, int[] ends);
  }

  /** Events of one moment are looked at together; what changes by time is once a second anyway. */
  private static final long TOGETHER_MICROS = 250_000;

  private final EventBlockBuilder builder = new EventBlockBuilder();
  private final List<Field> fields;
  private final Sink sink;
  private final int[] ends = new int[EventBlock.MAX_ROWS];
  private int moments;
  private long first;
  private long latest;
  private long position;

  /** Keeps these fields of events, besides their ids; the time is to be among them. */
  StoredBlocks(Set<Field> fields, Sink sink) {
    // An id that was assigned is given here, since positions are others.
    this.fields =
        fields.stream().filter(it -> it != Field.COUNT && it != Field.EVENT_ID).sorted().toList();
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
    if (builder.rows() == EventBlock.MAX_ROWS) {
      flush();
    }
    if (builder.rows() > 0 && at >= first + TOGETHER_MICROS) {
      ends[moments++] = builder.rows();
      first = at;
    }
    if (builder.rows() == 0) {
      first = at;
    }
    latest = at;
    for (Field field : fields) {
      builder.set(field, event);
    }
    byte[] id = event.eventId().getBytes(StandardCharsets.UTF_8);
    builder.text(Field.EVENT_ID, id, 0, id.length);
    builder.endRow();
  }

  /** Hands over what is left. */
  void flush() {
    if (builder.rows() > 0) {
      int rows = builder.rows();
      ends[moments++] = rows;
      int[] ofMoments = Arrays.copyOf(ends, moments);
      moments = 0;
      sink.take(new EventBlock(new Position(position), builder.seal(latest)), ofMoments);
      position += rows;
    }
  }
}
