package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
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
 * <p>What a failed sync has left in a file cannot be trusted, even if the next sync succeeds: the
 * system may have dropped what it could not write. So after a failure what nobody was promised is
 * cut off, and a new segment is begun; what was acknowledged without a sync is written once more,
 * to its own place.
 */
final class SegmentWriter implements AutoCloseable {

  private static final System.Logger log = System.getLogger(Journal.class.getName());

  /** Frames are gathered here, so that many small ones are one write. */
  private static final int BUFFER_BYTES = 4 << 20;

  /** For larger groups the time of a sync is that of their bytes. */
  private static final int SMALL_GROUP_BYTES = 256 << 10;

  /** What is allocated ahead for small groups; each time costs one slow sync. */
  private static final int ROOM_BYTES = 1 << 20;

  private static final ByteBuffer ZEROS = ByteBuffer.allocateDirect(ROOM_BYTES);

  private final JournalOptions options;
  private final Consumer<Segment> opened;
  private final ByteBuffer buffer =
      ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
  private final List<Unsynced> written = new ArrayList<>();
  private @Nullable Segment segment;
  private @Nullable FileChannel channel;
  private long durableBytes;
  private long offset;
  private long allocated;
  private long end;
  private long dirtySince;
  private int acknowledged;
  private boolean suspect;

  /** A record on its way to the disk, with its payload's checksum. */
  record Unsynced(JournalRecord record, int checksum) {
    private long bytes() {
      return Frame.HEADER_BYTES + (long) record.payload().length;
    }
  }

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
      channel = FileChannel.open(last.path(), StandardOpenOption.WRITE);
      segment = last;
      offset = last.size();
      allocated = channel.size();
      durableBytes = offset;
    }
  }

  /** The position behind everything that is durable or on its way there. */
  long end() {
    return written.isEmpty() ? end : written.getLast().record.end();
  }

  /** Whether something was written that is not synced yet. */
  boolean isDirty() {
    return !written.isEmpty();
  }

  /** Whether that has to be written once more, because of a failure. */
  boolean isSuspect() {
    return suspect;
  }

  /** For how long something has been waiting for a sync. */
  Duration dirtyFor() {
    return isDirty() ? Duration.ofNanos(System.nanoTime() - dirtySince) : Duration.ZERO;
  }

  /** Whether the next record belongs to a new segment. */
  boolean isFull() {
    return segment == null || (offset >= options.segmentBytes() && canRoll());
  }

  /** Whether a new segment would be another than the one at hand. */
  boolean canRoll() {
    return segment == null || offset > Segment.HEADER_BYTES;
  }

  /** Begins a new segment; nothing may be waiting for a sync. */
  void roll() throws IOException {
    close();
    begin();
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
      DurableFolder.sync(options.folder());
      options.faultPoint().accept("journal.segment-created");
    } catch (IOException | RuntimeException | Error e) {
      created.close();
      throw e;
    }
    channel = created;
    offset = Segment.HEADER_BYTES;
    allocated = offset;
    durableBytes = offset;
    segment = new Segment(path, end, offset);
    opened.accept(segment);
  }

  /** Writes a group of records, which from here on are only to be synced. */
  void write(List<Unsynced> group) throws IOException {
    long from = offset;
    for (Unsynced next : group) {
      gather(next);
    }
    drain();
    if (offset > allocated && offset - from <= SMALL_GROUP_BYTES) {
      allocate();
    }
    if (written.isEmpty()) {
      dirtySince = System.nanoTime();
    }
    written.addAll(group);
    at().setSize(offset);
  }

  /**
   * Writes zeros ahead. A sync that finds a file as long as it was, with its blocks in place, has
   * only the data to write; otherwise the file system's own journal has to be written as well, and
   * with it, on ext4, what others have appended to their files meanwhile.
   */
  private void allocate() throws IOException {
    try {
      writeFully(channel(), ZEROS.duplicate(), offset);
      allocated = offset + ROOM_BYTES;
    } catch (IOException e) {
      // The last room of a disk is for events; this segment goes on without.
      channel().truncate(offset);
      allocated = Long.MAX_VALUE;
    }
  }

  private void gather(Unsynced next) throws IOException {
    JournalRecord record = next.record;
    if (buffer.remaining() < Frame.HEADER_BYTES) {
      drain();
    }
    new Frame(
            record.payload().length,
            record.events(),
            record.first(),
            (int) durableBytes,
            next.checksum)
        .put(buffer);
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

  private void drain() throws IOException {
    buffer.flip();
    int count = buffer.remaining();
    writeFully(channel(), buffer, offset);
    offset += count;
    buffer.clear();
  }

  /** What was written up to now is promised to its appenders, though not synced. */
  void acknowledge() {
    acknowledged = written.size();
  }

  /** Makes all that was written durable and returns it. */
  List<JournalRecord> sync() throws IOException {
    if (suspect) {
      writeOnceMore();
    }
    channel().force(false);
    List<JournalRecord> durable = written.stream().map(Unsynced::record).toList();
    end = end();
    durableBytes = offset;
    written.clear();
    acknowledged = 0;
    return durable;
  }

  /** Writes the same bytes to the same place, so that the next sync is for them, too. */
  private void writeOnceMore() throws IOException {
    close();
    channel = FileChannel.open(at().path(), StandardOpenOption.WRITE);
    channel.truncate(durableBytes + unsyncedBytes());
    allocated = channel.size();
    offset = durableBytes;
    for (Unsynced next : written) {
      gather(next);
    }
    drain();
    suspect = false;
  }

  private long unsyncedBytes() {
    return written.stream().mapToLong(Unsynced::bytes).sum();
  }

  /** After a failure: gives up what is not durable, except for what was acknowledged already. */
  void abandon() {
    buffer.clear();
    written.subList(acknowledged, written.size()).clear();
    Segment current = segment;
    if (current != null) {
      current.setSize(durableBytes + unsyncedBytes());
    }
    if (isDirty()) {
      suspect = true;
      dirtySince = System.nanoTime();
    } else {
      close();
      segment = null;
      cutBack(current);
    }
  }

  private void cutBack(@Nullable Segment abandoned) {
    try {
      if (abandoned != null) {
        cut(abandoned.path(), durableBytes, abandoned.first());
      }
    } catch (IOException e) {
      // A segment ends where the next one begins, so the next start cuts it.
      log.log(System.Logger.Level.WARNING, "cannot cut {0}: {1}", abandoned.path(), e.toString());
    }
  }

  private Segment at() {
    return Objects.requireNonNull(segment);
  }

  private FileChannel channel() throws IOException {
    FileChannel open = channel;
    if (open == null) {
      throw new IOException("no segment is open");
    }
    return open;
  }

  /** Closes the file without the room behind its end; what matters in it was synced before. */
  @Override
  public void close() {
    FileChannel open = channel;
    channel = null;
    if (open != null) {
      try (open) {
        open.truncate(at().size());
      } catch (IOException e) {
        log.log(System.Logger.Level.WARNING, "cannot close the journal: {0}", e.toString());
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
}
