package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many events all replays together hold while they are sent, some of them to slow
 * clients. Safe for any thread.
 */
public final class ReplayRoom {

  /** Two of the largest sessions, or very many ordinary ones. */
  static final int EVENTS = 2 * SessionReader.MOST_EVENTS;

  private final Semaphore events = new Semaphore(EVENTS);

  /** Room for one replay, until it is closed, once. */
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes room for the events of a replay.
   *
   * @throws ProblemException where there is none now
   */
  public Lease take(Replay replay) {
    int wanted = replay.events().size();
    if (!events.tryAcquire(wanted)) {
      throw new ProblemException(
          new Problem(
              429,
              "too-many-replays",
              "Too many sessions are replayed",
              "Replays of %,d events may be sent at once; try again when others have ended"
                  .formatted(EVENTS)));
    }
    return () -> events.release(wanted);
  }
}
