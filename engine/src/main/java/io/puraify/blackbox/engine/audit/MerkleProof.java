package io.puraify.blackbox.engine.audit;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Whether proofs hold, as RFC 9162, sections 2.1.3.2 and 2.1.4.2, says; they need no tree. */
final class MerkleProof {

  private MerkleProof() {}

  /**
   * Whether a path leads from a leaf to a root.
   *
   * @param leaf its number, from 0
   * @param size how many leaves the tree has
   */
  static boolean included(byte[] hash, long leaf, long size, List<byte[]> path, byte[] root) {
    if (leaf < 0 || leaf >= size) {
      return false;
    }
    long node = leaf;
    long last = size - 1;
    byte[] reached = hash;
    for (byte[] sibling : path) {
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        reached = MerkleTree.node(sibling, reached);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        reached = MerkleTree.node(reached, sibling);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(reached, root);
  }

  /** Whether the tree of {@code first} leaves is how that of {@code second} leaves begins. */
  static boolean consistent(
      long first, byte[] firstRoot, long second, byte[] secondRoot, List<byte[]> proof) {
    if (first < 0 || first > second) {
      return false;
    }
    if (first == second) {
      return proof.isEmpty() && Arrays.equals(firstRoot, secondRoot);
    }
    if (first == 0) {
      return proof.isEmpty();
    }
    Iterator<byte[]> hashes = proof.iterator();
    long node = first - 1;
    long last = second - 1;
    while ((node & 1) == 1) {
      node >>= 1;
      last >>= 1;
    }
    if (node > 0 && !hashes.hasNext()) {
      return false;
    }
    byte[] oldRoot = node == 0 ? firstRoot : hashes.next();
    byte[] newRoot = oldRoot;
    while (hashes.hasNext()) {
      byte[] hash = hashes.next();
      if (last == 0) {
        return false;
      }
      if ((node & 1) == 1 || node == last) {
        oldRoot = MerkleTree.node(hash, oldRoot);
        newRoot = MerkleTree.node(hash, newRoot);
        while ((node & 1) == 0 && node != 0) {
          node >>= 1;
          last >>= 1;
        }
      } else {
        newRoot = MerkleTree.node(newRoot, hash);
      }
      node >>= 1;
      last >>= 1;
    }
    return last == 0 && Arrays.equals(oldRoot, firstRoot) && Arrays.equals(newRoot, secondRoot);
  }
}
