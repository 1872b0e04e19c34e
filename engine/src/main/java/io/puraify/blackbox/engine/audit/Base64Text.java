package io.puraify.blackbox.engine.audit;

import java.util.Base64;

/** Hashes and signatures as text, in the alphabet of RFC 4648, section 4. */
final class Base64Text {

  private Base64Text() {}

  static String of(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  /** The bytes that a text stands for; an {@link IllegalArgumentException} where it does not. */
  static byte[] bytes(String text) {
    return Base64.getDecoder().decode(text);
  }
}
