package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;

/** Makes events of what {@code SELECT} gives, the position first, vector by vector. */
final class EventReader {

  private static final List<Field> ALL = List.of(Field.values());

  private EventReader() {}

  /** Runs a statement for {@link EventTable#ALL_COLUMNS} and hands its rows over in order. */
  static void read(DuckDBPreparedStatement statement, Consumer<Event> sink) throws SQLException {
    read(statement, ALL, sink);
  }

  /** The same for some fields. */
  static void read(DuckDBPreparedStatement statement, List<Field> fields, Consumer<Event> sink)
      throws SQLException {
    try (var result = statement.query()) {
      while (result.nextChunk()) {
        DuckDBDataChunkReader chunk = result.chunk();
        int rows = (int) chunk.rowCount();
        Event.Builder[] events = positions(chunk.vector(0), rows);
        for (int column = 0; column < fields.size(); column++) {
          read(fields.get(column), chunk.vector(column + 1), events);
        }
        for (Event.Builder event : events) {
          sink.accept(event.build());
        }
      }
    }
  }

  private static Event.Builder[] positions(DuckDBReadableVector vector, int rows) {
    Event.Builder[] events = new Event.Builder[rows];
    for (int row = 0; row < rows; row++) {
      events[row] = Event.at(vector.getLong(row));
    }
    return events;
  }

  private static void read(Field field, DuckDBReadableVector vector, Event.Builder[] events) {
    for (int row = 0; row < events.length; row++) {
      if (!vector.isNull(row)) {
        switch (field.kind()) {
          case LABEL, ID, TEXT, JSON -> events[row].set(field, vector.getString(row));
          case TIME, INTEGER -> events[row].set(field, vector.getLong(row));
          case DECIMAL -> events[row].set(field, vector.getDouble(row));
        }
      }
    }
  }
}
