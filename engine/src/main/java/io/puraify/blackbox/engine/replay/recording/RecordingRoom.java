package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import java.util.concurrent.Semaphore;

/**
 * Bounds how many chunks are in memory at once, on their way in from slow senders or out to slow
 * readers. Safe for any thread.
 */
public final class RecordingRoom {

  /** With chunks of the usual most, 128 MiB each way. */
  static final int CHUNKS = 32;

  private final Semaphore received = new Semaphore(CHUNKS);
  private final Semaphore sent = new Semaphore(CHUNKS);

  /** Room for one chunk, until it is closed, once. */
  public interface Lease extends AutoCloseable {
    @Override
    void close();
  }

  /**
   * Takes room for a chunk that is received.
   *
   * @throws ProblemException where there is none now
   */
  public Lease receive() {
    return take(received, "received");
  }

  /**
   * Takes room for a recording that is sent, a chunk at a time.
   *
   * @throws ProblemException where there is none now
   */
  public Lease send() {
    return take(sent, "sent");
  }

  private static Lease take(Semaphore room, String what) {
    if (!room.tryAcquire()) {
      throw new ProblemException(
          new Problem(
              429,
              "too-many-recordings",
              "Too many recordings are " + what,
              "%d may be %s at once; try again when others have ended".formatted(CHUNKS, what)));
    }
    return room::release;
  }
}
