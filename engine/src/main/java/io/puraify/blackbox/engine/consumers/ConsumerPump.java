package io.puraify.blackbox.engine.consumers;

import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.journal.Journal;
import io.puraify.blackbox.journal.JournalException;
import io.puraify.blackbox.journal.JournalRecord;
import io.puraify.blackbox.journal.JournalTail;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Feeds one consumer from its position on, in batches that grow with the load, on a thread of its
 * own. What cannot be read or applied is tried again until it can: a consumer lags, it never skips.
 */
final class ConsumerPump implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(ConsumerPump.class);

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final double NANOS_PER_SECOND = 1e9;

  private static final Duration FIRST_RETRY = Duration.ofMillis(100);
  private static final Duration LAST_RETRY = Duration.ofSeconds(10);

  /** How long a closing pump may go on applying what it has at hand. */
  private static final Duration CLOSE_WAIT = Duration.ofSeconds(30);

  private final Journal journal;
  private final JournalConsumer consumer;
  private final Runnable onProgress;
  private final Timer applyTime;
  private final DistributionSummary batchEvents;
  private final CountDownLatch closing = new CountDownLatch(1);
  private volatile @Nullable Thread thread;

  /** Tells others, for one that stands back: a thread that they start would stand back as well. */
  private @Nullable ExecutorService teller;

  private volatile boolean urgent;
  private volatile @Nullable String trouble;
  private volatile @Nullable String postponed;

  // The pump's thread alone.
  private Duration retry = FIRST_RETRY;
  private Position told = Position.START;

  // Guarded by waiters.
  private final PriorityQueue<Waiter> waiters = new PriorityQueue<>();
  private boolean ended;

  private record Waiter(Position wanted, CompletableFuture<Void> reached)
      implements Comparable<Waiter> {
    @Override
    public int compareTo(Waiter other) {
      return wanted.compareTo(other.wanted);
    }
  }

  /**
   * @param onProgress called when the consumer's position has moved: by a batch, or by what the
   *     consumer has stored since
   */
  ConsumerPump(
      Journal journal, JournalConsumer consumer, MeterRegistry registry, Runnable onProgress) {
    this.journal = journal;
    this.consumer = consumer;
    this.onProgress = onProgress;
    String name = consumer.name();
    this.applyTime =
        Timer.builder("blackbox.consumer.apply")
            .description("Time to apply a batch")
            .tag("consumer", name)
            .register(registry);
    this.batchEvents =
        DistributionSummary.builder("blackbox.consumer.batch.events")
            .description("Events a batch")
            .tag("consumer", name)
            .register(registry);
    FunctionCounter.builder("blackbox.consumer.cpu", this, ConsumerPump::cpuSeconds)
        .description("CPU time of the thread on which the consumer applies its batches")
        .baseUnit("seconds")
        .tag("consumer", name)
        .register(registry);
    Gauge.builder("blackbox.consumer.lag.events", this, ConsumerPump::lag)
        .description("Events in the journal that the consumer has not applied")
        .tag("consumer", name)
        .register(registry);
    Gauge.builder("blackbox.consumer.waiters", this, ConsumerPump::waiting)
        .description("Requests that wait until the consumer has applied their events")
        .tag("consumer", name)
        .register(registry);
  }

  /** Begins; throws where the journal does not hold what the consumer has to read next. */
  void start() {
    journal.tail(consumer.position().value()).close();
    if (consumer.standsBack()) {
      ThreadPoolExecutor one =
          new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>());
      one.setThreadFactory(Thread.ofPlatform().name("teller-" + consumer.name()).factory());
      one.prestartCoreThread();
      teller = one;
    }
    thread = Thread.ofPlatform().name("consumer-" + consumer.name()).start(this::run);
  }

  JournalConsumer consumer() {
    return consumer;
  }

  /** What its thread has used; after its end nothing more is said. */
  private double cpuSeconds() {
    Thread running = thread;
    long nanos = running == null ? 0 : THREADS.getThreadCpuTime(running.threadId());
    return (double) Math.max(0, nanos) / NANOS_PER_SECOND;
  }

  private double lag() {
    return (double) (journal.end() - consumer.position().value());
  }

  private double waiting() {
    synchronized (waiters) {
      return waiters.size();
    }
  }

  /**
   * Completes when everything below {@code wanted} is applied, and fails when the pump is closed
   * before; hurries the batch at hand. Who waits no longer lets it fail, so that it is forgotten.
   */
  CompletableFuture<Void> reached(Position wanted) {
    CompletableFuture<Void> reached = new CompletableFuture<>();
    synchronized (waiters) {
      if (consumer.position().compareTo(wanted) >= 0) {
        reached.complete(null);
      } else if (ended) {
        reached.completeExceptionally(stoppedBefore(wanted));
      } else {
        Waiter waiter = new Waiter(wanted, reached);
        waiters.add(waiter);
        urgent = true;
        var _ = reached.whenComplete((nothing, thrown) -> forget(waiter));
      }
    }
    return reached;
  }

  private void forget(Waiter waiter) {
    synchronized (waiters) {
      waiters.remove(waiter);
      urgent = !waiters.isEmpty();
    }
  }

  private IllegalStateException stoppedBefore(Position wanted) {
    return new IllegalStateException(
        "%s was stopped before it came to position %d".formatted(consumer.name(), wanted.value()));
  }

  Health check() {
    String now = trouble;
    if (now != null) {
      return Health.down(now);
    }
    String waiting = postponed;
    return Health.up(
        "%,.0f events behind".formatted(lag()) + (waiting == null ? "" : ": " + waiting));
  }

  private void run() {
    if (consumer.standsBack()) {
      Niceness.standBack();
    }
    try {
      while (!isClosing()) {
        // After an error from where the consumer is, so that nothing that was at hand is skipped.
        try (JournalTail tail = journal.tail(consumer.position().value())) {
          feed(tail);
        } catch (RuntimeException | Error e) {
          troubled("read the journal", e);
        }
      }
    } catch (InterruptedException e) {
      // Only close() interrupts; what was not applied is read again after the next start.
      log.debug("{} stops at {}", consumer.name(), consumer.position());
    } finally {
      end();
      if (teller != null) {
        teller.shutdown();
      }
    }
  }

  /** Returns when something could not be applied: that is given again from the position on. */
  private void feed(JournalTail tail) throws InterruptedException {
    Duration lastApply = Duration.ZERO;
    while (!isClosing()) {
      Duration linger = BatchSize.linger(lastApply, consumer.linger(), consumer.longestLinger());
      List<EventBlock> blocks = gather(tail, linger);
      try {
        if (blocks.isEmpty()) {
          consumer.idle();
        } else {
          lastApply = apply(new EventBatch(blocks));
        }
      } catch (RuntimeException | Error e) {
        troubled("apply events from " + consumer.position().value() + " on", e);
        return;
      }
      goesOn();
      postponed = null;
      tellProgress();
    }
  }

  private Duration apply(EventBatch batch) throws InterruptedException {
    while (true) {
      long start = System.nanoTime();
      try {
        consumer.apply(batch);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        applyTime.record(took);
        batchEvents.record((double) batch.size());
        return took;
      } catch (PostponedException e) {
        postponed(e);
      }
    }
  }

  private boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** Waits for events, and then for more of them while that pays and nobody is in a hurry. */
  private List<EventBlock> gather(JournalTail tail, Duration linger) throws InterruptedException {
    List<EventBlock> blocks = new ArrayList<>();
    long events = 0;
    long bytes = 0;
    long deadline = Long.MAX_VALUE;
    long quietAt = Long.MAX_VALUE;
    long full = Math.min(BatchSize.FULL_EVENTS, consumer.mostEvents());
    long fullBytes = Math.min(BatchSize.MAX_BYTES, consumer.mostBytes());
    while (events < full && bytes < fullBytes) {
      long left = Math.min(deadline, quietAt) - System.nanoTime();
      boolean first = blocks.isEmpty();
      if (!first && (left <= 0 || urgent || isClosing())) {
        break;
      }
      // A short wait, so that somebody who comes to be in a hurry is seen soon.
      Duration wait = first ? Duration.ofMillis(200) : Duration.ofNanos(Math.min(left, 10_000_000));
      int room = (int) (Math.min(BatchSize.MAX_EVENTS, consumer.mostEvents()) - events);
      List<JournalRecord> records;
      try {
        records = tail.next(room, wait);
      } catch (JournalException e) {
        if (first) {
          throw e;
        }
        // What is at hand can still be applied; then this is met again.
        break;
      }
      for (JournalRecord next : records) {
        blocks.add(new EventBlock(new Position(next.first()), next.payload()));
        events += next.events();
        bytes += next.payload().length;
      }
      if (blocks.isEmpty()) {
        break;
      }
      if (first) {
        deadline = System.nanoTime() + linger.toNanos();
      }
      if (!records.isEmpty()) {
        quietAt = System.nanoTime() + BatchSize.quiet(linger).toNanos();
      }
    }
    return blocks;
  }

  /** Says what is wrong and waits before the next attempt; there is none when it is closing. */
  private void troubled(String what, Throwable cause) throws InterruptedException {
    if (trouble == null) {
      retry = FIRST_RETRY;
      log.error("{} cannot {} and tries again until it can", consumer.name(), what, cause);
    }
    trouble = "cannot %s: %s".formatted(what, cause.getMessage());
    if (closing.await(retry.toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
    Duration doubled = retry.multipliedBy(2);
    retry = doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY;
  }

  /** Waits with the consumer; what it has done of the batch meanwhile counts. */
  private void postponed(PostponedException waiting) throws InterruptedException {
    goesOn();
    postponed = waiting.getMessage();
    tellProgress();
    if (closing.await(waiting.pause().toNanos(), TimeUnit.NANOSECONDS)) {
      throw new InterruptedException();
    }
  }

  private void goesOn() {
    if (trouble != null) {
      log.info("{} goes on", consumer.name());
      trouble = null;
    }
  }

  /** Also where nothing came: some consumers take events in, and store them later. */
  private void tellProgress() {
    Position position = consumer.position();
    if (position.equals(told)) {
      return;
    }
    told = position;
    List<Waiter> done = new ArrayList<>();
    synchronized (waiters) {
      for (Waiter next = waiters.peek();
          next != null && next.wanted.compareTo(position) <= 0;
          next = waiters.peek()) {
        done.add(next);
        waiters.remove();
      }
      urgent = !waiters.isEmpty();
    }
    tell(() -> {
      done.forEach(waiter -> waiter.reached.complete(null));
      onProgress.run();
    });
  }

  private void tell(Runnable news) {
    ExecutorService other = teller;
    if (other == null) {
      news.run();
    } else {
      other.execute(news);
    }
  }

  /** Nobody waits for what will not come. */
  private void end() {
    List<Waiter> left;
    synchronized (waiters) {
      ended = true;
      left = List.copyOf(waiters);
      waiters.clear();
    }
    left.forEach(waiter -> waiter.reached.completeExceptionally(stoppedBefore(waiter.wanted)));
  }

  /** Lets it end when the batch at hand is applied; does not wait for that. */
  void stop() {
    closing.countDown();
  }

  /** Lets the batch at hand be applied and stops. One that cannot be applied is not waited for. */
  @Override
  public void close() {
    stop();
    Thread running = thread;
    try {
      if (running != null && !running.join(CLOSE_WAIT)) {
        log.warn("{} is still busy; it goes on after the next start", consumer.name());
        running.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
