package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Micros;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * What the tree was at a moment, signed. Each names the one before it by its hash, so that none can
 * be taken out or replaced.
 *
 * @param content what is signed
 * @param signature Ed25519, of the content's text
 */
public record Checkpoint(Content content, byte[] signature) {

  /** What the one before the first is called. */
  static final byte[] NONE = new byte[Sha256.BYTES];

  /**
   * What a checkpoint says.
   *
   * @param number of the checkpoint, from 0
   * @param leaves how many the tree has
   * @param position behind the last event that a leaf stands for
   * @param root of the tree
   * @param micros when it was made, in microseconds since the epoch
   * @param gaps how many gap records there are
   * @param lastGap the hash of the last of them; zeros where there is none
   * @param previous the hash of the checkpoint before; zeros for the first
   */
  public record Content(
      long number,
      long leaves,
      long position,
      byte[] root,
      long micros,
      long gaps,
      byte[] lastGap,
      byte[] previous) {

    /** The text that is signed. */
    public String text() {
      return """
      blackbox audit checkpoint v1
      number %d
      leaves %d
      position %d
      root %s
      time %s
      gaps %d
      last-gap %s
      previous %s
      """
          .formatted(
              number,
              leaves,
              position,
              Base64Text.of(root),
              Micros.format(micros),
              gaps,
              Base64Text.of(lastGap),
              Base64Text.of(previous));
    }

    byte[] bytes() {
      return text().getBytes(StandardCharsets.UTF_8);
    }
  }

  /** By which the next one names it. */
  byte[] hash() {
    MessageDigest digest = Sha256.digest();
    digest.update(content.bytes());
    return digest.digest(signature);
  }

  boolean isSame(Checkpoint other) {
    return Arrays.equals(hash(), other.hash());
  }
}
