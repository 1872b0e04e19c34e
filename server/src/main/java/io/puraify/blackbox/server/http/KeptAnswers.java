package io.puraify.blackbox.server.http;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Answers that take longer than a list may wait. Each is worked out once, beside the requests, and
 * kept for a while; one that fails is not tried again until then. Safe for any thread.
 *
 * @param <K> what is asked about
 * @param <V> what is answered
 */
final class KeptAnswers<K, V> {

  /** What is known already, or soon, is in the first answer; nobody notices the wait. */
  private static final Duration WAIT = Duration.ofMillis(100);

  private final Blocking blocking;
  private final InstantSource clock;
  private final int most;
  private final LinkedHashMap<K, Kept<V>> answers = new LinkedHashMap<>();

  /**
   * Begins with none.
   *
   * @param most how many are kept, with those that are being worked out
   */
  KeptAnswers(Blocking blocking, InstantSource clock, int most) {
    this.blocking = blocking;
    this.clock = clock;
    this.most = most;
  }

  /**
   * One answer.
   *
   * @param until when it is to be worked out anew; while it still is being worked out, it is waited
   *     for all the same
   */
  private record Kept<V>(CompletableFuture<V> answer, Instant until) {
    boolean isOfUse(Instant now) {
      return !answer.isDone() || now.isBefore(until);
    }
  }

  /** What is known of a key: nothing yet, an answer, or that there is none. */
  sealed interface Known<V> {}

  /** It is being worked out. */
  record NotYet<V>() implements Known<V> {}

  /** It could not be worked out, in its time or at all. */
  record Unknown<V>() implements Known<V> {}

  /** It is known. */
  record Answered<V>(V answer) implements Known<V> {}

  static <V> Known<V> known(CompletableFuture<V> answer) {
    return switch (answer.state()) {
      case RUNNING -> new NotYet<>();
      case SUCCESS -> new Answered<>(answer.join());
      case FAILED, CANCELLED -> new Unknown<>();
    };
  }

  /** Waits a moment for answers, at most {@link #WAIT}, on no thread. */
  static CompletableFuture<?> aMoment(Collection<? extends CompletableFuture<?>> answers) {
    return CompletableFuture.allOf(answers.toArray(CompletableFuture<?>[]::new))
        .exceptionally(_ -> null)
        .completeOnTimeout(null, WAIT.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * An answer that is worked out later, unless it is kept or on its way. Where too many are on
   * their way it never comes; whoever asks again then finds room.
   *
   * @param kept how long it is of use
   */
  CompletableFuture<V> later(K key, Duration kept, Supplier<V> work) {
    CompletableFuture<V> answer = new CompletableFuture<>();
    Instant now = clock.instant();
    synchronized (answers) {
      Kept<V> found = answers.get(key);
      if (found != null && found.isOfUse(now)) {
        return found.answer();
      }
      answers.remove(key);
      if (!hasRoom()) {
        return answer;
      }
      answers.put(key, new Kept<>(answer, now.plus(kept)));
    }
    var _ =
        blocking
            .beside(work)
            .whenComplete((found, thrown) -> {
              if (thrown == null) {
                answer.complete(found);
              } else {
                answer.completeExceptionally(thrown);
              }
            });
    return answer;
  }

  /** The same, worked out by the caller's thread where it is not kept. */
  V now(K key, Duration kept, Supplier<V> work) {
    Optional<V> found = kept(key);
    if (found.isPresent()) {
      return found.get();
    }
    V answer = work.get();
    synchronized (answers) {
      answers.remove(key);
      if (hasRoom()) {
        Instant until = clock.instant().plus(kept);
        answers.put(key, new Kept<>(CompletableFuture.completedFuture(answer), until));
      }
    }
    return answer;
  }

  private Optional<V> kept(K key) {
    Kept<V> found;
    synchronized (answers) {
      found = answers.get(key);
    }
    return found != null && found.isOfUse(clock.instant())
        ? known(found.answer()) instanceof Answered<V>(V answer)
            ? Optional.of(answer)
            : Optional.empty()
        : Optional.empty();
  }

  /** Makes room for one more; what is being worked out is not given up. */
  private boolean hasRoom() {
    if (answers.size() < most) {
      return true;
    }
    Iterator<Kept<V>> oldest = answers.values().iterator();
    while (oldest.hasNext()) {
      if (oldest.next().answer().isDone()) {
        oldest.remove();
        return true;
      }
    }
    return false;
  }
}
