package io.puraify.blackbox.engine.tail;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Position;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * One reader of a {@link LiveTail}. What it has not taken yet waits, up to a bound; beyond that the
 * oldest events are left out and counted. Safe for any thread.
 */
public final class TailReader implements AutoCloseable {

  /** Events that wait for a reader at most. */
  static final int MAX_WAITING = 1_000;

  /** What these may take at most; an event has up to a mebibyte, and there may be many readers. */
  static final long MAX_WAITING_BYTES = 8L << 20;

  /**
   * What a reader takes at once.
   *
   * @param events in the order in which they came
   * @param leftOut how many that the reader wanted were left out before them, ≥ 0
   * @param unseen how many events, wanted or not, were not looked at before them, ≥ 0
   */
  public record Batch(List<Event> events, long leftOut, long unseen) {

    /** Whether nothing came. */
    public boolean isEmpty() {
      return events.isEmpty() && leftOut == 0 && unseen == 0;
    }
  }

  private final Filter filter;
  private final Consumer<TailReader> onClose;

  // Guarded by this.
  private final ArrayDeque<Event> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long leftOut;
  private long unseen;
  private boolean closed;

  private volatile Position start = new Position(Long.MAX_VALUE);

  TailReader(Filter filter, Consumer<TailReader> onClose) {
    this.filter = filter;
    this.onClose = onClose;
  }

  void startAt(Position position) {
    start = position;
  }

  /** Events below this position had come before it was opened. */
  public Position start() {
    return start;
  }

  /** Lets an event wait for the reader, if that wants it. */
  void offer(Event event) {
    if (event.position() < start.value() || !filter.test(event)) {
      return;
    }
    synchronized (this) {
      waiting.add(event);
      waitingBytes += event.approximateBytes();
      while (waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
        waitingBytes -= waiting.remove().approximateBytes();
        leftOut++;
      }
      notifyAll();
    }
  }

  /** Takes note of events that nobody looks at. */
  synchronized void unseen(long events) {
    unseen += events;
    notifyAll();
  }

  /** Waits for events and takes those that are there; an empty batch where none came in time. */
  public synchronized Batch next(Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    while (!closed && waiting.isEmpty() && leftOut == 0 && unseen == 0) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        break;
      }
      wait(millis);
    }
    Batch batch = new Batch(new ArrayList<>(waiting), leftOut, unseen);
    waiting.clear();
    waitingBytes = 0;
    leftOut = 0;
    unseen = 0;
    return batch;
  }

  /** Whether nothing will come any more. */
  public synchronized boolean isClosed() {
    return closed;
  }

  /** Ends the reader. Closing twice is fine. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    onClose.accept(this);
  }
}
