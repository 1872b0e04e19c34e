package io.puraify.blackbox.engine.state;

import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * A transaction that goes on over many calls until it is committed, for somebody who alone writes
 * to a database and takes in more than is worth a sync of the disk each time. Whoever reads sees
 * what was committed last. Not safe for several threads.
 */
public final class OpenTransaction implements AutoCloseable {

  private final StateDatabase state;
  private final Jdbi writers;
  private @Nullable Handle handle;

  OpenTransaction(StateDatabase state, Jdbi writers) {
    this.state = state;
    this.writers = writers;
  }

  /** The transaction's handle; one begins where none is under way. */
  public Handle handle() {
    Handle open = handle;
    if (open == null) {
      open = writers.open();
      handle = open;
    }
    if (!open.isInTransaction()) {
      open.begin();
    }
    return open;
  }

  /** When it returns, what was written survives a crash of the machine. */
  void commit() {
    handle().commit();
  }

  /** Says of a failure of the database which file it is about, and what to do. */
  public RuntimeException failure(RuntimeException thrown) {
    return state.failure("write", thrown);
  }

  /** Forgets what was written since the last commit; the handle begins anew. */
  @Override
  public void close() {
    Handle open = handle;
    handle = null;
    if (open != null) {
      try (open) {
        if (open.isInTransaction()) {
          open.rollback();
        }
      }
    }
  }
}
