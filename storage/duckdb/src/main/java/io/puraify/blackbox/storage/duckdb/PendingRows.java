package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.storage.duckdb.needles.RowRanges;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.duckdb.DuckDBColumnType;
import org.duckdb.DuckDBDataChunkWriter;
import org.duckdb.DuckDBFunctions;
import org.duckdb.DuckDBTableFunction;
import org.duckdb.DuckDBTableFunctionBindInfo;
import org.duckdb.DuckDBTableFunctionCallInfo;
import org.duckdb.DuckDBTableFunctionInitInfo;
import org.duckdb.DuckDBWritableVector;
import org.jspecify.annotations.Nullable;

/**
 * The rows that are about to be inserted, as a table function of DuckDB: its threads fetch them as
 * columns, a vector of about two thousand rows at a time, straight from the blocks. Eight times as
 * fast as DuckDB's appender, which takes values one by one.
 *
 * <p>A function cannot be taken back from DuckDB, so there is one a database, and it is told by a
 * number which rows are meant.
 */
final class PendingRows
    implements DuckDBTableFunction<PendingRows.Load, PendingRows.Progress, PendingRows.Share> {

  private static final String NAME = "pending_events";

  /** Rows that DuckDB compresses and keeps statistics of together. */
  static final int ROW_GROUP = 122_880;

  private final Map<Long, Load> loads = new ConcurrentHashMap<>();
  private final AtomicLong ids = new AtomicLong();
  private final int threads;

  /**
   * @param threads that fill vectors at once
   */
  PendingRows(int threads) {
    this.threads = threads;
  }

  /** Makes the function known to a database. */
  void register(Connection connection) throws SQLException {
    try (var function = DuckDBFunctions.tableFunction()) {
      function.withName(NAME).withParameter(Long.class).withFunction(this).register(connection);
    }
  }

  /** Inserts rows into the table {@code events} of a schema, inside the caller's transaction. */
  void insert(Connection connection, String schema, DayRows rows) throws SQLException {
    Load load = new Load(rows);
    long id = ids.incrementAndGet();
    loads.put(id, load);
    try (var statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO %s.events (%s) SELECT * FROM %s(%d)"
              .formatted(schema, load.columnNames(), NAME, id));
    } finally {
      loads.remove(id);
    }
  }

  /** What one statement inserts. */
  static final class Load {
    private final DayRows rows;
    private final List<Field> fields;

    Load(DayRows rows) {
      this.rows = rows;
      this.fields = Arrays.stream(Field.values()).filter(rows::has).toList();
    }

    String columnNames() {
      return Stream.concat(Stream.of(EventTable.POSITION), fields.stream().map(EventTable::column))
          .collect(Collectors.joining(", "));
    }
  }

  /**
   * How far the threads of one statement are. Each takes whole row groups, for what one thread
   * fetches becomes row groups of its own: the next checkpoint would merge small ones, and write
   * all that is behind them once more.
   */
  static final class Progress {
    private final Load load;
    private final int shareRows;
    private int run;
    private int row;

    Progress(Load load) {
      this.load = load;
      this.shareRows = load.rows.size() < ROW_GROUP ? RowRanges.VECTOR : ROW_GROUP;
    }

    /** The next rows for a thread; none where no rows are left. */
    private synchronized Share share() {
      Share share = new Share(run, row);
      DayRows rows = load.rows;
      while (share.left < shareRows && run < rows.runs()) {
        int taken = Math.min(shareRows - share.left, rows.rows(run) - row);
        share.left += taken;
        row += taken;
        if (row == rows.rows(run)) {
          run++;
          row = 0;
        }
      }
      return share;
    }
  }

  /** The rows that one thread fetches vector by vector. */
  static final class Share {
    private int run;
    private int row;
    private int left;

    private Share(int run, int row) {
      this.run = run;
      this.row = row;
    }

    private Slice take(Load load, int most) {
      Slice slice = new Slice(load, run, row);
      slice.size = Math.min(most, left);
      left -= slice.size;
      row += slice.size;
      while (run < load.rows.runs() && row >= load.rows.rows(run)) {
        row -= load.rows.rows(run);
        run++;
      }
      return slice;
    }

    private void next(Share other) {
      run = other.run;
      row = other.row;
      left = other.left;
    }
  }

  @Override
  public Load bind(DuckDBTableFunctionBindInfo info) {
    long id = info.getParameter(0).getLong();
    Load load = loads.get(id);
    if (load == null) {
      throw new IllegalStateException("no rows are pending under " + id);
    }
    info.addResultColumn(EventTable.POSITION, DuckDBColumnType.BIGINT);
    for (Field field : load.fields) {
      info.addResultColumn(field.jsonName(), type(field));
    }
    info.setCardinality(load.rows.size(), true);
    return load;
  }

  private static DuckDBColumnType type(Field field) {
    return switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> DuckDBColumnType.VARCHAR;
      case TIME, INTEGER -> DuckDBColumnType.BIGINT;
      case DECIMAL -> DuckDBColumnType.DOUBLE;
    };
  }

  @Override
  public Progress init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(threads);
    return new Progress(info.getBindData());
  }

  @Override
  public Share localInit(DuckDBTableFunctionInitInfo info) {
    return new Share(0, 0);
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
    Share share = info.getLocalInitData();
    if (share.left == 0) {
      Progress progress = info.getInitData();
      share.next(progress.share());
    }
    Slice slice = share.take(info.getBindData(), (int) chunk.capacity());
    if (slice.size > 0) {
      slice.fill(chunk);
    }
    return slice.size;
  }

  /** The rows of one vector: part of a run, whole runs, part of a run. */
  private static final class Slice {
    private final Load load;
    private final int firstRun;
    private final int firstRow;
    private int size;

    Slice(Load load, int firstRun, int firstRow) {
      this.load = load;
      this.firstRun = firstRun;
      this.firstRow = firstRow;
    }

    void fill(DuckDBDataChunkWriter chunk) {
      each((block, from, count, at) -> positions(chunk.vector(0), block, from, count, at));
      byte[] @Nullable [] texts = new byte[size][];
      for (int column = 0; column < load.fields.size(); column++) {
        Field field = load.fields.get(column);
        DuckDBWritableVector vector = chunk.vector(column + 1);
        switch (field.kind()) {
          case LABEL, ID, TEXT, JSON -> {
            each((block, from, count, at) -> texts(texts, field, block, from, count, at));
            vector.setStringUtf8Batch(0, texts);
          }
          case TIME, INTEGER -> {
            if (field == Field.COUNT) {
              each((block, from, count, at) -> counts(vector, block, from, count, at));
            } else {
              each((block, from, count, at) -> integers(vector, field, block, from, count, at));
            }
          }
          case DECIMAL ->
              each((block, from, count, at) -> decimals(vector, field, block, from, count, at));
        }
      }
    }

    private void each(Part part) {
      DayRows rows = load.rows;
      int at = 0;
      int offset = firstRow;
      for (int run = firstRun; at < size; run++) {
        int count = Math.min(size - at, rows.rows(run) - offset);
        part.accept(rows.block(run), rows.row(run) + offset, count, at);
        at += count;
        offset = 0;
      }
    }
  }

  /** Rows {@code from} to {@code from + count} of a block, which go to a vector's {@code at} on. */
  @FunctionalInterface
  private interface Part {
    void accept(EventBlock block, int from, int count, int at);
  }

  private static void positions(
      DuckDBWritableVector vector, EventBlock block, int from, int count, int at) {
    long first = block.first().value() + from;
    for (int i = 0; i < count; i++) {
      vector.setLong(at + i, first + i);
    }
  }

  private static void texts(
      byte[] @Nullable [] into, Field field, EventBlock block, int from, int count, int at) {
    block.texts(field, from, count, into, at);
    if (block.hasFolds() && field.kind() == Field.Kind.ID) {
      for (int i = 0; i < count; i++) {
        if (!block.isStored(field, from + i)) {
          into[at + i] = null;
        }
      }
    }
  }

  private static void counts(
      DuckDBWritableVector vector, EventBlock block, int from, int count, int at) {
    for (int i = 0; i < count; i++) {
      int events = block.storedCount(from + i);
      if (events > 1) {
        vector.setLong(at + i, events);
      } else {
        vector.setNull(at + i);
      }
    }
  }

  private static void integers(
      DuckDBWritableVector vector, Field field, EventBlock block, int from, int count, int at) {
    for (int i = 0; i < count; i++) {
      long value = block.integer(field, from + i);
      if (value == EventBlock.ABSENT) {
        vector.setNull(at + i);
      } else {
        vector.setLong(at + i, value);
      }
    }
  }

  private static void decimals(
      DuckDBWritableVector vector, Field field, EventBlock block, int from, int count, int at) {
    for (int i = 0; i < count; i++) {
      double value = block.decimal(field, from + i);
      if (Double.isNaN(value)) {
        vector.setNull(at + i);
      } else {
        vector.setDouble(at + i, value);
      }
    }
  }
}
