package io.puraify.blackbox.engine.audit;

import java.util.List;

/**
 * That the tree of one checkpoint is how the tree of a later one begins: nothing before it was
 * changed in between.
 *
 * @param path as in RFC 6962, section 2.1.2
 */
public record ConsistencyProof(Checkpoint first, Checkpoint second, List<byte[]> path) {

  /** Whether it proves that. */
  public boolean holds(AuditPublicKey key) {
    return MerkleProof.consistent(
            first.content().leaves(),
            first.content().root(),
            second.content().leaves(),
            second.content().root(),
            path)
        && key.verifies(first.content().bytes(), first.signature())
        && key.verifies(second.content().bytes(), second.signature());
  }
}
