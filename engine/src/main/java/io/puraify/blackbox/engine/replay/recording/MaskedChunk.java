package io.puraify.blackbox.engine.replay.recording;

import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.replay.recording.RecordingTables.Row;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/**
 * A chunk that can be stored.
 *
 * @param bytes of it, expanded
 * @param firstMicros time of its first event, in microseconds since the epoch
 * @param lastMicros time of its last event
 * @param nodes what is known of the page behind it
 */
record MaskedChunk(
    RecordedChunk chunk, long bytes, long firstMicros, long lastMicros, RecordedNodes nodes) {

  /**
   * Masks what was received.
   *
   * @param before the recording so far
   * @param body a JSON array of rrweb events
   * @throws io.puraify.blackbox.core.ProblemException where it is none
   */
  static MaskedChunk of(
      Optional<Row> before, int number, byte[] body, boolean inputs, Secrets secrets) {
    RecordedEvents events = RecordedEvents.parse(body);
    // Where a chunk is missing in between, it is not known what its events did to the page.
    RecordedNodes nodes =
        before
            .filter(row -> row.nextChunk() == number)
            .map(Row::nodes)
            .orElseGet(RecordedNodes::unknown);
    new RecordingMask(inputs, secrets, nodes).mask(events.events());
    byte[] json = events.toJson();
    return new MaskedChunk(
        new RecordedChunk(number, events.events().size(), compressed(json), events.outline()),
        json.length,
        events.firstMicros(),
        events.lastMicros(),
        nodes);
  }

  private static byte[] compressed(byte[] json) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(json.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    } catch (IOException e) {
      throw new UncheckedIOException("memory cannot be written", e);
    }
    return out.toByteArray();
  }

  /**
   * The recording with this chunk.
   *
   * @param number of a recording that begins with it
   * @param nowMicros the latest time that a recording can end; clocks of browsers may be ahead
   */
  Row after(Optional<Row> before, SessionId session, long number, long nowMicros) {
    long first = Math.min(firstMicros, nowMicros);
    long last = Math.min(lastMicros, nowMicros);
    if (before.isEmpty()) {
      Recording recording = new Recording(session, 1, chunk.events(), bytes, first, last);
      return new Row(recording, number, chunk.content().length, chunk.number() + 1, nodes);
    }
    Row row = before.get();
    Recording old = row.recording();
    Recording recording =
        new Recording(
            session,
            old.chunks() + 1,
            old.events() + chunk.events(),
            old.bytes() + bytes,
            Math.min(old.startMicros(), first),
            Math.max(old.endMicros(), last));
    if (chunk.number() < row.nextChunk()) {
      // It came late: what it did to the page is not in what was known behind the others.
      nodes.lose();
    }
    return new Row(
        recording,
        row.number(),
        row.storedBytes() + chunk.content().length,
        Math.max(row.nextChunk(), chunk.number() + 1),
        nodes);
  }
}
