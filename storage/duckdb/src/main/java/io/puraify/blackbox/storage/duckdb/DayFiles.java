package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.RunningQuery;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.TimeRange;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All day files, of which a bounded number is attached to DuckDB at once; those used longest ago
 * are detached first.
 *
 * <p>Whoever reads or writes a file leases it meanwhile; whoever replaces or removes it reserves it
 * and waits until nobody else has it. Safe for any thread. Files are attached and detached outside
 * of the monitor, so that a slow one holds up nobody who does not want it.
 */
final class DayFiles implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(DayFiles.class);

  /**
   * Two months of days answer without attaching anything. Each costs a file descriptor, and its
   * catalog and statistics some hundred kilobytes that the memory limit does not cover.
   */
  static final int MAX_ATTACHED = 64;

  /** Leaves room for others while one query reads many days. */
  static final int MAX_LEASED_AT_ONCE = MAX_ATTACHED / 2;

  /** Longer than any query of one page takes. */
  private static final Duration REOPEN_PATIENCE = Duration.ofSeconds(10);

  /** Whoever is stopped gives up a file in less. */
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(10);

  /** How long a query that was stopped goes on waiting for a file, at most. */
  private static final Duration LOOK_AROUND = Duration.ofMillis(50);

  private final DuckDbOptions options;
  private final PendingRows rows;
  private final NavigableMap<Long, DayFile> days = new TreeMap<>();

  /** Those attached, being attached or being detached. */
  private final Set<DayFile> open = new HashSet<>();

  /** Those leased or reserved. */
  private final Set<DayFile> held = new HashSet<>();

  private @Nullable Database database;
  private long leases;

  DayFiles(DuckDbOptions options, PendingRows rows) {
    this.options = options;
    this.rows = rows;
  }

  /** Opens every file once, so that a damaged one is known at the start. */
  void start(Collection<Long> present) throws SQLException {
    synchronized (this) {
      database = Database.open(options, rows);
    }
    for (long day : present) {
      add(new DayFile(options.folder(), day));
    }
    for (DayFile file : all()) {
      lease(List.of(file)).close();
    }
  }

  private synchronized DayFile add(DayFile file) {
    days.put(file.day, file);
    return file;
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

  /** The files of all days that a range touches, the oldest first. */
  List<DayFile> within(TimeRange range) {
    return all().stream()
        .filter(day -> day.fromMicros() < range.toMicros())
        .filter(day -> day.toMicros() > range.fromMicros())
        .toList();
  }

  /** The file of a day, if there is one. */
  synchronized Optional<DayFile> day(long day) {
    return Optional.ofNullable(days.get(day));
  }

  /** Leases the file of a day for the one writer; it is created where there is none. */
  Lease leaseForWriting(long day) {
    while (true) {
      DayFile file = day(day).orElseGet(() -> add(create(day)));
      if (file.doubtful) {
        reopen(file);
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
  Lease lease(Collection<DayFile> files) {
    Lease lease = claim(files);
    try {
      for (DayFile file : lease.files()) {
        ready(file);
      }
      return lease;
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  private synchronized Lease claim(Collection<DayFile> files) {
    await(() -> canLease(files), Long.MAX_VALUE);
    List<DayFile> claimed = files.stream().filter(file -> !file.dropped).toList();
    for (DayFile file : claimed) {
      file.leases++;
      file.lastLease = ++leases;
      held.add(file);
    }
    return new Lease(claimed);
  }

  private boolean canLease(Collection<DayFile> files) {
    long others = held.stream().filter(file -> !files.contains(file)).count();
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
          for (DayFile file : files) {
            if (--file.leases == 0 && !file.reserved) {
              held.remove(file);
            }
          }
          DayFiles.this.notifyAll();
        }
      }
    }
  }

  /** Attaches a leased file if it is not. */
  private void ready(DayFile file) {
    DayFile evicted = null;
    synchronized (this) {
      await(() -> !file.moving && (file.attached || roomOrIdle()), Long.MAX_VALUE);
      if (file.attached) {
        return;
      }
      if (open.size() >= MAX_ATTACHED) {
        evicted = idle().orElseThrow();
        evicted.moving = true;
      }
      file.moving = true;
      open.add(file);
    }
    boolean attached = false;
    try {
      if (evicted != null) {
        detach(evicted, true);
      }
      attach(file);
      attached = true;
    } finally {
      moved(file, attached);
    }
  }

  private boolean roomOrIdle() {
    return open.size() < MAX_ATTACHED || idle().isPresent();
  }

  private Optional<DayFile> idle() {
    return open.stream()
        .filter(file -> file.attached && !file.moving && !held.contains(file))
        .min(Comparator.comparingLong(file -> file.lastLease));
  }

  private synchronized void moved(DayFile file, boolean attached) {
    file.moving = false;
    file.attached = attached;
    if (!attached) {
      open.remove(file);
    }
    notifyAll();
  }

  private void attach(DayFile file) {
    try (var loan = database().borrow()) {
      loan.execute(attachment(file.path, file.schema));
      try {
        EventTable.upgrade(loan, file.schema);
        file.meta = DayMeta.read(loan.connection(), file.schema);
        file.weighted = file.meta.folded() > 0;
        file.needles = DayNeedles.open(loan, file.path, file.schema);
      } catch (SQLException e) {
        loan.execute("DETACH " + file.schema);
        throw e;
      }
      file.doubtful = false;
    } catch (SQLException e) {
      throw new StoreException(
          ("%s cannot be read: %s. Restore it from a backup, or move it elsewhere to go on without"
                  + " the events of that day")
              .formatted(file.path, e.getMessage()),
          e);
    }
  }

  /** Detaches a file that the caller has marked as moving. */
  private void detach(DayFile file, boolean checkpoint) {
    boolean attached = true;
    try (var loan = database().borrow()) {
      if (checkpoint && !file.doubtful) {
        emptyLog(file, loan);
      }
      loan.execute("DETACH " + file.schema);
      attached = false;
    } catch (SQLException e) {
      throw new StoreException("cannot close %s: %s".formatted(file.path, e.getMessage()), e);
    } finally {
      moved(file, attached);
    }
  }

  /** Makes the next opening quick; where it fails, the log is kept and replayed then. */
  private static void emptyLog(DayFile file, Database.Loan loan) {
    try {
      if (DayFolder.logBytes(file.path) > 0) {
        loan.execute("CHECKPOINT " + file.schema);
      }
    } catch (SQLException | IOException e) {
      log.warn("cannot empty the write-ahead log of {}: {}", file.path, e.getMessage());
    }
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
      DayFolder.remove(file.path);
      EventTable.create(loan, unfinished, file.schema);
      EventTable.finish(loan, file.schema);
      DayFolder.replace(unfinished, file.path);
      return file;
    } catch (SQLException | IOException e) {
      throw StoreFailure.writing(file.path, e);
    }
  }

  /**
   * Waits until nobody else has a file, and lets nobody have it until the reservation is closed.
   *
   * @param patience keep it short: readers of the file wait meanwhile
   * @return nothing where the patience does not last or the file was dropped
   */
  synchronized Optional<Reservation> reserve(DayFile file, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    if (!await(() -> !file.reserved, deadline) || file.dropped) {
      return Optional.empty();
    }
    file.reserved = true;
    held.add(file);
    Reservation reservation = new Reservation(file);
    boolean alone = false;
    try {
      alone = await(() -> file.leases == 0 && !file.moving, deadline);
    } finally {
      if (!alone) {
        reservation.close();
      }
    }
    return alone ? Optional.of(reservation) : Optional.empty();
  }

  /** A file that its holder has alone. */
  final class Reservation implements AutoCloseable {
    private final DayFile file;

    private Reservation(DayFile file) {
      this.file = file;
    }

    /**
     * Detaches the file, so that it can be replaced or removed; the next lease attaches it again.
     *
     * @param checkpoint whether to empty its write-ahead log first, as far as possible
     */
    void detach(boolean checkpoint) {
      synchronized (DayFiles.this) {
        if (!file.attached) {
          return;
        }
        file.moving = true;
      }
      DayFiles.this.detach(file, checkpoint);
    }

    /** Forgets the file, which its holder has detached and removed. */
    void drop() {
      synchronized (DayFiles.this) {
        file.dropped = true;
        days.remove(file.day);
      }
    }

    @Override
    public void close() {
      synchronized (DayFiles.this) {
        file.reserved = false;
        if (file.leases == 0) {
          held.remove(file);
        }
        DayFiles.this.notifyAll();
      }
    }
  }

  /** A change of a leased file. */
  @FunctionalInterface
  interface Write {
    void to(DayFile file) throws SQLException;
  }

  /** Writes to a leased file and gives it back. */
  void write(Lease lease, Write write) {
    DayFile file = lease.files().getFirst();
    StoreException failure;
    try (lease) {
      failure = failure(file, write);
    }
    if (failure != null) {
      try {
        reopen(file);
      } catch (StoreException e) {
        failure.addSuppressed(e);
      }
      throw failure;
    }
  }

  private static @Nullable StoreException failure(DayFile file, Write write) {
    try {
      write.to(file);
      return null;
    } catch (SQLException e) {
      file.doubtful = true;
      return StoreFailure.writing(file.path, e);
    }
  }

  /** Writes what is in a file's write-ahead log into the file itself. */
  void checkpoint(DayFile file) {
    Lease lease = lease(List.of(file));
    if (lease.files().isEmpty()) {
      return;
    }
    write(
        lease,
        leased -> {
          try (var loan = database().borrow()) {
            loan.execute("CHECKPOINT " + leased.schema);
          }
        });
  }

  /**
   * Has a file attached anew by the next lease. DuckDB asks for that after a checkpoint that
   * failed, as it does where the disk is full.
   */
  void reopen(DayFile file) {
    Reservation alone =
        reserve(file, REOPEN_PATIENCE)
            .orElseThrow(
                () -> new StoreException(file.path + " has to be opened anew, but is in use"));
    try (alone) {
      alone.detach(false);
    }
  }

  /**
   * Waits for a condition; false where the deadline, in {@link System#nanoTime}, passes first.
   *
   * @throws io.puraify.blackbox.core.QueryStoppedException where a query waits that is stopped
   */
  private boolean await(BooleanSupplier condition, long deadline) {
    try {
      while (!condition.getAsBoolean()) {
        RunningQuery.current().check();
        if (deadline == Long.MAX_VALUE) {
          wait(LOOK_AROUND.toMillis());
        } else {
          long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
          if (millis <= 0) {
            return false;
          }
          wait(Math.min(millis, LOOK_AROUND.toMillis()));
        }
      }
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while waiting for a day file", e);
    }
  }

  @Override
  public void close() throws SQLException {
    close(CLOSE_PATIENCE);
  }

  /**
   * Closes the files and their database.
   *
   * @param patience how long to wait for those who use a file; what they still use then is left to
   *     them, and its log is replayed at the next start
   */
  void close(Duration patience) throws SQLException {
    Database closing;
    synchronized (this) {
      if (database == null) {
        return;
      }
      long deadline = System.nanoTime() + patience.toNanos();
      if (!await(this::isQuiet, deadline)) {
        log.warn("{} still in use after {} s; left as they are", held, patience.toSeconds());
      }
      closing = database;
      for (DayFile file : List.copyOf(open)) {
        if (!file.moving && !held.contains(file)) {
          closeQuietly(file);
        }
      }
      database = null;
    }
    closing.close();
  }

  private boolean isQuiet() {
    return held.isEmpty() && open.stream().noneMatch(file -> file.moving);
  }

  private void closeQuietly(DayFile file) {
    file.moving = true;
    try {
      detach(file, true);
    } catch (StoreException e) {
      // Its log is replayed at the next start.
      log.warn("{}", e.getMessage());
    }
  }
}
