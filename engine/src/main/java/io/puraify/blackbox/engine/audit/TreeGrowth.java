package io.puraify.blackbox.engine.audit;

import java.util.ArrayList;
import java.util.List;

/**
 * The right edge of a tree that grows: all that is needed for its next root, a hash for each bit of
 * its size. For one thread.
 */
final class TreeGrowth {

  /** Told of each subtree as it becomes whole. */
  @FunctionalInterface
  interface Listener {
    void whole(int level, long index, byte[] hash);
  }

  private final List<byte[]> edge = new ArrayList<>();
  private final Listener listener;
  private long size;

  TreeGrowth(Listener listener) {
    this.listener = listener;
  }

  /** The same edge, which then goes on by itself. */
  TreeGrowth copy(Listener heard) {
    TreeGrowth copy = new TreeGrowth(heard);
    copy.edge.addAll(edge);
    copy.size = size;
    return copy;
  }

  /** The tree of the first {@code size} leaves of another. */
  static TreeGrowth at(long size, MerkleTree.Nodes nodes, Listener listener) {
    TreeGrowth growth = new TreeGrowth(listener);
    growth.size = size;
    long from = 0;
    for (int level = Long.SIZE - 2; level >= 0; level--) {
      if ((size >> level & 1) == 1) {
        growth.edge.add(nodes.hash(level, from >> level));
        from += 1L << level;
      }
    }
    return growth;
  }

  /** How many leaves, ≥ 0. */
  long size() {
    return size;
  }

  void add(byte[] leaf) {
    byte[] hash = leaf;
    int level = 0;
    long index = size;
    listener.whole(level, index, hash);
    while ((index & 1) == 1) {
      hash = MerkleTree.node(edge.removeLast(), hash);
      level++;
      index >>= 1;
      listener.whole(level, index, hash);
    }
    edge.add(hash);
    size++;
  }

  byte[] root() {
    if (edge.isEmpty()) {
      return Sha256.of(new byte[0]);
    }
    byte[] root = edge.getLast();
    for (int i = edge.size() - 2; i >= 0; i--) {
      root = MerkleTree.node(edge.get(i), root);
    }
    return root;
  }
}
