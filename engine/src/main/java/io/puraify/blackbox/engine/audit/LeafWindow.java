package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import java.util.BitSet;
import java.util.List;

/**
 * The digests of the events of some consecutive leaves, gathered in any order: a store that is
 * sorted by something else need not sort by position. For one thread.
 */
final class LeafWindow {

  private final List<Leaf> leaves;
  private final int[] starts;
  private final byte[] digests;
  private final BitSet seen;

  // Nearly always the leaf of the event before, or the next.
  private int lastLeaf;

  /**
   * @param leaves in order, at least one
   */
  LeafWindow(List<Leaf> leaves) {
    this.leaves = leaves;
    this.starts = new int[leaves.size() + 1];
    for (int i = 0; i < leaves.size(); i++) {
      starts[i + 1] = starts[i] + leaves.get(i).events();
    }
    this.digests = new byte[starts[leaves.size()] * Sha256.BYTES];
    this.seen = new BitSet(starts[leaves.size()]);
  }

  /** Behind the last position. */
  long to() {
    return leaves.getLast().end();
  }

  /** What became of an event that was put in. */
  enum Put {
    TAKEN,
    /** There is another event at its position. */
    TWICE,
    /** No leaf of these stands for its position. */
    OUTSIDE
  }

  /** Takes the digest of an event. */
  Put put(Event event, EventDigest digest) {
    int leaf = leafOf(event.position());
    if (leaf < 0) {
      return Put.OUTSIDE;
    }
    int at = starts[leaf] + (int) (event.position() - leaves.get(leaf).first());
    if (seen.get(at)) {
      return Put.TWICE;
    }
    digest.of(event, digests, at * Sha256.BYTES);
    seen.set(at);
    return Put.TAKEN;
  }

  private int leafOf(long position) {
    if (holds(lastLeaf, position)) {
      return lastLeaf;
    }
    int from = 0;
    int to = leaves.size() - 1;
    while (from <= to) {
      int middle = (from + to) >>> 1;
      Leaf leaf = leaves.get(middle);
      if (position < leaf.first()) {
        to = middle - 1;
      } else if (position >= leaf.end()) {
        from = middle + 1;
      } else {
        lastLeaf = middle;
        return middle;
      }
    }
    return -1;
  }

  private boolean holds(int leaf, long position) {
    return position >= leaves.get(leaf).first() && position < leaves.get(leaf).end();
  }

  /** For each event of a leaf, whether it was put in. */
  boolean[] present(int leaf) {
    boolean[] present = new boolean[leaves.get(leaf).events()];
    for (int i = 0; i < present.length; i++) {
      present[i] = seen.get(starts[leaf] + i);
    }
    return present;
  }

  /** The digests of a leaf, one behind the other, in an array that has room for any leaf. */
  byte[] digests(int leaf) {
    int from = starts[leaf] * Sha256.BYTES;
    int to = starts[leaf + 1] * Sha256.BYTES;
    byte[] copy = new byte[Leaf.MAX_EVENTS * Sha256.BYTES];
    System.arraycopy(digests, from, copy, 0, to - from);
    return copy;
  }
}
