package io.puraify.blackbox.engine.query;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.QueryStoppedException;
import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.RunningQuery.Stop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Runs queries: a bounded number at once, others in the order in which they have come, each until
 * its time limit. Safe for any thread.
 *
 * <p>Its threads are platform threads. A store of this process works in native code, which would
 * keep the few threads that carry all virtual ones, and with them everything else that waits.
 */
public final class QueryPool implements AutoCloseable {

  private static final Duration CLOSE = Duration.ofSeconds(10);

  private final QueryLimits limits;
  private final QueryMetrics metrics;
  private final ThreadPoolExecutor threads;
  private final ScheduledThreadPoolExecutor timer;
  private final Set<RunningQuery> running = ConcurrentHashMap.newKeySet();

  /**
   * A pool; its threads begin with the first queries.
   *
   * @param kind what its queries are called in metrics
   */
  public QueryPool(String kind, QueryLimits limits, MeterRegistry registry) {
    this.limits = limits;
    int size = limits.maxRunning();
    // One thread after the other takes what waits, in its order; see offer for the bound.
    this.threads =
        new ThreadPoolExecutor(
            size,
            size,
            1,
            TimeUnit.MINUTES,
            new LinkedBlockingQueue<>(),
            Thread.ofPlatform().daemon().name(kind + "-", 1).factory());
    this.timer =
        new ScheduledThreadPoolExecutor(
            1, Thread.ofPlatform().daemon().name(kind + "-timer").factory());
    timer.setRemoveOnCancelPolicy(true);
    this.metrics = new QueryMetrics(kind, registry, threads);
  }

  /**
   * Begins a query.
   *
   * @param query stopped at the time limit; its client may stop it before
   * @param work what it does
   * @return completed with the answer, with what the work has thrown, or with a {@link
   *     ProblemException} where the query was refused or stopped
   */
  public <T> CompletableFuture<T> submit(RunningQuery query, Supplier<T> work) {
    return new Entry<>(query, work).offer();
  }

  /** One query, from its arrival to its answer. */
  private final class Entry<T> implements Runnable {
    private final RunningQuery query;
    private final Supplier<T> work;
    private final CompletableFuture<T> answer = new CompletableFuture<>();
    private final long arrived = System.nanoTime();

    Entry(RunningQuery query, Supplier<T> work) {
      this.query = query;
      this.work = work;
    }

    CompletableFuture<T> offer() {
      // Two that come at the same moment may both get the last place, which harms nobody.
      if (threads.getQueue().size() >= limits.maxWaiting()
          && threads.getActiveCount() >= limits.maxRunning()) {
        return refuse();
      }
      try {
        Future<?> limit =
            timer.schedule(
                () -> query.stop(Stop.TIME_LIMIT),
                limits.timeout().toNanos(),
                TimeUnit.NANOSECONDS);
        var leave = query.onStop(this::leave);
        var _ =
            answer.whenComplete((_, _) -> {
              limit.cancel(false);
              leave.close();
            });
        threads.execute(this);
      } catch (RejectedExecutionException e) {
        query.stop(Stop.SHUTDOWN);
        leave();
      }
      return answer;
    }

    private CompletableFuture<T> refuse() {
      metrics.refused();
      answer.completeExceptionally(new ProblemException(QueryProblems.tooMany(limits)));
      return answer;
    }

    /** Where it waits still, it is answered at once, and makes room for others. */
    private void leave() {
      if (threads.remove(this) || threads.isShutdown()) {
        stopped(true);
      }
    }

    @Override
    public void run() {
      running.add(query);
      if (threads.isShutdown()) {
        query.stop(Stop.SHUTDOWN);
      }
      try {
        query.check();
        T found = query.run(work);
        metrics.answered(System.nanoTime() - arrived);
        answer.complete(found);
      } catch (QueryStoppedException e) {
        stopped(false);
      } catch (ProblemException e) {
        metrics.answered(System.nanoTime() - arrived);
        answer.completeExceptionally(e);
      } catch (Throwable e) {
        // Whoever waits for the answer learns of everything, or waits for ever.
        metrics.failed(System.nanoTime() - arrived);
        answer.completeExceptionally(e);
      } finally {
        running.remove(query);
      }
    }

    private void stopped(boolean waiting) {
      Stop reason = query.stopped();
      Stop why = reason == null ? Stop.SHUTDOWN : reason;
      if (!answer.isDone()) {
        metrics.stopped(why, System.nanoTime() - arrived);
        answer.completeExceptionally(
            new ProblemException(QueryProblems.stopped(why, waiting, limits)));
      }
    }
  }

  /** Stops what runs and refuses what comes. Closing twice is fine. */
  @Override
  public void close() {
    threads.shutdown();
    timer.shutdownNow();
    threads.getQueue().forEach(waiting -> ((Entry<?>) waiting).query.stop(Stop.SHUTDOWN));
    running.forEach(query -> query.stop(Stop.SHUTDOWN));
    try {
      threads.awaitTermination(CLOSE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
