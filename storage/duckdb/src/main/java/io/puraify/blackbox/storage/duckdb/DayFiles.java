package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * All day files, of which a bounded number is attached to DuckDB at once; those used longest ago
 * are detached first.
 *
 * <p>Whoever reads or writes a file leases it meanwhile. Safe for any thread.
 */
final class DayFiles implements AutoCloseable {

  /**
   * Two months of days answer without attaching anything. Each costs a file descriptor, and its
   * catalog and statistics some hundred kilobytes that the memory limit does not cover.
   */
  static final int MAX_ATTACHED = 64;

  /** Leaves room for others while one query reads many days. */
  static final int MAX_LEASED_AT_ONCE = MAX_ATTACHED / 2;

  private final DuckDbOptions options;
  private final PendingRows rows;
  private final NavigableMap<Long, DayFile> days = new TreeMap<>();
  private @Nullable Database database;
  private int attached;
  private long leases;

  DayFiles(DuckDbOptions options, PendingRows rows) {
    this.options = options;
    this.rows = rows;
  }

  /** Opens every file once, so that a damaged one is known at the start. */
  synchronized void start(Collection<Long> present) throws SQLException {
    database = Database.open(options, rows);
    for (long day : present) {
      DayFile file = new DayFile(options.folder(), day);
      makeRoom();
      attach(file);
      file.lastLease = ++leases;
      days.put(day, file);
    }
  }

  /** The database to which leased files are attached. */
  synchronized Database database() {
    if (database == null) {
      throw new StoreException("the event store in " + options.folder() + " is not open");
    }
    return database;
  }

  /** All files, the oldest day first. */
  synchronized List<DayFile> all() {
    return List.copyOf(days.values());
  }

  /** The file of a day, if there is one. */
  synchronized Optional<DayFile> day(long day) {
    return Optional.ofNullable(days.get(day));
  }

  /**
   * Leases the file of a day, which is created where there is none. Waits while somebody has it
   * alone.
   */
  synchronized Lease leaseOrCreate(long day) {
    while (true) {
      DayFile file = days.get(day);
      if (file == null) {
        file = create(day);
      }
      Lease lease = lease(List.of(file));
      if (!lease.files().isEmpty()) {
        return lease;
      }
    }
  }

  /**
   * Leases files, all at once, so that no two leases wait for each other. Waits until it can.
   *
   * @param files at most {@link #MAX_LEASED_AT_ONCE}; those that were dropped meanwhile are left
   *     out
   */
  synchronized Lease lease(Collection<DayFile> files) {
    awaitUntil(() -> canLease(files));
    List<DayFile> leased = new ArrayList<>(files.size());
    Lease lease = new Lease(leased);
    try {
      for (DayFile file : files) {
        if (!file.dropped) {
          file.leases++;
          leased.add(file);
          file.lastLease = ++leases;
        }
      }
      for (DayFile file : leased) {
        ready(file);
      }
      return lease;
    } catch (SQLException | RuntimeException e) {
      lease.close();
      throw new StoreException("cannot open the day files: " + e.getMessage(), e);
    }
  }

  private boolean canLease(Collection<DayFile> files) {
    long others = days.values().stream().filter(f -> f.leases > 0 && !files.contains(f)).count();
    return others + files.size() <= MAX_ATTACHED && files.stream().noneMatch(f -> f.reserved);
  }

  /** Files in use; they stay attached, and their content in place, until this is closed. */
  final class Lease implements AutoCloseable {
    private final List<DayFile> files;
    private boolean closed;

    private Lease(List<DayFile> files) {
      this.files = files;
    }

    List<DayFile> files() {
      return files;
    }

    @Override
    public void close() {
      synchronized (DayFiles.this) {
        if (!closed) {
          closed = true;
          files.forEach(file -> file.leases--);
          DayFiles.this.notifyAll();
        }
      }
    }
  }

  private void ready(DayFile file) throws SQLException {
    if (!file.attached) {
      makeRoom();
      attach(file);
    } else if (file.meta == null) {
      try (var loan = database().borrow()) {
        file.meta = DayMeta.read(loan.connection(), file.schema);
      }
    }
  }

  private void makeRoom() throws SQLException {
    if (attached >= MAX_ATTACHED) {
      DayFile oldest =
          days.values().stream()
              .filter(file -> file.attached && file.leases == 0 && !file.reserved)
              .min(Comparator.comparingLong(file -> file.lastLease))
              .orElseThrow();
      detach(oldest);
    }
  }

  private void attach(DayFile file) {
    try (var loan = database().borrow()) {
      loan.execute(attachment(file.path, file.schema));
      file.attached = true;
      attached++;
      file.meta = DayMeta.read(loan.connection(), file.schema);
    } catch (SQLException e) {
      throw new StoreException(
          ("%s cannot be read: %s. Restore it from a backup, or move it elsewhere to go on without"
                  + " the events of that day")
              .formatted(file.path, e.getMessage()),
          e);
    }
  }

  private void detach(DayFile file) throws SQLException {
    try (var loan = database().borrow()) {
      loan.execute("DETACH " + file.schema);
    }
    file.attached = false;
    attached--;
  }

  static String attachment(Path path, String schema) {
    String literal = path.toString().replace("'", "''");
    return "ATTACH '%s' AS %s (STORAGE_VERSION 'latest')".formatted(literal, schema);
  }

  /** A new file is made whole under another name, so that no crash leaves half of one. */
  private DayFile create(long day) {
    DayFile file = new DayFile(options.folder(), day);
    Path unfinished = DayFolder.unfinished(file.path);
    try (var loan = database().borrow()) {
      DayFolder.delete(unfinished);
      DayFolder.delete(DayFolder.wal(unfinished));
      loan.execute(attachment(unfinished, file.schema));
      try {
        loan.execute(EventTable.CREATE.formatted(file.schema));
      } finally {
        loan.execute("DETACH " + file.schema);
      }
      DayFolder.replace(unfinished, file.path);
    } catch (SQLException | IOException e) {
      throw new StoreException("cannot create %s: %s".formatted(file.path, e.getMessage()), e);
    }
    days.put(day, file);
    return file;
  }

  private void awaitUntil(java.util.function.BooleanSupplier condition) {
    try {
      while (!condition.getAsBoolean()) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for a day file", e);
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    if (database != null) {
      awaitUntil(() -> days.values().stream().allMatch(file -> file.leases == 0));
      for (DayFile file : days.values()) {
        if (file.attached) {
          detach(file);
        }
      }
      database.close();
      database = null;
    }
  }
}
