package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
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

  /** What one call gives at most, unless one record is larger; a reader holds it in memory. */
  static final long MAX_READ_BYTES = 16L << 20;

  private final Journal journal;
  private volatile long position;
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
   * @throws JournalException where a file was damaged after it was written, or was trimmed; trying
   *     again is safe
   */
  public List<JournalRecord> next(int maxEvents, Duration wait) throws InterruptedException {
    if (!journal.durable().awaitBeyond(position, wait)) {
      return List.of();
    }
    List<JournalRecord> records = journal.durable().from(position, maxEvents);
    if (records.isEmpty()) {
      records = fromFiles(maxEvents);
    }
    if (!records.isEmpty()) {
      position = records.getLast().end();
      journal.letGoOfRead();
    }
    return records;
  }

  private List<JournalRecord> fromFiles(int maxEvents) throws InterruptedException {
    List<JournalRecord> records = new ArrayList<>();
    try {
      read(maxEvents, records);
    } catch (ClosedByInterruptException e) {
      release();
      // Whoever throws this clears the flag, which the channel has left set.
      var _ = Thread.interrupted();
      throw new InterruptedException("interrupted while reading the journal");
    } catch (IOException e) {
      fail(
          records,
          new JournalException(
              "cannot read the journal at position %d: %s".formatted(position, e.getMessage()), e));
    } catch (JournalException e) {
      fail(records, e);
    }
    return records;
  }

  /** Lets what was read before the failure be used first; the next call meets it again. */
  private void fail(List<JournalRecord> before, JournalException failure) {
    release();
    if (before.isEmpty()) {
      throw failure;
    }
  }

  private void read(int maxEvents, List<JournalRecord> into) throws IOException {
    long events = 0;
    long bytes = 0;
    long at = position;
    while (at < journal.end() && bytes < MAX_READ_BYTES) {
      open(at);
      Frame frame = frame(at);
      if (frame.first() + frame.events() <= at) {
        offset = frame.end((int) offset);
        continue;
      }
      if (!into.isEmpty() && events + frame.events() > maxEvents) {
        return;
      }
      into.add(record(frame));
      offset = frame.end((int) offset);
      events += frame.events();
      bytes += frame.length();
      at = frame.first() + frame.events();
    }
  }

  /** Makes sure that the open segment is the one that holds a position and not read to its end. */
  private void open(long at) throws IOException {
    Segment holding = journal.segmentOf(at);
    if (segment != holding) {
      release();
      try {
        channel = FileChannel.open(holding.path(), StandardOpenOption.READ);
      } catch (NoSuchFileException e) {
        throw Journal.trimmed(at);
      }
      segment = holding;
      offset = Segment.HEADER_BYTES;
    }
  }

  /** The frame at the offset, which is the one that holds a position or one before it. */
  private Frame frame(long at) throws IOException {
    ByteBuffer header = ByteBuffer.allocate(Frame.HEADER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Segment.readFully(Objects.requireNonNull(channel), header, offset);
    Frame frame = Frame.at(header.flip(), 0);
    if (frame == null || frame.first() > at) {
      throw damaged();
    }
    return frame;
  }

  private JournalRecord record(Frame frame) throws IOException {
    ByteBuffer payload = ByteBuffer.allocate(frame.length());
    Segment.readFully(Objects.requireNonNull(channel), payload, offset + Frame.HEADER_BYTES);
    if (Frame.checksum(payload.flip()) != frame.payloadChecksum()) {
      throw damaged();
    }
    return new JournalRecord(frame.first(), frame.events(), payload.array());
  }

  private JournalException damaged() {
    return Recovery.damaged(path(), offset, "the record there is not what was written");
  }

  private Path path() {
    return Objects.requireNonNull(segment).path();
  }

  /** Ends the reading. Closing twice is fine. */
  @Override
  public void close() {
    journal.forget(this);
    release();
  }

  /** Releases the file at hand; reading on opens it again. */
  private void release() {
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
