package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.state.StateSchema;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/** Recordings and their chunks in a database of their own, for one transaction. */
record RecordingTables(Handle handle) {

  static final StateSchema SCHEMA =
      StateSchema.of(
          "recordings",
          "CREATE TABLE recordings (project_id TEXT NOT NULL, session_id TEXT NOT NULL,"
              + " recording BIGINT NOT NULL, chunks BIGINT NOT NULL, events BIGINT NOT NULL,"
              + " bytes BIGINT NOT NULL, stored_bytes BIGINT NOT NULL,"
              + " first_micros BIGINT NOT NULL, last_micros BIGINT NOT NULL,"
              + " next_chunk BIGINT NOT NULL, typed TEXT, passwords TEXT,"
              + " PRIMARY KEY (session_id, project_id))",
          "CREATE TABLE recording_chunks (recording BIGINT NOT NULL, number BIGINT NOT NULL,"
              + " events BIGINT NOT NULL, content BYTEA NOT NULL, outline BIGINT NOT NULL,"
              + " PRIMARY KEY (recording, number))",
          "CREATE INDEX recordings_by_end ON recordings (last_micros)",
          "CREATE INDEX recordings_by_size ON recordings (stored_bytes)");

  /**
   * A recording as it is kept.
   *
   * @param number what its chunks are found by
   * @param storedBytes of its chunks, compressed
   * @param nextChunk behind the highest number that there is
   * @param nodes what is known of the page there
   */
  record Row(
      Recording recording, long number, long storedBytes, int nextChunk, RecordedNodes nodes) {}

  private static final String ROW =
      "SELECT project_id, session_id, chunks, events, bytes, first_micros, last_micros, recording,"
          + " stored_bytes, next_chunk, typed, passwords FROM recordings ";

  private static Row row(ResultSet row) throws SQLException {
    Recording recording =
        new Recording(
            new SessionId(row.getString(1), row.getString(2)),
            row.getLong(3),
            row.getLong(4),
            row.getLong(5),
            row.getLong(6),
            row.getLong(7));
    return new Row(
        recording,
        row.getLong(8),
        row.getLong(9),
        row.getInt(10),
        RecordedNodes.of(row.getString(11), row.getString(12)));
  }

  Optional<Row> find(SessionId session) {
    return handle
        .select(ROW + "WHERE session_id = ? AND project_id = ?", session.id(), session.projectId())
        .map((row, context) -> row(row))
        .findOne();
  }

  /** Those of any project, by project. */
  List<Row> find(String sessionId, int limit) {
    return handle
        .select(ROW + "WHERE session_id = ? ORDER BY project_id LIMIT ?", sessionId, limit)
        .map((row, context) -> row(row))
        .list();
  }

  /** The one that ended first, of those that are not of this session. */
  Optional<Row> oldestBut(SessionId session) {
    return handle
        .select(
            ROW + "WHERE NOT (session_id = ? AND project_id = ?) ORDER BY last_micros LIMIT 1",
            session.id(),
            session.projectId())
        .map((row, context) -> row(row))
        .findOne();
  }

  /** The days, since 1970-01-01 and in UTC, on which recordings of a project ended. */
  record Day(String projectId, long day) {}

  List<Day> days() {
    return handle
        .select(
            "SELECT DISTINCT project_id, last_micros / ? FROM recordings ORDER BY 2, 1",
            Micros.PER_DAY)
        .map((row, context) -> new Day(row.getString(1), row.getLong(2)))
        .list();
  }

  /** A recording that ended on such a day. */
  Optional<Row> anyOf(Day day) {
    return handle
        .select(
            ROW + "WHERE last_micros >= ? AND last_micros < ? AND project_id = ? LIMIT 1",
            day.day() * Micros.PER_DAY,
            (day.day() + 1) * Micros.PER_DAY,
            day.projectId())
        .map((row, context) -> row(row))
        .findOne();
  }

  /** The outline of a chunk that there is. */
  Optional<Long> outline(long recording, int number) {
    return handle
        .select(
            "SELECT outline FROM recording_chunks WHERE recording = ? AND number = ?",
            recording,
            number)
        .mapTo(Long.class)
        .findOne();
  }

  /** The first chunk from a number on. */
  Optional<RecordedChunk> chunkFrom(long recording, int number) {
    return handle
        .select(
            "SELECT number, events, content, outline FROM recording_chunks"
                + " WHERE recording = ? AND number >= ? ORDER BY number LIMIT 1",
            recording,
            number)
        .map((row, context) ->
            new RecordedChunk(row.getInt(1), row.getInt(2), row.getBytes(3), row.getLong(4)))
        .findOne();
  }

  /** What all chunks take, compressed. */
  long storedBytes() {
    return handle
        .select("SELECT COALESCE(SUM(stored_bytes), 0) FROM recordings")
        .mapTo(Long.class)
        .one();
  }

  /** A number that no recording has, nor had among the last. */
  long nextNumber() {
    return handle
        .select(
            "SELECT 1 + MAX(COALESCE((SELECT MAX(recording) FROM recordings), 0),"
                + " COALESCE((SELECT MAX(recording) FROM recording_chunks), 0))")
        .mapTo(Long.class)
        .one();
  }

  void add(long recording, RecordedChunk chunk) {
    handle.execute(
        "INSERT INTO recording_chunks (recording, number, events, content, outline)"
            + " VALUES (?, ?, ?, ?, ?)",
        recording,
        chunk.number(),
        chunk.events(),
        chunk.content(),
        chunk.outline());
  }

  /** Adds a recording, or writes what has changed of it. */
  void put(Row row) {
    Recording recording = row.recording();
    handle.execute(
        "INSERT INTO recordings (project_id, session_id, recording, chunks, events, bytes,"
            + " stored_bytes, first_micros, last_micros, next_chunk, typed, passwords)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (session_id, project_id) DO UPDATE SET chunks = excluded.chunks,"
            + " events = excluded.events, bytes = excluded.bytes,"
            + " stored_bytes = excluded.stored_bytes, first_micros = excluded.first_micros,"
            + " last_micros = excluded.last_micros, next_chunk = excluded.next_chunk,"
            + " typed = excluded.typed, passwords = excluded.passwords",
        recording.session().projectId(),
        recording.session().id(),
        row.number(),
        recording.chunks(),
        recording.events(),
        recording.bytes(),
        row.storedBytes(),
        recording.startMicros(),
        recording.endMicros(),
        row.nextChunk(),
        row.nodes().typedText(),
        row.nodes().passwordsText());
  }

  /** Removes a recording and overwrites what it was on the disk. */
  void remove(Row row) {
    SessionId session = row.recording().session();
    handle.execute("PRAGMA secure_delete = ON");
    handle.execute("DELETE FROM recording_chunks WHERE recording = ?", row.number());
    handle.execute(
        "DELETE FROM recordings WHERE session_id = ? AND project_id = ?",
        session.id(),
        session.projectId());
  }
}
