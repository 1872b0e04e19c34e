package io.puraify.blackbox.engine.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.core.ProblemException;
import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.RunningQuery.Stop;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class QueryPoolTest {

  private static final Duration LONG = Duration.ofMinutes(1);

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
  private final List<QueryPool> pools = new ArrayList<>();

  @AfterEach
  void close() {
    pools.forEach(QueryPool::close);
  }

  private QueryPool pool(Duration timeout, int maxRunning, int maxWaiting) {
    QueryPool pool =
        new QueryPool("query", new QueryLimits(timeout, maxRunning, maxWaiting), registry);
    pools.add(pool);
    return pool;
  }

  @Test
  void whatWaitsBeginsInTheOrderInWhichItCame() throws Exception {
    QueryPool pool = pool(LONG, 1, 100);
    CountDownLatch release = new CountDownLatch(1);
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    List<Integer> order = new CopyOnWriteArrayList<>();
    answers.add(pool.submit(new RunningQuery(), held(release)));
    for (int i = 1; i <= 50; i++) {
      int number = i;
      answers.add(
          pool.submit(
              new RunningQuery(),
              () -> {
                order.add(number);
                return number;
              }));
    }
    assertThat(gauge("blackbox.queries.running")).isEqualTo(1);
    assertThat(gauge("blackbox.queries.waiting")).isEqualTo(50);

    release.countDown();
    answers.forEach(CompletableFuture::join);

    assertThat(order).isSorted().hasSize(50);
    assertThat(ended("answered")).isEqualTo(51);
  }

  @Test
  void noMoreRunAtOnceThanAreAllowed() {
    QueryPool pool = pool(LONG, 3, 100);
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<CompletableFuture<Integer>> answers = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      answers.add(
          pool.submit(
              new RunningQuery(),
              () -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                sleep(Duration.ofMillis(5));
                return running.decrementAndGet();
              }));
    }
    answers.forEach(CompletableFuture::join);
    assertThat(most).hasValue(3);
  }

  @Test
  void moreThanMayWaitAreRefused() {
    QueryPool pool = pool(LONG, 1, 1);
    CountDownLatch release = new CountDownLatch(1);
    var running = pool.submit(new RunningQuery(), held(release));
    var waiting = pool.submit(new RunningQuery(), () -> 2);

    assertProblem(pool.submit(new RunningQuery(), () -> 3), 429, "too-many-queries");
    assertThat(registry.get("blackbox.queries.refused").counter().count()).isEqualTo(1);

    release.countDown();
    assertThat(running.join()).isEqualTo(1);
    assertThat(waiting.join()).isEqualTo(2);
  }

  @Test
  void aQueryEndsAtItsTimeLimitAndSaysWhatToNarrow() {
    QueryPool pool = pool(Duration.ofMillis(200), 1, 10);

    var endless = pool.submit(new RunningQuery(), QueryPoolTest::untilStopped);

    assertThat(assertProblem(endless, 504, "query-timeout"))
        .contains("after 0.2 s")
        .contains("Narrow the time range");
    assertThat(ended("time_limit")).isEqualTo(1);
    assertThat(pool.submit(new RunningQuery(), () -> 7).join()).isEqualTo(7);
  }

  @Test
  void aQueryWhoseTurnDoesNotComeInTimeIsToldSo() {
    QueryPool pool = pool(Duration.ofMillis(200), 1, 10);
    CountDownLatch release = new CountDownLatch(1);
    var running = pool.submit(new RunningQuery(), held(release));

    var waiting = pool.submit(new RunningQuery(), () -> 2);

    assertThat(assertProblem(waiting, 429, "too-many-queries")).contains("for its turn");
    release.countDown();
    assertThat(running.join()).isEqualTo(1);
  }

  @Test
  void aQueryWhoseClientHasGoneStopsAndLeavesItsPlace() {
    QueryPool pool = pool(LONG, 1, 1);
    RunningQuery running = new RunningQuery();
    RunningQuery waiting = new RunningQuery();
    var first = pool.submit(running, QueryPoolTest::untilStopped);
    var second = pool.submit(waiting, () -> 2);

    waiting.stop(Stop.CLIENT_GONE);
    assertProblem(second, 499, "client-gone");
    var third = pool.submit(new RunningQuery(), () -> 3);
    running.stop(Stop.CLIENT_GONE);

    assertProblem(first, 499, "client-gone");
    assertThat(third.join()).isEqualTo(3);
    assertThat(ended("client_gone")).isEqualTo(2);
  }

  @Test
  void aPoolThatClosesStopsWhatRunsAndWhatWaits() {
    QueryPool pool = pool(LONG, 1, 10);
    var running = pool.submit(new RunningQuery(), QueryPoolTest::untilStopped);
    var waiting = pool.submit(new RunningQuery(), () -> 2);

    pool.close();

    assertProblem(running, 503, "shutting-down");
    assertProblem(waiting, 503, "shutting-down");
    assertProblem(pool.submit(new RunningQuery(), () -> 3), 503, "shutting-down");
  }

  @Test
  void whateverTheWorkThrowsIsTheAnswer() {
    QueryPool pool = pool(LONG, 1, 10);
    var failing =
        pool.<Integer>submit(
            new RunningQuery(),
            () -> {
              throw new StackOverflowError("deep");
            });

    assertThatThrownBy(failing::join).hasCauseInstanceOf(StackOverflowError.class);
    assertThat(ended("failed")).isEqualTo(1);
    assertThat(pool.submit(new RunningQuery(), () -> 7).join()).isEqualTo(7);
  }

  private static Supplier<Integer> held(CountDownLatch release) {
    return () -> {
      try {
        release.await();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
      return 1;
    };
  }

  /** Works for ever, as a store would that looks for the stop. */
  private static int untilStopped() {
    while (true) {
      RunningQuery.current().check();
      sleep(Duration.ofMillis(5));
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private double gauge(String name) {
    return registry.get(name).gauge().value();
  }

  private long ended(String outcome) {
    return registry.get("blackbox.queries").tag("outcome", outcome).timer().count();
  }

  /** Waits for a problem and returns its detail. */
  private static String assertProblem(CompletableFuture<?> answer, int status, String type) {
    assertThatThrownBy(answer::join)
        .isInstanceOf(CompletionException.class)
        .cause()
        .isInstanceOfSatisfying(
            ProblemException.class,
            refused -> {
              assertThat(refused.problem().status()).isEqualTo(status);
              assertThat(refused.problem().type()).isEqualTo(type);
            });
    return answer.handle((_, thrown) -> ((ProblemException) thrown).problem().detail()).join();
  }
}
