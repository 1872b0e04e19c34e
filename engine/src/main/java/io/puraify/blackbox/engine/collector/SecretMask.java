package io.puraify.blackbox.engine.collector;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Masks secrets in what is no event, such as the recording of a page, by the rules for events. Not
 * safe for several threads.
 */
public final class SecretMask {

  private final Redaction redaction;

  public SecretMask(RedactionOptions options) {
    this.redaction = new Redaction(options);
  }

  /** A text with its secrets masked; the same text where it has none. */
  public String mask(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    byte[] masked = redaction.redact(bytes, 0, bytes.length);
    return masked == null ? text : new String(masked, StandardCharsets.UTF_8);
  }

  /** The mask in the place of a secret that a key names, or {@code null} where it names none. */
  public @Nullable String maskForKey(String key) {
    byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
    return redaction.maskForKey(bytes, 0, bytes.length);
  }
}
