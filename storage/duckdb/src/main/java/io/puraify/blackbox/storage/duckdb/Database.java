package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.QueryStoppedException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Properties;
import org.duckdb.DuckDBConnection;
import org.duckdb.DuckDBPreparedStatement;
import org.jspecify.annotations.Nullable;

/**
 * One DuckDB inside this process, without a file of its own: day files are attached to it, and all
 * share its threads and its memory.
 *
 * <p>Safe for any thread; each connection it hands out is for one thread at a time.
 */
final class Database implements AutoCloseable {

  /** Idle connections kept for the next query; one costs a few kilobytes. */
  private static final int IDLE_CONNECTIONS = 16;

  /**
   * A checkpoint compresses the last row group of a file once more, so the write-ahead log holds
   * about one: a quarter as large, batches of some thousand events cost twice as much. Replaying
   * all of it takes about a second.
   */
  static final String WAL_SIZE = "64MiB";

  private final DuckDBConnection root;
  private final Deque<Connection> idle = new ArrayDeque<>();
  private boolean closed;

  private Database(DuckDBConnection root) {
    this.root = root;
  }

  /** Starts a DuckDB. */
  static Database open(DuckDbOptions options, PendingRows rows) throws SQLException {
    Properties settings = new Properties();
    settings.setProperty("threads", Integer.toString(options.threads()));
    settings.setProperty("memory_limit", options.memoryLimit());
    settings.setProperty("temp_directory", DayFolder.temporary(options.folder()).toString());
    // Rows have a position of their own; not keeping the order lets several threads load.
    settings.setProperty("preserve_insertion_order", "false");
    settings.setProperty("wal_autocheckpoint", WAL_SIZE);
    // Merging small row groups would write all that is behind them once more, which takes seconds
    // and doubles the file. They are few, and compaction leaves none.
    settings.setProperty("max_vacuum_tasks", "0");
    // Checkpoints are asked for where they are due; without one a file is let go in no time.
    settings.setProperty("checkpoint_on_detach", "DISABLED");
    // Pages are read in two steps already, where it pays.
    settings.setProperty("late_materialization_max_rows", "0");
    // All that is needed is in the driver; nothing is to be fetched from elsewhere.
    settings.setProperty("autoinstall_known_extensions", "false");
    settings.setProperty("autoload_known_extensions", "false");
    var root = (DuckDBConnection) DriverManager.getConnection("jdbc:duckdb:", settings);
    rows.register(root);
    EventFunctions.register(root);
    return new Database(root);
  }

  /** A connection for the calling thread, to be given back by closing the loan. */
  Loan borrow() throws SQLException {
    synchronized (idle) {
      Connection connection = idle.poll();
      return new Loan(connection != null ? connection : root.duplicate());
    }
  }

  /** A connection in use. */
  final class Loan implements AutoCloseable {
    private final Connection connection;
    private @Nullable Interrupts interrupts;
    private boolean discarded;

    private Loan(Connection connection) {
      this.connection = connection;
    }

    Connection connection() {
      return connection;
    }

    /**
     * A statement that is part of a query: it ends with an error when the query is stopped.
     *
     * @throws io.puraify.blackbox.core.QueryStoppedException where it was stopped before
     */
    DuckDBPreparedStatement prepare(String sql) throws SQLException {
      if (interrupts == null) {
        interrupts = new Interrupts();
      }
      var statement = (DuckDBPreparedStatement) connection.prepareStatement(sql);
      try {
        interrupts.watch(statement);
        return statement;
      } catch (QueryStoppedException e) {
        statement.close();
        throw e;
      }
    }

    /**
     * The same for one with {@code ORDER BY} whose rows are read while DuckDB goes on. Where it may
     * forget the order of rows, several threads hand over parts of a sorted result as they are done
     * with them, against what the statement says (seen with DuckDB 2.0.0). The connection may not
     * forget it, so it is not given to others.
     */
    DuckDBPreparedStatement prepareOrdered(String sql) throws SQLException {
      discard();
      execute("SET SESSION preserve_insertion_order = true");
      return prepare(sql);
    }

    /** Runs statements that return nothing, whatever happens to the query. */
    void execute(String sql) throws SQLException {
      try (var statement = connection.createStatement()) {
        statement.execute(sql);
      }
    }

    /** Ends the connection, and with it its transaction, instead of giving it to others. */
    void discard() {
      discarded = true;
    }

    @Override
    public void close() throws SQLException {
      if (interrupts != null) {
        interrupts.close();
      }
      synchronized (idle) {
        if (!closed && !discarded && idle.size() < IDLE_CONNECTIONS) {
          idle.push(connection);
          return;
        }
      }
      connection.close();
    }
  }

  @Override
  public void close() throws SQLException {
    synchronized (idle) {
      closed = true;
      while (!idle.isEmpty()) {
        idle.pop().close();
      }
    }
    root.close();
  }
}
