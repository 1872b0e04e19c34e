package io.puraify.blackbox.engine.audit;

import java.nio.ByteBuffer;
import java.security.MessageDigest;

/**
 * Which events of one leaf were removed. Where some of its events stay, the digests of the removed
 * ones are kept, since the leaf cannot be computed again without them.
 *
 * @param leaf its number
 * @param digests empty where all its events were removed; else a bit for each event of a leaf and
 *     the digests of the removed ones in order
 */
record GapPart(long leaf, byte[] digests) {

  private static final int BITS = Leaf.MAX_EVENTS / Byte.SIZE;

  /** All events of a leaf. */
  static GapPart whole(long leaf) {
    return new GapPart(leaf, new byte[0]);
  }

  /**
   * Some events of a leaf.
   *
   * @param removed for each event of the leaf, whether it is one of them
   * @param all digests of the leaf's events, one behind the other
   */
  static GapPart of(long leaf, boolean[] removed, byte[] all) {
    byte[] bits = new byte[BITS];
    ByteBuffer digests = ByteBuffer.allocate(BITS + removed.length * Sha256.BYTES).position(BITS);
    for (int i = 0; i < removed.length; i++) {
      if (removed[i]) {
        bits[i / Byte.SIZE] |= (byte) (1 << i % Byte.SIZE);
        digests.put(all, i * Sha256.BYTES, Sha256.BYTES);
      }
    }
    digests.flip();
    digests.put(0, bits);
    byte[] bytes = new byte[digests.limit()];
    digests.get(0, bytes);
    return new GapPart(leaf, bytes);
  }

  boolean isWhole() {
    return digests.length == 0;
  }

  /** Whether it is about an event of the leaf, from 0. */
  boolean has(int event) {
    return isWhole()
        || digests.length >= BITS && (digests[event / Byte.SIZE] >> event % Byte.SIZE & 1) == 1;
  }

  /** Writes the digests that it has to where the leaf has them; false where it is damaged. */
  boolean fill(byte[] all) {
    int at = BITS;
    for (int event = 0; event < Leaf.MAX_EVENTS; event++) {
      if (has(event)) {
        if (at + Sha256.BYTES > digests.length) {
          return false;
        }
        System.arraycopy(digests, at, all, event * Sha256.BYTES, Sha256.BYTES);
        at += Sha256.BYTES;
      }
    }
    return at == digests.length;
  }

  /** Writes the digests that it has of events that are not present. */
  void fillAbsent(boolean[] present, byte[] all) {
    byte[] kept = new byte[all.length];
    if (isWhole() || !fill(kept)) {
      return;
    }
    for (int event = 0; event < present.length; event++) {
      if (!present[event] && has(event)) {
        System.arraycopy(kept, event * Sha256.BYTES, all, event * Sha256.BYTES, Sha256.BYTES);
      }
    }
  }

  /** Adds it to the hash of a record's parts. */
  void addTo(MessageDigest parts) {
    parts.update(
        ByteBuffer.allocate(Long.BYTES + Integer.BYTES)
            .putLong(leaf)
            .putInt(digests.length)
            .flip());
    parts.update(digests);
  }
}
