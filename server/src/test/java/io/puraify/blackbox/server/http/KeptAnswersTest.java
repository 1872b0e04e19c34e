package io.puraify.blackbox.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.puraify.blackbox.engine.query.QueryLimits;
import io.puraify.blackbox.server.http.KeptAnswers.Answered;
import io.puraify.blackbox.server.http.KeptAnswers.NotYet;
import io.puraify.blackbox.server.http.KeptAnswers.Unknown;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KeptAnswersTest {

  private static final Duration KEPT = Duration.ofMinutes(1);

  private final Blocking blocking =
      new Blocking(new QueryLimits(Duration.ofSeconds(30), 4, 10), new SimpleMeterRegistry());
  private Instant now = Instant.EPOCH;
  private final KeptAnswers<String, Integer> answers = new KeptAnswers<>(blocking, () -> now, 2);
  private final AtomicInteger asked = new AtomicInteger();
  private final CountDownLatch released = new CountDownLatch(1);

  @AfterEach
  void close() {
    released.countDown();
    blocking.close();
  }

  private CompletableFuture<Integer> later(String key) {
    return answers.later(key, KEPT, asked::incrementAndGet);
  }

  private int whenReleased() {
    try {
      released.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    return asked.incrementAndGet();
  }

  @Test
  void anAnswerIsWorkedOutOnceAndAgainWhenItsTimeIsOver() {
    assertThat(later("a").join()).isEqualTo(1);
    now = now.plus(KEPT).minusMillis(1);
    assertThat(later("a").join()).isEqualTo(1);
    assertThat(answers.now("a", KEPT, asked::incrementAndGet)).isEqualTo(1);
    now = now.plusMillis(1);
    assertThat(later("a").join()).isEqualTo(2);
  }

  @Test
  void whoeverWaitsForItHasWhatOthersAskedForAlso() {
    assertThat(answers.now("a", KEPT, asked::incrementAndGet)).isEqualTo(1);
    assertThat(later("a").join()).isEqualTo(1);
  }

  @Test
  void oneThatIsOnItsWayIsNotBegunAgainHoweverLongItTakes() {
    CompletableFuture<Integer> first = answers.later("a", KEPT, this::whenReleased);
    assertThat(KeptAnswers.known(first)).isEqualTo(new NotYet<Integer>());
    now = now.plus(KEPT).plus(KEPT);

    assertThat(later("a")).isSameAs(first);

    released.countDown();
    assertThat(first.join()).isEqualTo(1);
    assertThat(KeptAnswers.known(first)).isEqualTo(new Answered<>(1));
  }

  @Test
  void oneThatFailsIsNotTriedAgainAtOnce() {
    Supplier<Integer> failing =
        () -> {
          asked.incrementAndGet();
          throw new IllegalStateException("on purpose");
        };
    CompletableFuture<Integer> failed = answers.later("a", KEPT, failing);
    KeptAnswers.aMoment(List.of(failed)).join();
    assertThat(failed).failsWithin(Duration.ofSeconds(10));
    assertThat(KeptAnswers.known(failed)).isEqualTo(new Unknown<Integer>());
    assertThat(later("a")).isSameAs(failed);
    now = now.plus(KEPT);
    assertThat(later("a").join()).isEqualTo(2);
  }

  @Test
  void whatIsOnItsWayIsNeverGivenUpForMore() {
    CompletableFuture<Integer> one = answers.later("a", KEPT, this::whenReleased);
    CompletableFuture<Integer> two = answers.later("b", KEPT, this::whenReleased);

    assertThat(later("c")).isNotDone();
    assertThat(answers.now("c", KEPT, () -> 7)).isEqualTo(7);

    released.countDown();
    assertThat(one.join() + two.join()).isEqualTo(3);
    assertThat(later("c").join()).isEqualTo(3);
  }

  @Test
  void aMomentIsNoLongerThanThat() {
    CompletableFuture<Integer> never = answers.later("a", KEPT, this::whenReleased);

    KeptAnswers.aMoment(List.of(never)).join();

    assertThat(never).isNotDone();
  }
}
