package io.puraify.blackbox.engine.tail;

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

  /** Not noticed by who looks on, and every wake-up of a reader costs recording something. */
  private static final Duration TOGETHER = Duration.ofMillis(50);

  /**
   * What a reader takes at once.
   *
   * @param events in the order in which they came
   * @param leftOut how many that the reader wanted were left out before them, ≥ 0
   * @param unseen how many events, wanted or not, were not looked at before them, ≥ 0
   */
  public record Batch(List<TailEvent> events, long leftOut, long unseen) {

    /** Whether nothing came. */
    public boolean isEmpty() {
      return events.isEmpty() && leftOut == 0 && unseen == 0;
    }
  }

  private final Filter filter;
  private final TailPace pace;
  private final Consumer<TailReader> onClose;

  // Guarded by this.
  private final ArrayDeque<TailEvent> waiting = new ArrayDeque<>();
  private long waitingBytes;
  private long leftOut;
  private long unseen;
  private boolean closed;

  private volatile Position start = new Position(Long.MAX_VALUE);

  TailReader(Filter filter, TailPace pace, Consumer<TailReader> onClose) {
    this.filter = filter;
    this.pace = pace;
    this.onClose = onClose;
  }

  void startAt(Position position) {
    start = position;
  }

  /** Events below this position had come before it was opened. */
  public Position start() {
    return start;
  }

  /** Lets events wait for the reader, those that it wants. */
  void offer(List<TailEvent> events) {
    List<TailEvent> wanted = events.stream().filter(this::wants).toList();
    if (wanted.isEmpty()) {
      return;
    }
    synchronized (this) {
      for (TailEvent event : wanted) {
        waiting.add(event);
        waitingBytes += event.event().approximateBytes();
        while (waiting.size() > MAX_WAITING || waitingBytes > MAX_WAITING_BYTES) {
          waitingBytes -= waiting.remove().event().approximateBytes();
          leftOut++;
        }
      }
      notifyAll();
    }
  }

  private boolean wants(TailEvent event) {
    return event.event().position() >= start.value() && filter.test(event.event());
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

  /**
   * Waits after a batch was sent: long enough that events that follow are sent together, and so
   * long that all readers together are sent no more than they may be. What comes meanwhile waits,
   * as far as there is room. Returns early when the reader is closed.
   *
   * @param bytes that were sent
   */
  public synchronized void pause(long bytes) throws InterruptedException {
    Duration share = pace.send(bytes);
    long deadline =
        System.nanoTime() + (share.compareTo(TOGETHER) > 0 ? share : TOGETHER).toNanos();
    while (!closed) {
      long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
      if (millis <= 0) {
        return;
      }
      wait(millis);
    }
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
