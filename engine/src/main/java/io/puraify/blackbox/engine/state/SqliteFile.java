package io.puraify.blackbox.engine.state;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import org.jdbi.v3.core.ConnectionFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * Connections to the SQLite file of the state: one that writes, and readers beside it, which see
 * what was committed when they began and wait for nobody (write-ahead log).
 *
 * <p>A commit is synced before it returns (synchronous=FULL). NORMAL would survive {@code kill -9}
 * as well, but not the machine's end, and then two promises would break: a consumer's position is
 * what the journal may forget, and a change that somebody made through the API was answered as
 * done. Consumers gather for a second, so it is a few syncs a second.
 */
record SqliteFile(Path file, boolean readOnly) implements ConnectionFactory {

  /** Pages of the file that a connection keeps in memory; negative, so in KiB. */
  private static final int CACHE = -16 * 1024;

  /** A checkpoint of the log may hold up a writer for so long, a backup by others as well. */
  private static final int BUSY_MILLIS = 10_000;

  /** After a checkpoint no more of the log is kept on disk than that. */
  private static final int LOG_BYTES = 16 << 20;

  /** Where less is left, a write that failed most likely failed for want of room. */
  private static final long LITTLE_ROOM = 64L << 20;

  @Override
  public Connection openConnection() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setCacheSize(CACHE);
    config.setBusyTimeout(BUSY_MILLIS);
    config.setJournalSizeLimit(LOG_BYTES);
    config.enforceForeignKeys(true);
    // Nobody asks for them, and each insert would be followed by a query.
    config.setGetGeneratedKeys(false);
    config.setTempStore(SQLiteConfig.TempStore.MEMORY);
    Connection connection = config.createConnection("jdbc:sqlite:" + file);
    if (readOnly) {
      // Not opened read-only: only who may write can make the index of the log after a crash.
      try (var statement = connection.createStatement()) {
        statement.execute("PRAGMA query_only = ON");
      }
    }
    return connection;
  }

  /** What the database takes on disk, in bytes, its log included. */
  long bytes() {
    return size(file) + size(Path.of(file + "-wal"));
  }

  private static long size(Path path) {
    try {
      return Files.size(path);
    } catch (IOException e) {
      // There is none, as before the first start or after the log was emptied.
      return 0;
    }
  }

  /** Says what could not be done and what to do about it. */
  StateException failure(String what, Throwable thrown) {
    Throwable cause = thrown;
    while (!(cause instanceof SQLiteException) && cause.getCause() != null) {
      cause = cause.getCause();
    }
    SQLiteErrorCode code =
        cause instanceof SQLiteException sqlite
            ? sqlite.getResultCode()
            : SQLiteErrorCode.UNKNOWN_ERROR;
    String remedy =
        switch (code) {
          case SQLITE_NOTADB, SQLITE_CORRUPT ->
              "the file is damaged; restore it from a backup of the whole data folder, or move it"
                  + " and its -wal away, and what is kept there begins anew";
          case SQLITE_FULL -> "there is no room; make some, and it goes on";
          default -> "" + cause.getMessage();
        };
    long room = file.toAbsolutePath().resolveSibling(".").toFile().getUsableSpace();
    String left = room < LITTLE_ROOM ? " (the disk has %d MiB left)".formatted(room >> 20) : "";
    return new StateException("cannot %s %s: %s%s".formatted(what, file, remedy, left), thrown);
  }
}
