package io.puraify.blackbox.engine.tail;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalRecord;
import io.puraify.blackbox.journal.JournalTail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows readers the events that come in, as soon as they are safe, each those that it wants.
 *
 * <p>One thread follows the journal, decodes each event once and offers it to every reader. It
 * works only while there are readers. Where more comes in than it can look at, it leaves events out
 * and says how many, so that nobody else has to wait. Safe for any thread.
 */
public final class LiveTail implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(LiveTail.class);

  /** Events that wait to be looked at; what is more than that is left out. */
  static final int MAX_BEHIND = 20_000;

  /** What all readers together are sent a second: far more than people read. */
  private static final long BYTES_PER_SECOND = 32L << 20;

  private static final int EVENTS_AT_ONCE = 8_192;
  private static final Duration LOOK = Duration.ofMillis(200);

  private final Journal journal;
  private final int maxReaders;
  private final List<TailReader> readers = new CopyOnWriteArrayList<>();
  private final TailPace pace = new TailPace(BYTES_PER_SECOND, System::nanoTime);
  private final Object lock = new Object();
  private boolean closing;
  private @Nullable Thread thread;

  /**
   * @param maxReaders how many there may be at once, ≥ 1
   */
  public LiveTail(Journal journal, int maxReaders, MeterRegistry registry) {
    this.journal = journal;
    this.maxReaders = maxReaders;
    Gauge.builder("blackbox.tail.readers", readers, List::size)
        .description("Readers of the live tail")
        .register(registry);
  }

  /** Begins to follow the journal. */
  public void start() {
    thread = Thread.ofPlatform().name("live-tail").start(this::run);
  }

  /**
   * A new reader, from the next event on; to be closed by its owner.
   *
   * @throws ProblemException where there are too many
   */
  public TailReader open(Filter filter) {
    TailReader reader = new TailReader(filter, pace, readers::remove);
    synchronized (lock) {
      if (readers.size() >= maxReaders) {
        throw new ProblemException(
            new Problem(
                429,
                "too-many-readers",
                "Too many read the live tail",
                "There are %d readers, as many as tail.max.readers allows; come again later"
                    .formatted(maxReaders)));
      }
      readers.add(reader);
      // What was offered before this is below, since it is durable already.
      reader.startAt(new Position(journal.end()));
      if (closing) {
        reader.close();
      }
      lock.notifyAll();
    }
    return reader;
  }

  private void run() {
    try {
      while (awaitReaders()) {
        long at = firstStart();
        while (!readers.isEmpty()) {
          at = follow(at);
        }
      }
    } catch (InterruptedException e) {
      log.debug("the live tail was interrupted", e);
    }
  }

  /** Waits until somebody reads; false when there will be nobody any more. */
  private boolean awaitReaders() throws InterruptedException {
    synchronized (lock) {
      while (readers.isEmpty() && !closing) {
        lock.wait();
      }
      return !closing;
    }
  }

  private long firstStart() {
    return readers.stream()
        .mapToLong(reader -> reader.start().value())
        .min()
        .orElseGet(journal::end);
  }

  /**
   * Offers what comes from a position on, until there are no readers, too much is waiting or
   * something fails, and returns where to go on: at the end. Readers are told what lies between.
   */
  private long follow(long from) throws InterruptedException {
    long at = from;
    try (JournalTail tail = journal.tail(from)) {
      while (!readers.isEmpty() && journal.end() - at <= MAX_BEHIND) {
        for (JournalRecord next : tail.next(EVENTS_AT_ONCE, LOOK)) {
          at = next.end();
          offer(new EventBlock(new Position(next.first()), next.payload()));
        }
      }
    } catch (RuntimeException e) {
      log.error("the live tail failed at position {} and goes on at the journal's end", at, e);
      Thread.sleep(LOOK);
    }
    long end = journal.end();
    if (end > at) {
      long unseen = end - at;
      readers.forEach(reader -> reader.unseen(unseen));
    }
    return end;
  }

  private void offer(EventBlock block) {
    List<TailEvent> events = new ArrayList<>(block.rows());
    for (int row = 0; row < block.rows(); row++) {
      events.add(new TailEvent(block.event(row)));
    }
    for (TailReader reader : readers) {
      reader.offer(events);
    }
  }

  /** Ends all readers, and the work. Closing twice is fine. */
  @Override
  public void close() {
    synchronized (lock) {
      closing = true;
      lock.notifyAll();
    }
    readers.forEach(TailReader::close);
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
