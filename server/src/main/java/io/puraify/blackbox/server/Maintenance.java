package io.puraify.blackbox.server;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lets stores do what has to be done from time to time, on a thread of its own. */
final class Maintenance implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Maintenance.class);

  /** Crash tests, which cannot wait so long, set all three by system properties. */
  private static final Duration EVERY =
      Duration.ofMillis(Long.getLong("blackbox.maintenance.every", 60_000));

  /** How long a day is left alone after it was filled. */
  static final Duration REST = Duration.ofMillis(Long.getLong("blackbox.maintenance.rest", 30_000));

  /** How many events of a day make it worth rewriting; as the store has it where it is not set. */
  static final OptionalInt COMPACT_FROM =
      Stream.ofNullable(Integer.getInteger("blackbox.maintenance.compact-from"))
          .mapToInt(Integer::intValue)
          .findFirst();

  private final EventStore store;
  private final Recordings recordings;
  private final InstantSource clock;
  private final CountDownLatch closing = new CountDownLatch(1);
  private @Nullable Thread thread;

  Maintenance(EventStore store, Recordings recordings, InstantSource clock) {
    this.store = store;
    this.recordings = recordings;
    this.clock = clock;
  }

  void start() {
    thread = Thread.ofPlatform().name("maintenance").start(this::run);
  }

  private void run() {
    try {
      while (!closing.await(EVERY.toMillis(), TimeUnit.MILLISECONDS)) {
        maintain("the event store", store::maintain);
        maintain("recordings", recordings::maintain);
      }
    } catch (InterruptedException e) {
      log.debug("maintenance was interrupted", e);
    }
  }

  private void maintain(String what, Consumer<Instant> work) {
    try {
      work.accept(clock.instant());
    } catch (RuntimeException e) {
      log.error("{} could not be maintained; it is tried again", what, e);
    }
  }

  /** Waits for what is under way. Closing twice is fine. */
  @Override
  public void close() {
    closing.countDown();
    Thread running = thread;
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
