package io.puraify.blackbox.engine.alerts;

import io.puraify.blackbox.core.EventBlock;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * Hands blocks to a thread of its own, so that one processor looks at events while another reads
 * further ones. Used by one thread; what the other has done is seen after {@link #finish}.
 */
final class BlockHandover implements StoredBlocks.Sink, AutoCloseable {

  /** While one is looked at, the next one is ready and another is being made. */
  private static final int WAITING = 2;

  private record Block(EventBlock events, int[] ends) {}

  private final BlockingQueue<Optional<Block>> blocks = new ArrayBlockingQueue<>(WAITING);
  private final StoredBlocks.Sink sink;
  private final Thread thread;
  private volatile @Nullable Throwable failure;

  /**
   * Starts the thread.
   *
   * @param sink takes the blocks, in order, on that thread
   */
  BlockHandover(String threadName, StoredBlocks.Sink sink) {
    this.sink = sink;
    this.thread = Thread.ofPlatform().name(threadName).daemon().start(this::run);
  }

  private void run() {
    try {
      for (Optional<Block> next = blocks.take(); next.isPresent(); next = blocks.take()) {
        sink.take(next.get().events, next.get().ends);
      }
    } catch (InterruptedException e) {
      // Nobody wants it any more.
    } catch (RuntimeException | Error e) {
      failure = e;
      // Whoever waits for room is let go on, to be told.
      blocks.clear();
    }
  }

  /** Waits until there is room. Throws what the sink threw of an earlier block. */
  @Override
  public void take(EventBlock block, int[] ends) {
    put(Optional.of(new Block(block, ends)));
  }

  /** Waits until the sink has taken all blocks. Throws what it threw. */
  void finish() {
    put(Optional.empty());
    join();
    throwFailure();
  }

  private void put(Optional<Block> block) {
    throwFailure();
    try {
      blocks.put(block);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private void join() {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static CancellationException interrupted(InterruptedException cause) {
    Thread.currentThread().interrupt();
    var cancelled = new CancellationException("interrupted");
    cancelled.initCause(cause);
    return cancelled;
  }

  private void throwFailure() {
    switch (failure) {
      case null -> {}
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case Throwable e -> throw new IllegalStateException(e);
    }
  }

  /** Ends the thread when it has taken the block at hand; what waits is forgotten. */
  @Override
  public void close() {
    thread.interrupt();
    boolean interrupted = Thread.interrupted();
    try {
      thread.join();
    } catch (InterruptedException e) {
      interrupted = true;
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
