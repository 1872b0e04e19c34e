package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Writes to the newest segment and begins new ones. Used by the journal's thread alone.
 *
 * <p>After a failure everything that is not durable is given up: the file is cut back, and the next
 * write begins a new segment, because what a failed sync has left in a file cannot be trusted.
 */
final class SegmentWriter implements AutoCloseable {

  /** Frames are gathered here, so that many small ones are one write. */
  private static final int BUFFER_BYTES = 4 << 20;

  private final JournalOptions options;
  private final Consumer<Segment> opened;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final List<JournalRecord> written = new ArrayList<>();
  private @Nullable Segment segment;
  private @Nullable FileChannel channel;
  private long offset;
  private long end;
  private long dirtySince;

  /**
   * Goes on behind what there is.
   *
   * @param last the newest segment, or {@code null} where there is none
   * @param end the position behind its last event
   * @param opened told of each new segment before anything is written to it
   */
  SegmentWriter(JournalOptions options, @Nullable Segment last, long end, Consumer<Segment> opened)
      throws IOException {
    this.options = options;
    this.opened = opened;
    this.end = end;
    if (last == null) {
      begin();
    } else {
      segment = last;
      channel = FileChannel.open(last.path(), StandardOpenOption.WRITE);
      offset = last.bytes();
    }
  }

  /** The position behind everything that is durable or on its way there. */
  long end() {
    return written.isEmpty() ? end : written.getLast().end();
  }

  /** Whether something was written that is not synced yet. */
  boolean isDirty() {
    return !written.isEmpty();
  }

  /** For how long that has been so. */
  Duration dirtyFor() {
    return isDirty() ? Duration.ofNanos(System.nanoTime() - dirtySince) : Duration.ZERO;
  }

  /** Begins a new segment where there is none or the one at hand is full. */
  void rollIfFull() throws IOException {
    Segment at = segment;
    if (at == null) {
      begin();
    } else if (offset >= options.segmentBytes() && !isDirty()) {
      close();
      begin();
    }
  }

  private void begin() throws IOException {
    Path path = Segment.path(options.folder(), end);
    FileChannel created =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      writeFully(created, Segment.header(end), 0);
      created.force(true);
      syncFolder(options.folder());
    } catch (IOException e) {
      created.close();
      throw e;
    }
    options.faultPoint().accept("journal.segment-created");
    channel = created;
    offset = Segment.HEADER_BYTES;
    segment = new Segment(path, end, offset);
    opened.accept(segment);
  }

  /** Adds a record to what {@link #flush} writes. */
  void write(JournalRecord record, int checksum) throws IOException {
    if (buffer.remaining() < Frame.HEADER_BYTES) {
      drain();
    }
    new Frame(record.payload().length, record.events(), record.first(), checksum).put(buffer);
    ByteBuffer payload = ByteBuffer.wrap(record.payload());
    while (payload.hasRemaining()) {
      if (!buffer.hasRemaining()) {
        drain();
      }
      int count = Math.min(buffer.remaining(), payload.remaining());
      buffer.put(payload.slice(payload.position(), count));
      payload.position(payload.position() + count);
    }
  }

  /** Writes what was added; from here on it is only to be synced. */
  void flush(List<JournalRecord> records) throws IOException {
    drain();
    if (written.isEmpty()) {
      dirtySince = System.nanoTime();
    }
    written.addAll(records);
  }

  private void drain() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    writeFully(channel(), buffer, offset);
    offset += count;
    buffer.clear();
  }

  /** Makes all that was written durable and returns it. */
  List<JournalRecord> sync() throws IOException {
    channel().force(false);
    List<JournalRecord> durable = List.copyOf(written);
    end = end();
    written.clear();
    Objects.requireNonNull(segment).setBytes(offset);
    return durable;
  }

  /** Gives up what is not durable. */
  void abandon() {
    buffer.clear();
    written.clear();
    Segment at = segment;
    if (at == null) {
      return;
    }
    close();
    try {
      cut(at.path(), at.bytes(), at.first());
    } catch (IOException e) {
      // The next start cuts it: nothing valid comes behind, since a new segment is begun.
      System.getLogger(SegmentWriter.class.getName())
          .log(System.Logger.Level.WARNING, "cannot cut {0}: {1}", at.path(), e.getMessage());
    }
    segment = null;
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      throw new IOException("no segment is open");
    }
    return open;
  }

  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.close();
      } catch (IOException e) {
        throw new JournalException("cannot close the journal: " + e.getMessage(), e);
      }
    }
  }

  /** Cuts a segment back; one of which not even the header is left gets its header again. */
  static void cut(Path path, long bytes, long first) throws IOException {
    try (FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE)) {
      channel.truncate(bytes);
      if (bytes < Segment.HEADER_BYTES) {
        writeFully(channel, Segment.header(first), 0);
      }
      channel.force(true);
    }
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes, long at)
      throws IOException {
    while (bytes.hasRemaining()) {
      at += channel.write(bytes, at);
    }
  }

  /** Makes a new or dropped file's name durable. */
  private static void syncFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
        channel.force(true);
      }
    }
  }
}
