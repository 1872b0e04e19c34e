package io.puraify.blackbox.engine.audit;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A leaf of the tree: some consecutive events. It stands for their positions and their digests, so
 * that who has the digests of its other events can tell whether one belongs to it.
 *
 * @param number of the leaf, from 0
 * @param first the position of its first event
 * @param events how many, 1 to {@link #MAX_EVENTS}
 * @param hash of it, as RFC 6962 hashes leaves
 */
record Leaf(long number, long first, int events, byte[] hash) {

  /**
   * More would save little on disk, and each event's proof has the digests of a leaf: 8 KiB of
   * them.
   */
  static final int MAX_EVENTS = 256;

  /**
   * A leaf over digests.
   *
   * @param digests one behind the other, at least {@code events} of them
   */
  static Leaf of(long number, long first, int events, byte[] digests) {
    byte[] data =
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES + events * Sha256.BYTES)
            .putLong(first)
            .putInt(events)
            .put(digests, 0, events * Sha256.BYTES)
            .array();
    return new Leaf(number, first, events, MerkleTree.leaf(data));
  }

  /** The position behind its last event. */
  long end() {
    return first + events;
  }

  /** Whether it is the leaf over these digests. */
  boolean holds(byte[] digests) {
    return Arrays.equals(hash, of(number, first, events, digests).hash);
  }
}
