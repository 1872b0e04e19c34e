package io.puraify.blackbox.engine.forward;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.match.BlockView;
import io.puraify.blackbox.engine.match.FilterIndex;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The events of a batch that a filter means, to be gone through in pieces. Each block is looked at
 * when its turn comes. Not safe for several threads.
 */
final class Matches {

  /**
   * Some of the events.
   *
   * @param items as the destination wants them
   * @param positions of the events, one for each
   * @param end behind the last event that was looked at
   */
  record Piece(List<byte[]> items, List<Position> positions, Position end) {}

  private final EventBatch batch;
  private final FilterIndex index;
  private final BlockView view;
  private final @Nullable BitSet[] found;

  Matches(EventBatch batch, Filter filter) {
    this.batch = batch;
    this.index = new FilterIndex(List.of(filter));
    this.view = new BlockView(batch.blocks().getFirst());
    this.found = new BitSet[batch.blocks().size()];
  }

  private BitSet rows(int number) {
    BitSet rows = found[number];
    if (rows == null) {
      rows = new BitSet();
      view.read(batch.blocks().get(number));
      if (index.candidates(view).get(0)) {
        index.forEachRow(0, view, 0, rows::set);
      }
      found[number] = rows;
    }
    return rows;
  }

  /** As many events as the requests of a destination take together, from a position on. */
  Piece next(Position from, Destination destination) {
    Destination.Capacity capacity = destination.capacity();
    long most = (long) capacity.items() * capacity.requests();
    // Less than all requests together could take, so that however they are cut, they are enough.
    long mostBytes = Math.max(capacity.bytes(), capacity.bytes() * capacity.requests() / 2);
    List<byte[]> items = new ArrayList<>();
    List<Position> positions = new ArrayList<>();
    long bytes = 0;
    for (int number = 0; number < found.length; number++) {
      EventBlock block = batch.blocks().get(number);
      if (block.end().compareTo(from) <= 0) {
        continue;
      }
      BitSet rows = rows(number);
      int first = (int) Math.max(0, from.value() - block.first().value());
      for (int row = rows.nextSetBit(first); row >= 0; row = rows.nextSetBit(row + 1)) {
        Position position = block.first().plus(row);
        byte[] item = items.size() < most ? destination.item(block.event(row)) : new byte[0];
        if (items.size() == most || !items.isEmpty() && bytes + item.length > mostBytes) {
          return new Piece(items, positions, position);
        }
        items.add(item);
        positions.add(position);
        bytes += item.length;
      }
    }
    return new Piece(items, positions, batch.end());
  }

  /** The end of the first blocks from a position on that have so many bytes, or of all. */
  Position endOf(Position from, long bytes) {
    long sum = 0;
    for (EventBlock block : batch.blocks()) {
      if (block.end().compareTo(from) > 0) {
        sum += block.encoded().length;
        if (sum >= bytes) {
          return block.end();
        }
      }
    }
    return batch.end();
  }

  /** How many of the events from one position to another are meant. */
  long count(Position from, Position to) {
    long count = 0;
    for (int number = 0; number < found.length; number++) {
      EventBlock block = batch.blocks().get(number);
      int first = (int) Math.max(0, from.value() - block.first().value());
      int end = (int) Math.min(block.rows(), to.value() - block.first().value());
      if (first < end) {
        count += rows(number).get(first, end).cardinality();
      }
    }
    return count;
  }
}
