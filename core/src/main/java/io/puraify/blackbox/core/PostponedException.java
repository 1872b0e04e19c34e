package io.puraify.blackbox.core;

import java.time.Duration;

/**
 * A {@link JournalConsumer} waits for somebody else, as for another system that is away. Nothing is
 * wrong with Blackbox itself: the consumer lags, and is asked again.
 */
public final class PostponedException extends RuntimeException {

  private static final long serialVersionUID = 1;

  private final transient Duration pause;

  /**
   * @param message for whom it waits, and what that one has said
   * @param pause how long, at most, until it wants to be asked again
   */
  public PostponedException(String message, Duration pause) {
    super(message);
    this.pause = pause;
  }

  public Duration pause() {
    return pause;
  }
}
