package io.puraify.blackbox.engine.consumers;

import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** A consumer in memory that keeps what it is given, and holds its pump to the contract. */
final class RecordingConsumer implements JournalConsumer {

  private final String name;
  private final List<String> messages = new ArrayList<>();
  private final List<Integer> batches = new ArrayList<>();
  private Position taken;
  private Position position;
  private boolean storesLater;
  private volatile boolean standsBack;
  private int failures;
  private Supplier<? extends Throwable> failure = () -> new IllegalStateException("away");
  private int attempts;
  private boolean held;
  private boolean movesBeforeFailing;
  private int mostEvents = Integer.MAX_VALUE;
  private long mostBytes = Long.MAX_VALUE;

  RecordingConsumer(String name, long position) {
    this.name = name;
    this.position = new Position(position);
    this.taken = this.position;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public synchronized Position position() {
    return position;
  }

  @Override
  public boolean standsBack() {
    return standsBack;
  }

  @Override
  public synchronized int mostEvents() {
    return mostEvents;
  }

  @Override
  public synchronized long mostBytes() {
    return mostBytes;
  }

  synchronized void isFullAfterBytes(long bytes) {
    mostBytes = bytes;
  }

  synchronized void wantsAtMost(int events) {
    mostEvents = events;
  }

  /** From now on an attempt that fails has done something all the same. */
  synchronized void moveBeforeFailing() {
    movesBeforeFailing = true;
  }

  @Override
  public synchronized void apply(EventBatch batch) {
    attempts++;
    notifyAll();
    await(() -> !held);
    if (failures > 0) {
      failures--;
      if (movesBeforeFailing) {
        position = batch.end();
      }
      throwIt(failure.get());
    }
    if (batch.first().compareTo(taken) > 0 || batch.end().compareTo(taken) <= 0) {
      throw new AssertionError(
          "at %s was given %s to %s".formatted(taken, batch.first(), batch.end()));
    }
    for (EventBlock block : batch.blocks()) {
      for (int row = 0; row < block.rows(); row++) {
        if (block.first().value() + row >= taken.value()) {
          messages.add(new String(block.text(Field.MESSAGE, row), StandardCharsets.UTF_8));
        }
      }
    }
    batches.add((int) batch.size());
    taken = batch.end();
    if (!storesLater) {
      position = taken;
    }
    notifyAll();
  }

  private static void throwIt(Throwable thrown) {
    if (thrown instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) thrown;
  }

  /** The next attempts fail. */
  synchronized void failNext(int times, Supplier<? extends Throwable> with) {
    failures = times;
    failure = with;
  }

  /** From now on {@link #apply} does not return. */
  synchronized void hold() {
    held = true;
  }

  synchronized void release() {
    held = false;
    notifyAll();
  }

  /** From now on {@link #apply} takes events in, and the position stays until {@link #storeNow}. */
  synchronized void storeLater() {
    storesLater = true;
  }

  synchronized void storeNow() {
    position = taken;
  }

  void standBack() {
    standsBack = true;
  }

  /** Waits until something was tried for so many times. */
  synchronized void awaitAttempts(int times) {
    await(() -> attempts >= times);
  }

  synchronized void awaitPosition(long wanted) {
    await(() -> position.value() >= wanted);
  }

  synchronized void awaitMessages(int count) {
    await(() -> messages.size() >= count);
  }

  synchronized List<String> messages() {
    return List.copyOf(messages);
  }

  /** The sizes of the batches that were applied. */
  synchronized List<Integer> batches() {
    return List.copyOf(batches);
  }

  private void await(java.util.function.BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(120);
    try {
      while (!condition.getAsBoolean()) {
        if (System.nanoTime() > deadline) {
          throw new AssertionError("%s stays at %s".formatted(name, position));
        }
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
