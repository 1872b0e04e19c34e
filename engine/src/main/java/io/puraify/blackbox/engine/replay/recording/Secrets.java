package io.puraify.blackbox.engine.replay.recording;

import org.jspecify.annotations.Nullable;

/** Masks secrets, by the rules for events. Used by one thread at a time. */
public interface Secrets {

  /** A text with its secrets masked; the same text where it has none. */
  String mask(String text);

  /** The mask in the place of a secret that a key names, or {@code null} where it names none. */
  @Nullable String maskForKey(String key);
}
