package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.storage.duckdb.needles.NeedleIndex;
import io.puraify.blackbox.storage.duckdb.needles.RowRanges;
import io.puraify.blackbox.storage.duckdb.needles.SegmentBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the file of a day anew, sorted and without what is past its time, and puts it in the place
 * of the old one, while readers and the writer go on.
 *
 * <p>The events are sorted by project and time within slices of the day of about a million events:
 * a query for a project and one for a time both leave out most row groups, and memory and spilled
 * data are bounded however many events the day has. The newest events of the day stay in the order
 * of their time, so that the newest page of everything lies in one place. What arrives meanwhile is
 * copied behind, until nothing more has arrived when the files are swapped. For one thread.
 */
final class DayRewrite {

  private static final Logger log = LoggerFactory.getLogger(DayRewrite.class);

  /** Eight row groups, which sort within half a gigabyte of memory. */
  private static final int SLICE_EVENTS = 8 * PendingRows.ROW_GROUP;

  /**
   * The newest events, in whole seconds, up to so many: eight vectors, which a query for a project
   * reads in no time.
   */
  private static final int NEWEST_EVENTS = 8 * RowRanges.VECTOR;

  /** How long readers of the file may hold up the swap, and others wait for it, at a time. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  /** Gives long readers about half a minute before the work is given up until the next time. */
  private static final int ATTEMPTS = 30;

  private static final String TIMESTAMP = EventTable.column(Field.TIMESTAMP);
  private static final String BY_TIME = TIMESTAMP + ", position";
  private static final String BY_PROJECT = EventTable.column(Field.PROJECT_ID) + ", " + BY_TIME;

  private final DayFiles files;
  private final DayFile file;
  private final ExpiredProjects expired;
  private final DuckDbOptions options;
  private final BooleanSupplier stopped;
  private final Path unfinished;
  private final String target;
  private DayMeta written = DayMeta.NEW;

  /**
   * @param expired whose events are left out
   * @param stopped whether to give up as soon as that is possible
   */
  DayRewrite(
      DayFiles files,
      DayFile file,
      ExpiredProjects expired,
      DuckDbOptions options,
      BooleanSupplier stopped) {
    this.files = files;
    this.file = file;
    this.expired = expired;
    this.options = options;
    this.stopped = stopped;
    this.unfinished = DayFolder.unfinished(file.path);
    this.target = file.schema.substring(0, file.schema.length() - 1) + " unfinished\"";
  }

  /** Part of a day, from its first moment up to that of the next, and the order that it gets. */
  private record Slice(long fromMicros, long toMicros, String order) {}

  /** How many events a second has; its first moment, in microseconds. */
  private record Second(long micros, long events) {}

  void run() throws SQLException, IOException {
    long start = System.nanoTime();
    long before = file.meta.events();
    requireRoom();
    try {
      // The swap then has next to nothing to empty while others wait.
      files.checkpoint(file);
      copySorted();
      options.faultPoint().accept("duckdb.compacted");
      announce(Long.MIN_VALUE);
      for (int attempt = 1; !swap(); attempt++) {
        if (attempt == ATTEMPTS) {
          throw new StoreException(file.path + " was in use or written to all the time");
        }
        pause();
        long announced = written.applied();
        copyArrived();
        announce(announced);
      }
    } finally {
      DayFolder.remove(unfinished);
    }
    long seconds = Duration.ofNanos(System.nanoTime() - start).toSeconds();
    log.info("rewrote {}: {} of {} events, {} s", file.path, written.events(), before, seconds);
  }

  /** The new file is about as large as the old one, and as much again may be spilled. */
  private void requireRoom() throws IOException {
    long needed = 2 * Files.size(file.path);
    long room = StoreFailure.room(file.path);
    if (room < needed) {
      throw new StoreException(
          "rewriting %s takes %d MiB of disk, and %d are left"
              .formatted(file.path, needed >> 20, room >> 20));
    }
  }

  private void requireOpen() {
    if (stopped.getAsBoolean()) {
      throw new StoreException("the event store is closing");
    }
  }

