package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import java.util.Arrays;
import java.util.List;

/**
 * That an event is among those for which a signed checkpoint stands. Needs nothing else to be
 * checked but the event and the public key.
 *
 * @param form the canonical form of the event
 * @param leaf number of the leaf that has it
 * @param first the position of that leaf's first event
 * @param digests of the leaf's events, in order
 * @param path from the leaf to the root
 */
public record InclusionProof(
    byte[] form,
    long position,
    long leaf,
    long first,
    List<byte[]> digests,
    List<byte[]> path,
    Checkpoint checkpoint) {

  /** The same of another event of the leaf. */
  InclusionProof of(Event event) {
    byte[] own = new EventDigest().form(event);
    return new InclusionProof(own, event.position(), leaf, first, digests, path, checkpoint);
  }

  /** Whether it proves that of this event. */
  public boolean holds(Event event, AuditPublicKey key) {
    byte[] own = Sha256.of(new EventDigest().form(event));
    long index = event.position() - first;
    if (index < 0 || index >= digests.size() || digests.size() > Leaf.MAX_EVENTS) {
      return false;
    }
    byte[] all = new byte[digests.size() * Sha256.BYTES];
    for (int i = 0; i < digests.size(); i++) {
      if (digests.get(i).length != Sha256.BYTES) {
        return false;
      }
      System.arraycopy(digests.get(i), 0, all, i * Sha256.BYTES, Sha256.BYTES);
    }
    return Arrays.equals(own, digests.get((int) index))
        && MerkleProof.included(
            Leaf.of(leaf, first, digests.size(), all).hash(),
            leaf,
            checkpoint.content().leaves(),
            path,
            checkpoint.content().root())
        && key.verifies(checkpoint.content().bytes(), checkpoint.signature());
  }
}
