package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.replay.recording.RecordedChunk;
import io.puraify.blackbox.engine.replay.recording.Recording;
import io.puraify.blackbox.engine.replay.recording.RecordingReceipt;
import io.puraify.blackbox.engine.replay.recording.RecordingRequest;
import io.puraify.blackbox.engine.replay.recording.Recordings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/**
 * A recording as lines of JSON, each with its {@code kind}: the recording, its chunks by number,
 * then the end, without which it is not whole.
 */
final class RecordingLines {

  /** Of a chunk, what is written at once: a whole one for each slow reader would be much. */
  private static final int PART_BYTES = 256 << 10;

  private final Recording recording;
  private final Recordings recordings;

  RecordingLines(Recording recording, Recordings recordings) {
    this.recording = recording;
    this.recordings = recordings;
  }

  static byte[] receipt(RecordingRequest request, RecordingReceipt receipt) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("session_id", request.sessionId());
      json.writeNumberProperty("chunk", receipt.chunk());
      json.writeNumberProperty("events", receipt.events());
      json.writeBooleanProperty("duplicate", receipt.duplicate());
      json.writeEndObject();
    });
  }

  void write(Consumer<byte[]> out) {
    out.accept(head());
    long chunks = 0;
    long events = 0;
    Optional<RecordedChunk> next = recordings.chunkFrom(recording.session(), 0);
    while (next.isPresent()) {
      RecordedChunk chunk = next.get();
      write(chunk, out);
      chunks++;
      events += chunk.events();
      next = recordings.chunkFrom(recording.session(), chunk.number() + 1);
    }
    if (chunks < recording.chunks()) {
      // It was removed meanwhile; without its end, nobody takes it for all there was.
      throw new IllegalStateException("the recording has passed its retention while it was sent");
    }
    out.accept(end(chunks, events));
  }

  private byte[] head() {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("kind", "recording");
      json.writeStringProperty("session_id", recording.session().id());
      json.writeStringProperty("project_id", recording.session().projectId());
      json.writeStringProperty("start", Micros.format(recording.startMicros()));
      json.writeStringProperty("end", Micros.format(recording.endMicros()));
      json.writeNumberProperty("chunks", recording.chunks());
      json.writeNumberProperty("events", recording.events());
      json.writeNumberProperty("bytes", recording.bytes());
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  /** What is stored is a JSON array, which becomes part of the line as it is. */
  private static void write(RecordedChunk chunk, Consumer<byte[]> out) {
    out.accept(utf8("{\"kind\":\"chunk\",\"chunk\":%d,\"events\":".formatted(chunk.number())));
    try (InputStream json = new GZIPInputStream(new ByteArrayInputStream(chunk.content()))) {
      byte[] part = json.readNBytes(PART_BYTES);
      while (part.length > 0) {
        out.accept(part);
        part = json.readNBytes(PART_BYTES);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("chunk %d is damaged".formatted(chunk.number()), e);
    }
    out.accept(utf8("}\n"));
  }

  private static byte[] end(long chunks, long events) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("kind", "end");
      json.writeNumberProperty("chunks", chunks);
      json.writeNumberProperty("events", events);
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
