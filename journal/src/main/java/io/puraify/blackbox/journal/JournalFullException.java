package io.puraify.blackbox.journal;

import java.time.Duration;

/** The journal has reached its bound; there is room again when its consumers have caught up. */
public final class JournalFullException extends JournalException {

  private static final long serialVersionUID = 1;

  private final Duration retryAfter;

  JournalFullException(String message, Duration retryAfter) {
    super(message, null);
    this.retryAfter = retryAfter;
  }

  /** When it is worth trying again. */
  public Duration retryAfter() {
    return retryAfter;
  }
}
