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
import org.jspecify.annotations.Nullable;

/**
 * One reader of a journal, at its own pace: from memory while it follows closely, from the files
 * when it lags. Sees only what is durable. Not safe for several threads.
 */
public final class JournalTail implements AutoCloseable {

  /** What one call reads from files at most; a reader that lags holds it in memory. */
  private static final long MAX_READ_BYTES = 16L << 20;

  private final Journal journal;
  private long position;
  private @Nullable Segment segment;
  private @Nullable FileChannel channel;
  private long offset;

  JournalTail(Journal journal, long from) {
    this.journal = journal;
    this.position = from;
  }

  /** Where the next record begins, or a place inside of it right after the start. */
  public long position() {
    return position;
  }

  /**
   * Waits for records and returns those that are there, in order.
   *
   * @param maxEvents where to stop; the first record is returned whatever its size
   * @return none where nothing came in time or the journal was closed
   * @throws JournalException where a file was damaged after it was written
   */
  public List<JournalRecord> next(int maxEvents, Duration wait) throws InterruptedException {
    if (!journal.awaitBeyond(position, wait)) {
      return List.of();
    }
    List<JournalRecord> records = journal.recent(position, maxEvents);
    if (records.isEmpty()) {
      records = fromFiles(maxEvents);
    }
    if (!records.isEmpty()) {
      position = records.getLast().end();
    }
    return records;
  }

  private List<JournalRecord> fromFiles(int maxEvents) {
    List<JournalRecord> records = new ArrayList<>();
    long events = 0;
    long bytes = 0;
    long at = position;
    try {
      while (at < journal.end() && bytes < MAX_READ_BYTES) {
        open(at);
        JournalRecord record = read(at);
        boolean wanted = record.end() > at;
        if (wanted && !records.isEmpty() && events + record.events() > maxEvents) {
          break;
        }
        offset += Frame.HEADER_BYTES + record.payload().length;
        if (wanted) {
          records.add(record);
          events += record.events();
          bytes += record.payload().length;
          at = record.end();
        }
      }
    } catch (IOException e) {
      throw new JournalException(
          "cannot read %s at offset %d: %s".formatted(path(), offset, e.getMessage()), e);
    }
    return records;
  }

  /** Makes sure that the open segment is the one that holds a position and not read to its end. */
  private void open(long at) throws IOException {
    Segment holding = journal.segmentOf(at);
    if (segment != holding) {
      close();
      segment = holding;
      channel = FileChannel.open(holding.path(), StandardOpenOption.READ);
      offset = Segment.HEADER_BYTES;
    }
  }

  private JournalRecord read(long at) throws IOException {
    FileChannel from = Objects.requireNonNull(channel);
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Segment.readFully(from, header, offset);
    header.flip();
    Frame frame = Frame.at(header, 0);
    if (frame == null || frame.first() > at) {
      throw damaged();
    }
    ByteBuffer payload = ByteBuffer.allocate(frame.length());
    Segment.readFully(from, payload, offset + Frame.HEADER_BYTES);
    if (Frame.checksum(payload.flip()) != frame.payloadChecksum()) {
      throw damaged();
    }
    return new JournalRecord(frame.first(), frame.events(), payload.array());
  }

  private JournalException damaged() {
    return Journal.damaged(path(), offset, "the record there is damaged");
  }

  private Path path() {
    return Objects.requireNonNull(segment).path();
  }

  /** Releases the file at hand; reading on opens it again. */
  @Override
  public void close() {
    try {
      if (channel != null) {
        channel.close();
      }
    } catch (IOException e) {
      throw new JournalException("cannot close %s: %s".formatted(path(), e.getMessage()), e);
    }
    segment = null;
    channel = null;
  }
}
