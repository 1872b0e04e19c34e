package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.engine.state.StateException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs what waits for a store on virtual threads, a bounded number at once, others in turn. */
final class Blocking implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Blocking.class);

  /** More at once would only share the same processors and hold more memory. */
  private static final int AT_ONCE = 16;

  private static final long RETRY_SECONDS = 5;
  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore places = new Semaphore(AT_ONCE, true);

  /** Answers with what {@code work} returns, or with the problem that it throws. */
  void answer(Exchange exchange, Supplier<Answer> work) {
    threads.execute(() -> {
      Answer answer = ask(() -> answer(work));
      exchange.answer(answer);
    });
  }

  /** Asks a store in turn with the others, on the calling thread. */
  <T> T ask(Supplier<T> work) {
    places.acquireUninterruptibly();
    try {
      return work.get();
    } finally {
      places.release();
    }
  }

  private static Answer answer(Supplier<Answer> work) {
    try {
      return work.get();
    } catch (StoreException e) {
      log.error("the event store could not answer", e);
      Problem problem =
          new Problem(
              503, "store-unavailable", "The event store cannot answer", "" + e.getMessage());
      return Answer.retryLater(problem, RETRY_SECONDS);
    } catch (StateException e) {
      log.error("the state could not be read or written", e);
      Problem problem =
          new Problem(
              503, "state-unavailable", "The state cannot be read or written", "" + e.getMessage());
      return Answer.retryLater(problem, RETRY_SECONDS);
    } catch (RuntimeException e) {
      return Router.failure(e);
    }
  }

  /** Runs a task that belongs to a request, without a bound: it waits for the network. */
  void run(Runnable task) {
    threads.execute(task);
  }

  /** Lets what runs come to its end, for a while. Closing twice is fine. */
  @Override
  public void close() {
    threads.shutdown();
    try {
      if (!threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        threads.shutdownNow();
      }
    } catch (InterruptedException e) {
      threads.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
