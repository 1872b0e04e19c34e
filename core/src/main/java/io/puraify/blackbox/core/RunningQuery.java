package io.puraify.blackbox.core;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A query under way, and the way to stop it. Whoever asks runs the work {@link #run in it}; whoever
 * works, above all a store, takes the {@link #current} one, has its own means called {@link #onStop
 * when it is stopped}, and ends with a {@link QueryStoppedException}.
 *
 * <p>It is bound to the thread, so that what lies between does not have to pass it on; a store that
 * works on other threads passes it on to them. Safe for any thread.
 */
public final class RunningQuery {

  /** Why a query is stopped. */
  public enum Stop {
    /** Whoever asked does not wait for the answer any more. */
    CLIENT_GONE,
    /** It has taken as long as a query may. */
    TIME_LIMIT,
    /** The server stops. */
    SHUTDOWN
  }

  /** Something that has begun and is closed when it has ended. */
  public interface Registration extends AutoCloseable {
    @Override
    void close();
  }

  private static final ScopedValue<RunningQuery> CURRENT = ScopedValue.newInstance();

  // Guarded by this.
  private final List<Runnable> hooks = new ArrayList<>();

  private volatile @Nullable Stop stopped;

  /** The query that the calling thread works for; one that nobody stops where there is none. */
  public static RunningQuery current() {
    return CURRENT.isBound() ? CURRENT.get() : new RunningQuery();
  }

  /** Runs work, on the calling thread, that is part of this query. */
  public <T> T run(Supplier<T> work) {
    return ScopedValue.where(CURRENT, this).<T, RuntimeException>call(work::get);
  }

  /** Stops the query; only the first reason counts. */
  public void stop(Stop reason) {
    List<Runnable> called;
    synchronized (this) {
      if (stopped != null) {
        return;
      }
      stopped = reason;
      called = List.copyOf(hooks);
      hooks.clear();
    }
    called.forEach(Runnable::run);
  }

  /** Why it was stopped, or {@code null} where it was not. */
  public @Nullable Stop stopped() {
    return stopped;
  }

  /**
   * Ends the work where the query was stopped.
   *
   * @throws QueryStoppedException if it was
   */
  public void check() {
    Stop reason = stopped;
    if (reason != null) {
      throw new QueryStoppedException(reason);
    }
  }

  /**
   * Has something called once when the query is stopped, at once where it was stopped already.
   *
   * @param hook runs on the thread that stops the query, which must not wait; it may still run
   *     while the registration is being closed
   */
  public Registration onStop(Runnable hook) {
    synchronized (this) {
      if (stopped == null) {
        hooks.add(hook);
        return () -> remove(hook);
      }
    }
    hook.run();
    return () -> {};
  }

  private synchronized void remove(Runnable hook) {
    hooks.remove(hook);
  }
}