  private void pause() {
    requireOpen();
    try {
      Thread.sleep(PATIENCE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException("interrupted while rewriting " + file.path, e);
    }
  }

  private void copySorted() throws SQLException, IOException {
    try (var _ = files.lease(List.of(file));
        var loan = files.database().borrow()) {
      EventTable.create(loan, unfinished, target);
      try {
        DayMeta meta = DayMeta.read(loan.connection(), file.schema);
        long events = 0;
        for (Slice slice : slices(loan, meta.applied())) {
          events += copy(loan, slice, meta.applied());
        }
        written =
            new DayMeta(meta.applied(), meta.firstPosition(), events, events, folded(loan, meta));
        written.write(loan.connection(), target);
        index(loan);
      } finally {
        EventTable.finish(loan, target);
      }
    }
  }

  private void index(Database.Loan loan) throws SQLException, IOException {
    NeedleIndex needles = NeedleIndex.NONE;
    while (needles.rows() < written.events()) {
      requireOpen();
      int rows = (int) Math.min(written.events() - needles.rows(), SegmentBuilder.MOST_ROWS);
      needles = DayNeedles.extend(needles, rows, loan, unfinished, target);
    }
  }

  /** Cuts the day into slices of whole seconds. */
  private List<Slice> slices(Database.Loan loan, long applied) throws SQLException {
    List<Second> seconds = seconds(loan, applied);
    long newest = newest(seconds);
    List<Slice> slices = new ArrayList<>();
    long from = file.fromMicros();
    long events = 0;
    for (Second second : seconds) {
      boolean full = events > 0 && events + second.events > SLICE_EVENTS;
      if (full || second.micros == newest) {
        slices.add(new Slice(from, second.micros, BY_PROJECT));
        from = second.micros;
        events = 0;
      }
      events += second.events;
    }
    slices.add(new Slice(from, file.toMicros(), from == newest ? BY_TIME : BY_PROJECT));
    return slices;
  }

  private List<Second> seconds(Database.Loan loan, long applied) throws SQLException {
    String sql =
        "SELECT %1$s // 1000000, count(*) FROM %2$s.events WHERE position < %3$d GROUP BY 1 ORDER BY 1"
            .formatted(TIMESTAMP, file.schema, applied);
    List<Second> seconds = new ArrayList<>();
    try (var statement = loan.connection().createStatement();
        var result = statement.executeQuery(sql)) {
      while (result.next()) {
        seconds.add(new Second(result.getLong(1) * 1_000_000, result.getLong(2)));
      }
    }
    return seconds;
  }

  /** Where the newest events begin, or the end of the day where its last second has too many. */
  private long newest(List<Second> seconds) {
    long newest = file.toMicros();
    long events = 0;
    for (Second second : seconds.reversed()) {
      events += second.events;
      if (events > NEWEST_EVENTS) {
        break;
      }
      newest = second.micros;
    }
    return newest;
  }

  private long copy(Database.Loan loan, Slice slice, long applied) throws SQLException {
    requireOpen();
    SqlParameters parameters = new SqlParameters();
    String condition =
        "%1$s >= %2$s AND %1$s < %3$s AND position < %4$s AND %5$s ORDER BY %6$s"
            .formatted(
                TIMESTAMP,
                parameters.add(slice.fromMicros()),
                parameters.add(slice.toMicros()),
                parameters.add(applied),
                expired.kept(parameters),
                slice.order);
    return copy(loan, condition, parameters);
  }

  private long copy(Database.Loan loan, String condition, SqlParameters parameters)
      throws SQLException {
    String sql =
        "INSERT INTO %1$s.events (%2$s) SELECT %2$s FROM %3$s.events WHERE %4$s"
            .formatted(target, EventTable.ALL_COLUMNS, file.schema, condition);
    try (var statement = loan.connection().prepareStatement(sql)) {
      parameters.bind(statement);
      return statement.executeLargeUpdate();
    }
  }

  /** How many further events those of the new file stand for. */
  private long folded(Database.Loan loan, DayMeta meta) throws SQLException {
    if (meta.folded() == 0) {
      return 0;
    }
    String sql =
        "SELECT CAST(coalesce(sum(%1$s - 1), 0) AS BIGINT) FROM %2$s.events WHERE %1$s IS NOT NULL"
            .formatted(EventTable.column(Field.COUNT), target);
    try (var statement = loan.prepare(sql);
        var result = statement.executeQuery()) {
      result.next();
      return result.getLong(1);
    }
  }

  /** Copies what was appended since the last copy. */
  private void copyArrived() throws SQLException {
    try (var _ = files.lease(List.of(file));
        var loan = files.database().borrow()) {
      DayMeta meta = DayMeta.read(loan.connection(), file.schema);
      if (meta.applied() == written.applied()) {
        return;
      }
      loan.execute(DayFiles.attachment(unfinished, target));
      try {
        SqlParameters parameters = new SqlParameters();
        String condition =
            "position >= %s AND position < %s AND %s"
                .formatted(
                    parameters.add(written.applied()),
                    parameters.add(meta.applied()),
                    expired.kept(parameters));
        long events = written.events() + copy(loan, condition, parameters);
        written =
            new DayMeta(
                meta.applied(), meta.firstPosition(), events, written.sorted(), folded(loan, meta));
        written.write(loan.connection(), target);
      } finally {
        EventTable.finish(loan, target);
      }
    }
  }

  /** Says what the new file leaves out, of the positions from one on. */
  private void announce(long from) {
    new Announcement(files, file, options.removals()).of(expired, from, written.applied());
  }

  /** Puts the new file in the place of the old one if it has the same events and nobody uses it. */
  private boolean swap() throws IOException {
    var reservation = files.reserve(file, PATIENCE);
    if (reservation.isEmpty()) {
      return false;
    }
    try (var alone = reservation.get()) {
      if (file.doubtful || file.meta.applied() != written.applied()) {
        return false;
      }
      // A log that outlived its file would be taken for one of the new file.
      alone.detach(true);
      if (DayFolder.logBytes(file.path) > 0) {
        return false;
      }
      DayFolder.replaceDay(unfinished, file.path);
      file.meta = written;
      options.faultPoint().accept("duckdb.swapped");
      return true;
    }
  }
}
