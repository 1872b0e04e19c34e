package io.puraify.blackbox.server.http;

import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.RunningQuery.Stop;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.engine.query.QueryPool;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs what has to wait off the event loops: queries within their limits, on threads of their own,
 * and everything else on virtual threads. Safe for any thread.
 */
final class Blocking implements AutoCloseable {

  private static final long CLOSE_SECONDS = 10;

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final QueryPool queries;
  private final QueryPool exports;
  private final QueryPool besides;

  Blocking(QueryLimits limits, MeterRegistry registry) {
    queries = new QueryPool("query", limits, registry);
    // A file may take hours; it must not keep those from their turn who wait for an answer. Each
    // export waits for one page at most, so there are no more of them than connections.
    QueryLimits forExports =
        new QueryLimits(limits.timeout(), Math.max(1, limits.maxRunning() / 2), Integer.MAX_VALUE);
    exports = new QueryPool("export", forExports, registry);
    // Nobody waits for these, and each is a few queries: they take what the others leave. Whoever
    // asks for them bounds them.
    QueryLimits forBesides =
        new QueryLimits(limits.timeout(), Math.max(1, limits.maxRunning() / 4), Integer.MAX_VALUE);
    besides = new QueryPool("beside", forBesides, registry);
  }

  /**
   * Answers with what a query returns, or with the problem that it throws. It is stopped when its
   * client goes away.
   */
  void answer(Exchange exchange, Supplier<Answer> work) {
    RunningQuery query = new RunningQuery();
    exchange.onGone(() -> query.stop(Stop.CLIENT_GONE));
    var _ =
        queries
            .submit(query, work)
            .whenComplete((answer, thrown) ->
                exchange.answer(thrown == null ? answer : Router.failure(thrown)));
  }

  /**
   * Asks for something that is not the answer yet, and passes it on; what the work throws is
   * answered. It is stopped when its client goes away.
   *
   * @param then called by a thread that must not wait
   */
  <T> void query(Exchange exchange, Supplier<T> work, Consumer<T> then) {
    RunningQuery query = new RunningQuery();
    exchange.onGone(() -> query.stop(Stop.CLIENT_GONE));
    var _ =
        queries
            .submit(query, work)
            .whenComplete((found, thrown) -> {
              if (thrown == null) {
                then.accept(found);
              } else {
                exchange.answer(Router.failure(thrown));
              }
            });
  }

  /** Answers with what has to wait and is no query, so that it has no turn and no limit. */
  void report(Exchange exchange, Supplier<Answer> work) {
    threads.execute(() -> {
      Answer answer;
      try {
        answer = work.get();
      } catch (RuntimeException e) {
        answer = Router.failure(e);
      }
      exchange.answer(answer);
    });
  }

  /**
   * Asks for something that is written to a stream, and waits for it. It is stopped when nobody
   * reads the stream any more.
   *
   * @throws ResponseStream.GoneException where that is so
   */
  <T> T ask(ResponseStream stream, Supplier<T> work) {
    return ask(queries, stream, work);
  }

  /** The same for a page of an export. */
  <T> T askPage(ResponseStream stream, Supplier<T> work) {
    return ask(exports, stream, work);
  }

  private static <T> T ask(QueryPool pool, ResponseStream stream, Supplier<T> work) {
    RunningQuery query = stream.newQuery();
    CompletableFuture<T> answer = pool.submit(query, work);
    try {
      return answer.join();
    } catch (CompletionException e) {
      if (query.stopped() == Stop.CLIENT_GONE) {
        throw new ResponseStream.GoneException();
      }
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  /** Asks for something that no request waits for. */
  <T> CompletableFuture<T> beside(Supplier<T> work) {
    return besides.submit(new RunningQuery(), work);
  }

  /** Runs a task that belongs to a request, without a bound: it waits for the network. */
  void run(Runnable task) {
    threads.execute(task);
  }

  /** Lets what runs come to its end, for a while, and stops queries. Closing twice is fine. */
  @Override
  public void close() {
    queries.close();
    exports.close();
    besides.close();
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
