package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.storage.duckdb.DayTask.Expired;
import io.puraify.blackbox.storage.duckdb.needles.SegmentBuilder;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done to the day files from time to time: files past their time are removed, long logs
 * emptied, days that are over rewritten, further rows indexed. What fails is logged and tried again
 * the next time. For one thread.
 */
final class Upkeep {

  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);

  /** Replayed in a quarter of a second, by which the next start is later. */
  private static final long LONG_LOG = 16L << 20;

  /** How long readers of a file may hold up its removal, and wait for it; else it is next time. */
  private static final Duration PATIENCE = Duration.ofMillis(500);

  private final DayFiles files;
  private final DuckDbOptions options;
  private final BooleanSupplier stopped;

  /** For each day, the day on which its file was last known to hold nothing past its time. */
  private final Map<Long, Long> examined = new HashMap<>();

  /**
   * @param stopped whether to stop as soon as that is possible
   */
  Upkeep(DayFiles files, DuckDbOptions options, BooleanSupplier stopped) {
    this.files = files;
    this.options = options;
    this.stopped = stopped;
  }

  void run(Instant now) {
    // What makes room comes first, and what takes long last.
    each("remove", file -> removeExpired(file, now));
    each("empty the log of", this::emptyLongLog);
    each(
        "rewrite or index",
        file -> {
          rewrite(file, now);
          index(file);
        });
    examined.keySet().removeIf(day -> files.day(day).isEmpty());
  }

  /** Something that is done to a file. */
  @FunctionalInterface
  private interface Work {
    void on(DayFile file) throws SQLException, IOException;
  }

  /** The newest days first: they are asked for most. */
  private void each(String what, Work work) {
    for (DayFile file : files.all().reversed()) {
      if (stopped.getAsBoolean()) {
        return;
      }
      try {
        work.on(file);
      } catch (SQLException | IOException | RuntimeException e) {
        log.error("cannot {} {}; it is tried again", what, file.path, e);
      }
    }
  }

  private void removeExpired(DayFile file, Instant now) throws IOException {
    if (allExpired(file, now)) {
      long applied = file.meta.applied();
      new Announcement(files, file, options.removals()).ofAll(applied);
      // What has come since is announced the next time.
      remove(file, meta -> meta.applied() == applied);
    }
  }

  private boolean allExpired(DayFile file, Instant now) {
    return options.retention().expired(file.day, today(now));
  }

  private static long today(Instant now) {
    return Micros.day(Micros.of(now));
  }

  private void remove(DayFile file, Predicate<DayMeta> still) throws IOException {
    var reservation = files.reserve(file, PATIENCE);
    if (reservation.isEmpty()) {
      log.info("{} is to be removed but in use; it is removed the next time", file.path);
      return;
    }
    try (var alone = reservation.get()) {
      if (still.test(file.meta)) {
        alone.detach(false);
        DayFolder.remove(file.path);
        alone.drop();
        log.info("removed {}: its events are past their time", file.path);
      }
    }
  }

  private void emptyLongLog(DayFile file) throws IOException {
    if (DayFolder.logBytes(file.path) >= LONG_LOG) {
      files.checkpoint(file);
    }
  }

  /** While a file is being filled, in large pieces: each takes a second from whoever fills it. */
  private void index(DayFile file) throws SQLException, IOException {
    int least =
        file.isBeingFilled(options.rest()) ? SegmentBuilder.MOST_ROWS : options.compactFrom();
    while (!stopped.getAsBoolean() && indexMore(file, least)) {
      log.debug("indexed {} rows of {}", file.needles.rows(), file.path);
    }
  }

  private boolean indexMore(DayFile file, int least) throws SQLException, IOException {
    try (var lease = files.lease(List.of(file));
        var loan = files.database().borrow()) {
      long unknown = file.meta.events() - file.needles.rows();
      if (lease.files().isEmpty() || unknown < least) {
        return false;
      }
      int rows = (int) Math.min(unknown, SegmentBuilder.MOST_ROWS);
      file.needles = DayNeedles.extend(file.needles, rows, loan, file.path, file.schema);
      return true;
    }
  }

  private void rewrite(DayFile file, Instant now) throws SQLException, IOException {
    if (file.isBeingFilled(options.rest())) {
      return;
    }
    ExpiredProjects projects = ExpiredProjects.of(options.retention(), file.day, today(now));
    DayTask task =
        DayTask.of(
            file.meta, file.toMicros(), expired(file, projects, now), options.compactFrom(), now);
    switch (task) {
      // A file that is to be removed is in use, and too late to be rewritten.
      case NOTHING, REMOVE -> {}
      case SORT, SORT_LATE_EVENTS, LEAVE_OUT_EXPIRED -> {
        log.info("rewriting {}: {}", file.path, task);
        new DayRewrite(files, file, projects, options, stopped).run();
        examined.put(file.day, today(now));
        if (file.meta.events() == 0) {
          remove(file, meta -> meta.events() == 0);
        }
      }
    }
  }

  /** Looks into the file at most once a day, since what is in it expires day by day. */
  private Expired expired(DayFile file, ExpiredProjects projects, Instant now) throws SQLException {
    if (allExpired(file, now)) {
      return Expired.ALL;
    }
    Long known = examined.get(file.day);
    if (projects.none() || known != null && known == today(now)) {
      return Expired.NONE;
    }
    if (holdsAny(projects, file)) {
      return Expired.SOME;
    }
    examined.put(file.day, today(now));
    return Expired.NONE;
  }

  private boolean holdsAny(ExpiredProjects projects, DayFile file) throws SQLException {
    try (var lease = files.lease(List.of(file))) {
      if (lease.files().isEmpty()) {
        return false;
      }
      SqlParameters parameters = new SqlParameters();
      String sql =
          "SELECT 1 FROM %s.events WHERE %s LIMIT 1"
              .formatted(file.schema, projects.expired(parameters));
      try (var loan = files.database().borrow();
          var statement = loan.connection().prepareStatement(sql)) {
        parameters.bind(statement);
        try (var result = statement.executeQuery()) {
          return result.next();
        }
      }
    }
  }
}
