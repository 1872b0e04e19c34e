package io.puraify.blackbox.engine.errors;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * What an event has in common with all others of its group, within a project.
 *
 * @param version of the algorithm, {@link #VERSION} for new ones; the same event may have another
 *     fingerprint under another version
 * @param rule what decided
 * @param hash 32 hexadecimal digits
 */
record Fingerprint(int version, FingerprintRule rule, String hash) {

  /** Raised with every change after which an event can get another hash; a test pins hashes. */
  static final int VERSION = 1;

  /** 128 bits: no two of a billion groups meet by chance. */
  private static final int BYTES = 16;

  /** The fingerprint that stands for these parts, in this order. */
  static Fingerprint of(FingerprintRule rule, List<String> parts) {
    MessageDigest digest = sha256();
    update(digest, rule.jsonName());
    parts.forEach(part -> update(digest, part));
    return new Fingerprint(VERSION, rule, HexFormat.of().formatHex(digest.digest(), 0, BYTES));
  }

  /** The first 64 of its bits. */
  long number() {
    return HexFormat.fromHexDigitsToLong(hash, 0, 16);
  }

  private static void update(MessageDigest digest, String part) {
    digest.update(part.getBytes(StandardCharsets.UTF_8));
    // A byte that UTF-8 never has keeps "a", "bc" and "ab", "c" apart.
    digest.update((byte) 0xff);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
