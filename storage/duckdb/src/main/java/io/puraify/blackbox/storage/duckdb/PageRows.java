package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Iterator;
import java.util.List;
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
 * Pages of events as a table function of a DuckDB that one thread uses: it asks for a page when it
 * has fetched the rows of the one before. Can be read once.
 */
final class PageRows implements DuckDBTableFunction<Iterator<List<Event>>, Object, Object> {

  static final String NAME = "event_pages";

  private static final Object NO_STATE = new Object();

  private final Iterator<List<Event>> pages;
  private List<Event> page = List.of();
  private int row;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean stopped;

  PageRows(Iterator<List<Event>> pages) {
    this.pages = pages;
  }

  /** Makes the function known to a database. */
  void register(Connection connection) throws SQLException {
    try (var function = DuckDBFunctions.tableFunction()) {
      function.withName(NAME).withFunction(this).register(connection);
    }
  }

  /** No further page is asked for. Safe for any thread. */
  void stop() {
    stopped = true;
  }

  /** What the pages have thrown, which DuckDB passes on as text alone. */
  @Nullable RuntimeException failure() {
    return failure;
  }

  @Override
  public Iterator<List<Event>> bind(DuckDBTableFunctionBindInfo info) {
    for (Field field : Field.values()) {
      info.addResultColumn(field.jsonName(), type(field));
    }
    return pages;
  }

  private static DuckDBColumnType type(Field field) {
    if (field == Field.TRUNCATED) {
      return DuckDBColumnType.BOOLEAN;
    }
    return switch (field.kind()) {
      case LABEL, ID, TEXT, JSON -> DuckDBColumnType.VARCHAR;
      case TIME -> DuckDBColumnType.TIMESTAMP_WITH_TIME_ZONE;
      case INTEGER -> DuckDBColumnType.BIGINT;
      case DECIMAL -> DuckDBColumnType.DOUBLE;
    };
  }

  @Override
  public Object init(DuckDBTableFunctionInitInfo info) {
    info.setMaxThreads(1);
    return NO_STATE;
  }

  @Override
  public Object localInit(DuckDBTableFunctionInitInfo info) {
    return NO_STATE;
  }

  @Override
  public long apply(DuckDBTableFunctionCallInfo info, DuckDBDataChunkWriter chunk) {
    try {
      while (row == page.size()) {
        if (stopped) {
          throw new IllegalStateException("nobody reads any more");
        }
        if (!pages.hasNext()) {
          return 0;
        }
        page = pages.next();
        row = 0;
      }
      List<Event> rows = page.subList(row, (int) Math.min(page.size(), row + chunk.capacity()));
      fill(chunk, rows);
      row += rows.size();
      return rows.size();
    } catch (RuntimeException e) {
      failure = e;
      throw e;
    }
  }

  private static void fill(DuckDBDataChunkWriter chunk, List<Event> rows) {
    for (Field field : Field.values()) {
      DuckDBWritableVector vector = chunk.vector(field.ordinal());
      if (field.kind().isText()) {
        texts(vector, field, rows);
      } else {
        for (int i = 0; i < rows.size(); i++) {
          number(vector, field, rows.get(i), i);
        }
      }
    }
  }

  private static void texts(DuckDBWritableVector vector, Field field, List<Event> rows) {
    byte[] @Nullable [] texts = new byte[rows.size()][];
    for (int i = 0; i < texts.length; i++) {
      String text = rows.get(i).text(field);
      texts[i] = text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }
    vector.setStringUtf8Batch(0, texts);
  }

  private static void number(DuckDBWritableVector vector, Field field, Event event, int at) {
    if (field.kind() == Field.Kind.DECIMAL) {
      Double value = event.decimal(field);
      if (value == null) {
        vector.setNull(at);
      } else {
        vector.setDouble(at, value);
      }
      return;
    }
    Long value = event.integer(field);
    if (value == null) {
      vector.setNull(at);
    } else if (field == Field.TRUNCATED) {
      vector.setBoolean(at, value != 0);
    } else if (field.kind() == Field.Kind.TIME) {
      vector.setOffsetDateTime(at, Micros.toInstant(value).atOffset(ZoneOffset.UTC));
    } else {
      vector.setLong(at, value);
    }
  }
}
