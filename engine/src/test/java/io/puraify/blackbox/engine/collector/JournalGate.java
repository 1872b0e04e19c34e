package io.puraify.blackbox.engine.collector;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/** A fault point that holds the journal's thread back before it syncs, or lets the sync fail. */
final class JournalGate implements Consumer<String> {

  private boolean held;
  private boolean waiting;
  private int failures;

  @Override
  public synchronized void accept(String point) {
    if (!point.equals("journal.written")) {
      return;
    }
    waiting = true;
    notifyAll();
    await(() -> !held);
    waiting = false;
    if (failures > 0) {
      failures--;
      throw new UncheckedIOException(new IOException("No space left on device"));
    }
  }

  /** From now on nothing is synced. */
  synchronized void hold() {
    held = true;
  }

  /** Waits until the journal's thread stands at the gate. */
  synchronized void awaitHeld() {
    await(() -> waiting);
  }

  /** What is held back and what comes is synced. */
  synchronized void release() {
    held = false;
    notifyAll();
  }

  /** The next syncs fail; those held back count. */
  synchronized void failNext(int syncs) {
    failures = syncs;
  }

  private void await(java.util.function.BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
