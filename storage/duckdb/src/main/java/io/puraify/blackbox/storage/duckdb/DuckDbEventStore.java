package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Filter;
import io.puraify.blackbox.core.Health;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.Sample;
import io.puraify.blackbox.core.Search;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.core.StoredDay;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Keeps events in DuckDB files, one for each UTC day of their {@code timestamp}.
 *
 * <p>Safe for any number of readers and one writer. DuckDB can write to one file in a transaction,
 * so each file keeps the position up to which it has the events of its day, and skips what it has
 * when a batch is given again.
 */
public final class DuckDbEventStore implements EventStore {

  private final DuckDbOptions options;
  private final PendingRows rows;

  /** Package-private for the tests of what DuckDB adds. */
  final DayFiles files;

  private final AppliedPosition appliedPosition;
  private final Upkeep upkeep;
  private volatile Position position = Position.START;
  private volatile boolean closing;

  /** Opens nothing yet; {@link #start} does. */
  public DuckDbEventStore(DuckDbOptions options) {
    this.options = options;
    this.rows = new PendingRows(options.threads());
    this.files = new DayFiles(options, rows);
    this.upkeep = new Upkeep(files, options, () -> closing);
    this.appliedPosition = new AppliedPosition(options.folder());
  }

  @Override
  public void start() {
    try {
      DayFolder.prepare(options.folder());
      NavigableSet<Long> present = DayFolder.days(options.folder());
      position = appliedPosition.read(present.isEmpty());
      files.start(present);
    } catch (SQLException | IOException e) {
      throw new StoreException(
          "cannot open the event store in %s: %s".formatted(options.folder(), e.getMessage()), e);
    }
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void append(EventBatch batch) {
    if (batch.first().compareTo(position) > 0) {
      throw new IllegalArgumentException(
          "a batch from %s on leaves a gap behind %s".formatted(batch.first(), position));
    }
    if (batch.end().compareTo(position) <= 0) {
      return;
    }
    for (Map.Entry<Long, DayRows> day : DayRows.split(batch, position.value()).entrySet()) {
      append(day.getKey(), day.getValue(), batch.end().value());
    }
    try {
      appliedPosition.write(batch.end());
    } catch (IOException e) {
      throw StoreFailure.writing(appliedPosition.file(), e);
    }
    position = batch.end();
    options.faultPoint().accept("duckdb.position-written");
  }

  private void append(long day, DayRows given, long end) {
    files.write(
        files.leaseForWriting(day),
        file -> {
          DayRows missing = given.from(file.meta.applied());
          if (missing.size() > 0) {
            insert(file, missing, file.meta.with(missing, end));
            file.added(missing.size());
          }
        });
  }

  private void insert(DayFile file, DayRows missing, DayMeta meta) throws SQLException {
    if (meta.folded() > 0) {
      file.weighted = true;
    }
    try (var loan = files.database().borrow()) {
      loan.execute("BEGIN");
      try {
        rows.insert(loan.connection(), file.schema, missing);
        meta.write(loan.connection(), file.schema);
        options.faultPoint().accept("duckdb.inserted");
        loan.execute("COMMIT");
      } catch (SQLException | RuntimeException e) {
        loan.discard();
        throw e;
      }
      file.meta = meta;
      options.faultPoint().accept("duckdb.committed");
    }
  }

  @Override
  public Page<Event> search(Search search) {
    try {
      return new PageSearch(files, search).page();
    } catch (SQLException e) {
      throw StoreFailure.reading("the search failed", e);
    }
  }

  @Override
  public Table aggregate(Aggregation aggregation) {
    try {
      return new DayAggregation(files, aggregation).table();
    } catch (SQLException e) {
      throw StoreFailure.reading("the aggregation failed", e);
    }
  }

  @Override
  public void sample(Sample sample, Consumer<Event> sink) {
    try {
      new DaySample(files, sample).read(sink);
    } catch (SQLException e) {
      throw StoreFailure.reading("the events cannot be sampled", e);
    }
  }

  @Override
  public void read(Filter filter, TimeRange range, Set<Field> fields, Consumer<Event> sink) {
    try {
      new DayReading(files, filter, fields).read(range, sink);
    } catch (SQLException e) {
      throw StoreFailure.reading("the events cannot be read", e);
    }
  }

  @Override
  public void scan(long from, long to, Consumer<Event> sink) {
    try {
      DayScan.read(files, from, to, sink);
    } catch (SQLException e) {
      throw StoreFailure.reading("the events cannot be read", e);
    }
  }

  @Override
  public Optional<Event> find(String eventId) {
    try {
      return new EventById(files).find(eventId);
    } catch (SQLException e) {
      throw StoreFailure.reading("the event cannot be looked for", e);
    }
  }

  @Override
  public List<StoredDay> days() {
    List<StoredDay> days = new ArrayList<>();
    for (DayFile file : files.all()) {
      long events = file.meta.events();
      if (events > 0) {
        days.add(new StoredDay(file.day, events, bytes(file)));
      }
    }
    return days;
  }

  private static long bytes(DayFile file) {
    try {
      return DayFolder.bytes(file.path);
    } catch (IOException e) {
      throw StoreFailure.reading("the size of " + file.path + " cannot be read", e);
    }
  }

  @Override
  public void maintain(Instant now) {
    upkeep.run(now);
  }

  @Override
  public Health check() {
    try {
      return Health.up(describe(probe()));
    } catch (SQLException | StoreException e) {
      return Health.down("cannot read the event store: " + e.getMessage());
    }
  }

  /** Asks DuckDB, and the newest file if there is one, and returns all of them. */
  private List<DayFile> probe() throws SQLException {
    List<DayFile> all = files.all();
    try (var lease = files.lease(all.subList(Math.max(0, all.size() - 1), all.size()));
        var loan = files.database().borrow()) {
      loan.execute("SELECT 1");
      for (DayFile newest : lease.files()) {
        DayMeta.read(loan.connection(), newest.schema);
      }
    }
    return all;
  }

  private static String describe(List<DayFile> days) {
    if (days.isEmpty()) {
      return "no events yet";
    }
    long events = days.stream().mapToLong(day -> day.meta.events()).sum();
    return "%,d events in %,d days from %s to %s"
        .formatted(
            events,
            days.size(),
            LocalDate.ofEpochDay(days.getFirst().day),
            LocalDate.ofEpochDay(days.getLast().day));
  }

  @Override
  public void close() {
    closing = true;
    try {
      files.close();
    } catch (SQLException e) {
      throw new StoreException(
          "cannot close the event store in %s: %s".formatted(options.folder(), e.getMessage()), e);
    }
  }
}
