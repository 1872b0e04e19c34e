package io.puraify.blackbox.engine.state;

import io.puraify.blackbox.core.Health;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The state: what Blackbox knows besides events, in one database that all features share. One
 * transaction writes at a time, and readers go on beside it. Safe for any thread; building one does
 * no I/O.
 */
public final class StateDatabase implements AutoCloseable {

  /** More readers at once would only share the same processors; each keeps a cache of its own. */
  private static final int READERS = 4;

  private final StateOptions options;
  private final SqliteFile sqlite;
  private final Jdbi writers;
  private final Jdbi readers;
  private final ReentrantLock writing = new ReentrantLock(true);
  private final Semaphore reading = new Semaphore(READERS, true);

  // Guarded by writing.
  private @Nullable Handle writer;

  // Guarded by itself.
  private final Deque<Handle> idle = new ArrayDeque<>();

  public StateDatabase(StateOptions options) {
    List<StateSchema> schemas = new ArrayList<>(options.schemas());
    schemas.addFirst(StoredPosition.SCHEMA);
    this.options = new StateOptions(options.file(), schemas, options.faultPoint());
    this.sqlite = new SqliteFile(options.file(), false);
    this.writers = Jdbi.create(sqlite);
    this.readers = Jdbi.create(new SqliteFile(options.file(), true));
  }

  /**
   * Opens or creates the database, and brings its tables up to date.
   *
   * @throws StateException naming the file, the fact and the remedy
   */
  public void start() {
    change(new SchemaStatements(options.file(), options.schemas())::apply);
  }

  /**
   * Runs a transaction that reads: everything in it is of one moment.
   *
   * @param query gets a handle that is its own until it returns; what it returns must not hold on
   *     to the handle
   */
  public <T> T read(Function<Handle, T> query) {
    reading.acquireUninterruptibly();
    try {
      return read(borrow(), query);
    } catch (RuntimeException e) {
      throw failure("read", e);
    } finally {
      reading.release();
    }
  }

  private <T> T read(Handle handle, Function<Handle, T> query) {
    boolean sound = false;
    try {
      T result = handle.inTransaction(query::apply);
      sound = true;
      return result;
    } finally {
      if (sound) {
        giveBack(handle);
      } else {
        handle.close();
      }
    }
  }

  private Handle borrow() {
    Handle handle;
    synchronized (idle) {
      handle = idle.poll();
    }
    return handle == null ? readers.open() : handle;
  }

  private void giveBack(Handle handle) {
    synchronized (idle) {
      idle.push(handle);
    }
  }

  /**
   * Runs a transaction that writes. When it returns, the change survives a crash of the machine;
   * when it throws, there is none.
   *
   * @param change gets a handle that is its own until it returns
   * @throws StateException where the database fails; what {@code change} itself throws passes as it
   *     is
   */
  public <T> T write(Function<Handle, T> change) {
    writing.lock();
    try {
      Handle handle = writer == null ? writers.open() : writer;
      // Only a sound one is kept: one that has failed is opened anew.
      writer = null;
      T result = write(handle, change);
      writer = handle;
      return result;
    } catch (RuntimeException e) {
      throw failure("write", e);
    } finally {
      writing.unlock();
    }
  }

  private static <T> T write(Handle handle, Function<Handle, T> change) {
    try {
      return handle.inTransaction(change::apply);
    } catch (RuntimeException | Error e) {
      handle.close();
      throw e;
    }
  }

  /** As {@link #write}, without a result. */
  public void change(Consumer<Handle> change) {
    var _ =
        write(handle -> {
          change.accept(handle);
          return true;
        });
  }

  /** A transaction that goes on until it is committed, and keeps all other writers out. */
  public OpenTransaction open() {
    return new OpenTransaction(this, writers);
  }

  RuntimeException failure(String what, RuntimeException thrown) {
    return thrown instanceof org.jdbi.v3.core.JdbiException ? sqlite.failure(what, thrown) : thrown;
  }

  /** Passes a moment that is worth a crash test. */
  void faultPoint(String name) {
    options.faultPoint().accept(name);
  }

  /** What it takes on disk, in bytes. */
  public long bytes() {
    return sqlite.bytes();
  }

  /** Whether it can be read, with what it takes on disk. */
  public Health check() {
    try {
      var _ = read(handle -> handle.select("SELECT 1").mapTo(Long.class).one());
      return Health.up("%,d bytes".formatted(bytes()));
    } catch (RuntimeException e) {
      return Health.down("" + e.getMessage());
    }
  }

  /** Waits for the transaction at hand and closes the file. Closing twice is fine. */
  @Override
  public void close() {
    reading.acquireUninterruptibly(READERS);
    try {
      synchronized (idle) {
        idle.forEach(Handle::close);
        idle.clear();
      }
    } finally {
      reading.release(READERS);
    }
    // The last connection that is closed empties the log, so it is the one that may write.
    writing.lock();
    try {
      if (writer != null) {
        writer.close();
        writer = null;
      }
    } finally {
      writing.unlock();
    }
  }
}
