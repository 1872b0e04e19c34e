package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.RunningQuery;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Interrupts what a connection is executing for a query when that is stopped, until it is closed.
 *
 * <p>DuckDB forgets an interruption when the next statement begins, so one that comes between two
 * statements, or just before one, would be lost. It is therefore repeated.
 */
final class Interrupts implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(Interrupts.class);

  private static final Duration AGAIN = Duration.ofMillis(20);

  private final RunningQuery query;
  private final RunningQuery.Registration registration;

  // Guarded by this.
  private @Nullable Statement statement;
  private boolean closed;

  /** For what the calling thread executes from now on. */
  Interrupts() {
    query = RunningQuery.current();
    registration = query.onStop(() -> Thread.ofVirtual().name("interrupt").start(this::repeat));
  }

  /**
   * Takes note of the next statement, in place of the one before.
   *
   * @throws io.puraify.blackbox.core.QueryStoppedException where the query was stopped
   */
  synchronized void watch(Statement next) {
    statement = next;
    query.check();
  }

  private void repeat() {
    try {
      while (interrupt()) {
        Thread.sleep(AGAIN);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Interrupts the statement if it is being executed; false when there will be no other. */
  private synchronized boolean interrupt() {
    if (closed) {
      return false;
    }
    try {
      if (statement != null && !statement.isClosed()) {
        statement.cancel();
      }
    } catch (SQLException e) {
      log.debug("the statement ended before it was interrupted", e);
    }
    return true;
  }

  /** No interruption comes any more, so that others can have the connection. */
  @Override
  public synchronized void close() {
    closed = true;
    registration.close();
  }
}
