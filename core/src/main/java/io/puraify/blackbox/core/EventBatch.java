package io.puraify.blackbox.core;

import java.util.List;

/**
 * Consecutive blocks of the journal. Immutable, safe for any thread.
 *
 * @param blocks in order, at least one, each starting where the one before ends
 */
public record EventBatch(List<EventBlock> blocks) {

  public EventBatch {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException("a batch has at least one block");
    }
    for (int i = 1; i < blocks.size(); i++) {
      if (!blocks.get(i).first().equals(blocks.get(i - 1).end())) {
        throw new IllegalArgumentException(
            "block %d starts at %s, not where the one before ends, %s"
                .formatted(i, blocks.get(i).first(), blocks.get(i - 1).end()));
      }
    }
  }

  /** The position of the first event. */
  public Position first() {
    return blocks.getFirst().first();
  }

  /** The position behind the last event. */
  public Position end() {
    return blocks.getLast().end();
  }

  /** How many events, ≥ 0. */
  public long size() {
    return end().value() - first().value();
  }
}
