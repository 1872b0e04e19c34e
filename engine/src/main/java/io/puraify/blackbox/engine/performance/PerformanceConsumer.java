package io.puraify.blackbox.engine.performance;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.performance.RollupTables.Pending;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;

/**
 * Keeps the rollups of all events: a consumer of the journal whose effect and position are in the
 * state database.
 */
public final class PerformanceConsumer implements JournalConsumer {

  /** The name of the consumer. */
  public static final String NAME = "performance";

  /** Its tables. */
  public static final StateSchema SCHEMA = RollupTables.SCHEMA;

  private final StateDatabase state;
  private final StoredPosition position;
  private final SeriesCatalog catalog;
  private final PendingRollups pending = new PendingRollups();
  private final Counter expired;

  // The consumer's thread alone.
  private Horizons horizons = Horizons.NONE;
  private long latestMicros;

  public PerformanceConsumer(StateDatabase state, MeterRegistry registry) {
    this(state, registry, new SeriesCatalog());
  }

  PerformanceConsumer(StateDatabase state, MeterRegistry registry, SeriesCatalog catalog) {
    this.state = state;
    this.position = new StoredPosition(state, NAME);
    this.catalog = catalog;
    this.expired =
        Counter.builder("blackbox.performance.expired.events")
            .description("Events that were too old for the Performance Monitor")
            .register(registry);
    Gauge.builder("blackbox.performance.series", catalog, it -> it.size())
        .description("Series that the Performance Monitor tells apart")
        .register(registry);
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has
   */
  public void start(Position first) {
    position.start(first);
    load();
  }

  private void load() {
    state.read(handle -> {
      catalog.load(handle);
      try (RollupTables tables = new RollupTables(handle)) {
        pending.load(tables);
        horizons = tables.horizons();
      }
      return true;
    });
  }

  SeriesCatalog catalog() {
    return catalog;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A transaction costs a sync of the disk, which those who send would have to share. */
  @Override
  public Duration linger() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Position position() {
    return position.position();
  }

  @Override
  public void apply(EventBatch batch) {
    Horizons before = horizons;
    try {
      BatchCells read = BatchCells.of(batch, position.position(), catalog, horizons);
      latestMicros = Math.max(latestMicros, read.latestMicros());
      position.commit(batch.end(), handle -> write(handle, read));
      catalog.stored();
      expired.increment((double) read.expired());
    } catch (RuntimeException | Error e) {
      // What is in memory has gone ahead of what is stored.
      horizons = before;
      load();
      throw e;
    }
  }

  private void write(Handle handle, BatchCells read) {
    catalog.store(handle);
    try (RollupTables tables = new RollupTables(handle)) {
      Set<Pending> busy = new RowWriter(tables).write(read.cells());
      forget(tables);
      pending.settle(tables, Span.minuteOf(latestMicros), busy::contains);
    }
  }

  /** Moves the horizons on, an hour at a time. */
  private void forget(RollupTables tables) {
    Horizons due = horizons.at(latestMicros);
    if (!due.equals(horizons)) {
      pending.settleHours(tables, due.minutesFrom());
      tables.forget(due, catalog.projects().size());
      horizons = due;
    }
  }

  /** Writes cells, those of a row at once. */
  private final class RowWriter {
    private final RollupTables tables;
    private final Set<Pending> changed = new HashSet<>();
    private final SortedMap<Integer, Rollup> row = new TreeMap<>();
    private long key = -1;

    RowWriter(RollupTables tables) {
      this.tables = tables;
    }

    Set<Pending> write(Cells cells) {
      cells.forEach((cell, rollup) -> {
        if (Cells.row(cell) != key) {
          flush();
          key = Cells.row(cell);
        }
        row.put(Cells.series(cell), rollup);
      });
      flush();
      return changed;
    }

    private void flush() {
      if (row.isEmpty()) {
        return;
      }
      Span span = Cells.span(key);
      int project = Cells.project(key);
      long start = Cells.minute(key);
      if (span == Span.HOUR) {
        pending.settleHour(tables, project, start);
        pending.dayChanged(tables, project, start);
      } else {
        pending.hourChanged(tables, project, start);
        changed.add(new Pending(Span.HOUR, project, Span.HOUR.floor(start)));
      }
      changed.add(new Pending(Span.DAY, project, Span.DAY.floor(start)));
      byte[] stored = tables.load(span, project, start);
      if (stored != null) {
        RollupCodec.decode(stored).forEach((series, one) -> row.merge(series, one, Rollup::plus));
      }
      tables.save(span, project, start, RollupCodec.encode(row));
      row.clear();
    }
  }
}
