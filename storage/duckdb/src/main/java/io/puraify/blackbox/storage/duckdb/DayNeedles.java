package io.puraify.blackbox.storage.duckdb;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.storage.duckdb.needles.NeedleIndex;
import io.puraify.blackbox.storage.duckdb.needles.SegmentBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.duckdb.DuckDBDataChunkReader;
import org.duckdb.DuckDBPreparedStatement;
import org.duckdb.DuckDBReadableVector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the needle index of a day file, and makes it from the rows of its table. */
final class DayNeedles {

  private static final Logger log = LoggerFactory.getLogger(DayNeedles.class);

  private static final List<Field> FIELDS = fields();

  private DayNeedles() {}

  private static List<Field> fields() {
    List<Field> fields = new ArrayList<>(NeedleIndex.IDS);
    fields.addAll(NeedleIndex.TEXTS);
    return List.copyOf(fields);
  }

  /** The index of an attached day file; one that is not of these rows is as good as none. */
  static NeedleIndex open(Database.Loan loan, Path file, String schema) throws SQLException {
    Path needles = DayFolder.needles(file);
    try {
      NeedleIndex index = NeedleIndex.open(needles);
      for (NeedleIndex.Known known : index.known()) {
        if (!holds(loan, schema, known)) {
          log.warn("{} is not of {}; it is made anew", needles, file);
          return NeedleIndex.NONE;
        }
      }
      return index;
    } catch (IOException e) {
      log.warn("{} cannot be read; it is made anew", needles, e);
      return NeedleIndex.NONE;
    }
  }

  private static boolean holds(Database.Loan loan, String schema, NeedleIndex.Known known)
      throws SQLException {
    String sql = "SELECT position FROM %s.events WHERE rowid = %d".formatted(schema, known.row());
    try (var statement = loan.connection().createStatement();
        var result = statement.executeQuery(sql)) {
      return result.next() && result.getLong(1) == known.position();
    }
  }

  /**
   * Adds the next rows of an attached table to an index.
   *
   * @param file of the day
   * @param rows how many, 1 to {@link SegmentBuilder#MOST_ROWS}
   */
  static NeedleIndex extend(
      NeedleIndex index, int rows, Database.Loan loan, Path file, String schema)
      throws SQLException, IOException {
    long first = index.rows();
    SegmentBuilder segment = new SegmentBuilder(first, rows);
    // The driver holds the whole answer in memory.
    for (long from = first; from < first + rows; from += PendingRows.ROW_GROUP) {
      read(loan, schema, from, Math.min(from + PendingRows.ROW_GROUP, first + rows), segment);
    }
    if (!segment.isComplete()) {
      throw new StoreException(
          "%s does not have all of the rows %d to %d".formatted(file, first, first + rows - 1));
    }
    return index.append(DayFolder.needles(file), segment);
  }

  private static void read(
      Database.Loan loan, String schema, long from, long to, SegmentBuilder segment)
      throws SQLException {
    String sql =
        "SELECT rowid, position, %s FROM %s.events WHERE rowid BETWEEN %d AND %d"
            .formatted(
                FIELDS.stream().map(EventTable::column).collect(Collectors.joining(", ")),
                schema,
                from,
                to - 1);
    try (var statement = loan.connection().prepareStatement(sql);
        var result = statement.unwrap(DuckDBPreparedStatement.class).query()) {
      while (result.nextChunk()) {
        read(result.chunk(), segment);
      }
    }
  }

  private static void read(DuckDBDataChunkReader chunk, SegmentBuilder segment) {
    DuckDBReadableVector rows = chunk.vector(0);
    DuckDBReadableVector positions = chunk.vector(1);
    int count = (int) chunk.rowCount();
    for (int i = 0; i < count; i++) {
      segment.row(rows.getLong(i), positions.getLong(i));
    }
    for (int column = 0; column < FIELDS.size(); column++) {
      Field field = FIELDS.get(column);
      boolean id = NeedleIndex.IDS.contains(field);
      DuckDBReadableVector values = chunk.vector(column + 2);
      for (int i = 0; i < count; i++) {
        if (values.isNull(i)) {
          continue;
        }
        if (id) {
          segment.id(rows.getLong(i), field, values.getString(i));
        } else {
          segment.text(rows.getLong(i), values.getString(i));
        }
      }
    }
  }
}
