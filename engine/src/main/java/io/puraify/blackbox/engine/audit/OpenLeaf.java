package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.EventBlock;
import java.util.List;

/** The leaf that is being filled, in memory alone. For one thread. */
final class OpenLeaf {

  private final EventDigest digest;
  private final byte[] digests = new byte[Leaf.MAX_EVENTS * Sha256.BYTES];
  private long first;
  private int events;

  OpenLeaf(EventDigest digest, long first) {
    this.digest = digest;
    this.first = first;
  }

  /** The same leaf, which then goes on by itself. */
  OpenLeaf copy() {
    OpenLeaf copy = new OpenLeaf(digest, first);
    copy.events = events;
    System.arraycopy(digests, 0, copy.digests, 0, events * Sha256.BYTES);
    return copy;
  }

  /** Behind the last event that is in it. */
  long end() {
    return first + events;
  }

  boolean isEmpty() {
    return events == 0;
  }

  /**
   * Takes the rows of a block that come next; those that it has are skipped.
   *
   * @param leaves of the tree so far, to which the leaves are added that became full
   */
  void add(EventBlock block, long leaves, List<Leaf> full) {
    for (long row = end() - block.first().value(); row < block.rows(); row++) {
      digest.of(block, (int) row, digests, events * Sha256.BYTES);
      events++;
      if (events == Leaf.MAX_EVENTS) {
        full.add(close(leaves + full.size()));
      }
    }
  }

  /** Makes a leaf of what is in it, and begins the next. */
  Leaf close(long number) {
    Leaf leaf = Leaf.of(number, first, events, digests);
    first = leaf.end();
    events = 0;
    return leaf;
  }
}
