package io.puraify.blackbox.engine.audit;

import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;

/**
 * The Merkle tree of RFC 6962, section 2.1, over leaves whose hashes are given: roots and proofs of
 * any of its sizes. Safe for any thread where {@code nodes} is.
 *
 * @param nodes the hashes of whole subtrees
 */
record MerkleTree(Nodes nodes) {

  /** Where the hashes are that do not change any more as the tree grows. */
  @FunctionalInterface
  interface Nodes {

    /**
     * The hash of the subtree over the leaves from {@code index << level} to {@code (index + 1) <<
     * level}, all of which are there.
     */
    byte[] hash(int level, long index);
  }

  /** The hash of a node over two others. */
  static byte[] node(byte[] left, byte[] right) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 1);
    digest.update(left);
    return digest.digest(right);
  }

  /** The hash of a leaf over what it stands for. */
  static byte[] leaf(byte[] data) {
    MessageDigest digest = Sha256.digest();
    digest.update((byte) 0);
    return digest.digest(data);
  }

  /** The hash of the tree of the first {@code size} leaves. */
  byte[] root(long size) {
    return size == 0 ? Sha256.of(new byte[0]) : hash(0, size);
  }

  /** The hash over the leaves from one on up to another; {@code from} is where a subtree begins. */
  private byte[] hash(long from, long to) {
    long count = to - from;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return nodes.hash(level, from >> level);
    }
    long split = from + Long.highestOneBit(count);
    return node(hash(from, split), hash(split, to));
  }

  /** The path from a leaf to the root of the tree of the first {@code size} leaves. */
  List<byte[]> inclusion(long leaf, long size) {
    requireInside(leaf, size);
    List<byte[]> path = new ArrayList<>();
    inclusion(leaf, 0, size, path);
    return path;
  }

  private void inclusion(long leaf, long from, long to, List<byte[]> path) {
    if (to - from == 1) {
      return;
    }
    long split = split(from, to);
    if (leaf < split) {
      inclusion(leaf, from, split, path);
      path.add(hash(split, to));
    } else {
      inclusion(leaf, split, to, path);
      path.add(hash(from, split));
    }
  }

  /** What shows that the tree of {@code first} leaves is how that of {@code second} begins. */
  List<byte[]> consistency(long first, long second) {
    if (first < 0 || first > second) {
      throw new IllegalArgumentException(
          "a tree of %d leaves is not how one of %d begins".formatted(first, second));
    }
    List<byte[]> proof = new ArrayList<>();
    if (first > 0 && first < second) {
      consistency(first, 0, second, true, proof);
    }
    return proof;
  }

  private void consistency(long first, long from, long to, boolean whole, List<byte[]> proof) {
    if (first == to) {
      if (!whole) {
        proof.add(hash(from, to));
      }
      return;
    }
    long split = split(from, to);
    if (first <= split) {
      consistency(first, from, split, whole, proof);
      proof.add(hash(split, to));
    } else {
      consistency(first, split, to, false, proof);
      proof.add(hash(from, split));
    }
  }

  /** Where the left subtree ends: it has the largest power of two leaves that leaves some over. */
  private static long split(long from, long to) {
    return from + Long.highestOneBit(to - from - 1);
  }

  private static void requireInside(long leaf, long size) {
    if (leaf < 0 || leaf >= size) {
      throw new IllegalArgumentException("leaf %d is not among %d".formatted(leaf, size));
    }
  }
}
