package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The write-ahead journal: bytes in, position out. What it has acknowledged survives a crash, in
 * order, until it is trimmed. Safe for any thread.
 *
 * <p>One thread writes. It takes all records that wait, writes them, syncs the file once and then
 * completes their appends: the busier it is, the more records share a sync.
 */
public final class Journal implements AutoCloseable {

  private static final System.Logger log = System.getLogger(Journal.class.getName());

  /** What may wait to be written: a little more than a disk takes in the time of one sync. */
  private static final long MAX_WAITING_BYTES = 64L << 20;

  /** What one sync is for at most, so that no append waits for much more than its own bytes. */
  private static final long MAX_GROUP_BYTES = 16L << 20;

  private static final Duration SYNC_INTERVAL = Duration.ofMillis(10);
  private static final Duration FULL_RETRY = Duration.ofSeconds(5);
  private static final Duration BUSY_RETRY = Duration.ofSeconds(1);

  private final JournalOptions options;
  private final Object lock = new Object();

  // All guarded by lock.
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private final TreeMap<Long, JournalRecord> recent = new TreeMap<>();
  private long waitingBytes;
  private long recentBytes;
  private boolean closing;
  private boolean closed;

  private volatile long end;
  private @Nullable SegmentWriter writer;
  private @Nullable Thread thread;

  /** A record on its way, with what its appender waits for. */
  private record Append(byte[] payload, int events, int checksum, CompletableFuture<Long> done) {
    long bytes() {
      return Frame.HEADER_BYTES + (long) payload.length;
    }
  }

  public Journal(JournalOptions options) {
    this.options = options;
  }

  /**
   * Opens what there is: cuts off what a crash has torn, and refuses what is damaged.
   *
   * @throws JournalException naming the file, the offset and the remedy
   */
  public void start() {
    try {
      Files.createDirectories(options.folder());
      recover();
      Segment last = segments.isEmpty() ? null : segments.lastEntry().getValue();
      writer = new SegmentWriter(options, last, end, this::opened);
    } catch (IOException e) {
      throw new JournalException(
          "cannot open the journal in %s: %s".formatted(options.folder(), e.getMessage()), e);
    }
    thread = Thread.ofPlatform().name("journal").start(this::writeUntilClosed);
  }

  private void recover() throws IOException {
    List<Path> paths;
    try (Stream<Path> found = Files.list(options.folder())) {
      paths =
          found
              .filter(path -> Segment.firstOf(path).isPresent())
              .sorted(Comparator.naturalOrder())
              .toList();
    }
    for (int i = 0; i < paths.size(); i++) {
      Path path = paths.get(i);
      long first = Segment.firstOf(path).orElseThrow();
      if (i > 0 && first != end) {
        throw damaged(path, 0, "it begins at position %d, not at %d".formatted(first, end));
      }
      recover(path, first, i == paths.size() - 1);
    }
  }

  private void recover(Path path, long first, boolean last) throws IOException {
    switch (Segment.verify(path, first)) {
      case Segment.Verdict.Whole(long bytes, long behind) -> {
        segments.put(first, new Segment(path, first, bytes));
        end = behind;
      }
      case Segment.Verdict.Torn(long bytes, long behind) -> {
        if (!last) {
          throw damaged(path, bytes, "it ends in the middle of a record");
        }
        log.log(
            System.Logger.Level.WARNING,
            "{0} ends in a record that was not written to its end, after a crash;"
                + " {1} bytes from offset {2} on are cut off",
            path,
            Long.toString(Files.size(path) - bytes),
            Long.toString(bytes));
        SegmentWriter.cut(path, bytes, first);
        segments.put(first, new Segment(path, first, Math.max(bytes, Segment.HEADER_BYTES)));
        end = behind;
      }
      case Segment.Verdict.Damaged(long offset, String fact) -> throw damaged(path, offset, fact);
    }
  }

  static JournalException damaged(Path path, long offset, String fact) {
    return new JournalException(
        "%s is damaged at offset %d: %s. Restore the file from a copy, or move it and all newer"
                .formatted(path, offset, fact)
            + " ones out of the folder, which gives up the events in them that are not stored yet",
        null);
  }

  /**
   * Appends some consecutive events. Never waits for the disk.
   *
   * @param payload not copied: must not change from now on; at most 32 MiB
   * @param events how many, ≥ 1
   * @return completes with the position of the first event when it is kept, in the order of the
   *     calls; fails with {@link JournalFullException} or {@link JournalWriteException}
   */
  public CompletableFuture<Long> append(byte[] payload, int events) {
    if (events < 1 || payload.length > Frame.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a record has at least 1 event and at most %d bytes, not %d and %d"
              .formatted(Frame.MAX_PAYLOAD_BYTES, events, payload.length));
    }
    int checksum = Frame.checksum(ByteBuffer.wrap(payload));
    Append append = new Append(payload, events, checksum, new CompletableFuture<>());
    synchronized (lock) {
      if (closing || thread == null) {
        append.done.completeExceptionally(new JournalException("the journal is closed", null));
      } else if (bytes() + waitingBytes + append.bytes() > options.maxBytes()) {
        append.done.completeExceptionally(
            new JournalFullException(
                "the journal holds %,d bytes, as many as it may, until the stores have caught up"
                    .formatted(options.maxBytes()),
                FULL_RETRY));
      } else if (waitingBytes + append.bytes() > MAX_WAITING_BYTES && !waiting.isEmpty()) {
        append.done.completeExceptionally(
            new JournalFullException(
                "%,d bytes wait for the disk already".formatted(waitingBytes), BUSY_RETRY));
      } else {
        waiting.add(append);
        waitingBytes += append.bytes();
        lock.notifyAll();
      }
    }
    return append.done;
  }

  private void writeUntilClosed() {
    try {
      for (List<Append> group = take(); group != null; group = take()) {
        if (group.isEmpty()) {
          sync(List.of());
        } else {
          write(group);
        }
      }
    } catch (InterruptedException e) {
      log.log(System.Logger.Level.DEBUG, "the journal's thread was interrupted");
    }
  }

  /** The records to write next; none when it is time to sync, {@code null} when all is done. */
  private @Nullable List<Append> take() throws InterruptedException {
    SegmentWriter to = writer();
    synchronized (lock) {
      while (waiting.isEmpty()) {
        if (to.isDirty()) {
          long left = SYNC_INTERVAL.toMillis() - to.dirtyFor().toMillis();
          if (closing || left <= 0) {
            return List.of();
          }
          lock.wait(left);
        } else if (closing) {
          return null;
        } else {
          lock.wait();
        }
      }
      List<Append> group = new ArrayList<>();
      long bytes = 0;
      while (!waiting.isEmpty() && bytes < MAX_GROUP_BYTES) {
        bytes += waiting.peek().bytes();
        group.add(waiting.remove());
      }
      return group;
    }
  }

  private void write(List<Append> group) {
    SegmentWriter to = writer();
    List<JournalRecord> records = new ArrayList<>(group.size());
    try {
      to.rollIfFull();
      long next = to.end();
      for (Append append : group) {
        JournalRecord record = new JournalRecord(next, append.events, append.payload);
        to.write(record, append.checksum);
        records.add(record);
        next = record.end();
      }
      to.flush(records);
      options.faultPoint().accept("journal.written");
    } catch (IOException e) {
      fail(group, e);
      return;
    }
    if (options.sync() == Sync.ALWAYS) {
      if (sync(group)) {
        complete(group, records);
      }
    } else {
      complete(group, records);
      if (to.dirtyFor().compareTo(SYNC_INTERVAL) >= 0) {
        sync(List.of());
      }
    }
  }

  /**
   * Syncs, and shows readers what is durable now.
   *
   * @param group the appends that wait for it and fail with it
   */
  private boolean sync(List<Append> group) {
    SegmentWriter to = writer();
    List<JournalRecord> durable;
    try {
      durable = to.sync();
    } catch (IOException e) {
      fail(group, e);
      return false;
    }
    options.faultPoint().accept("journal.synced");
    synchronized (lock) {
      for (JournalRecord record : durable) {
        recent.put(record.first(), record);
        recentBytes += record.payload().length;
      }
      while (recentBytes > options.recentBytes() && recent.size() > 1) {
        recentBytes -= recent.pollFirstEntry().getValue().payload().length;
      }
      end = to.end();
      lock.notifyAll();
    }
    return true;
  }

  private void complete(List<Append> group, List<JournalRecord> records) {
    release(group);
    for (int i = 0; i < group.size(); i++) {
      group.get(i).done.complete(records.get(i).first());
    }
  }

  private void fail(List<Append> group, IOException cause) {
    log.log(System.Logger.Level.ERROR, "cannot write to the journal: {0}", cause.getMessage());
    release(group);
    JournalWriteException failure =
        new JournalWriteException(
            "the journal cannot be written: %s".formatted(cause.getMessage()), cause);
    group.forEach(append -> append.done.completeExceptionally(failure));
    writer().abandon();
  }

  private void release(List<Append> group) {
    synchronized (lock) {
      waitingBytes -= group.stream().mapToLong(Append::bytes).sum();
    }
  }

  private SegmentWriter writer() {
    return Objects.requireNonNull(writer);
  }

  private void opened(Segment segment) {
    synchronized (lock) {
      segments.put(segment.first(), segment);
    }
  }

  /** The oldest position still held. */
  public long firstPosition() {
    synchronized (lock) {
      return segments.isEmpty() ? end : segments.firstKey();
    }
  }

  /** The position behind the last durable event. */
  public long end() {
    return end;
  }

  /** Bytes on disk. */
  public long bytes() {
    synchronized (lock) {
      return segments.values().stream().mapToLong(Segment::bytes).sum();
    }
  }

  /**
   * A new reader.
   *
   * @param from the position of the first event to read
   * @throws JournalException where the journal does not hold that position
   */
  public JournalTail tail(long from) {
    if (from < firstPosition() || from > end) {
      throw new JournalException(
          "the journal in %s holds positions %d to %d, but a reader wants to go on at %d: its data"
                  .formatted(options.folder(), firstPosition(), end, from)
              + " and the journal do not belong together. Restore both from the same copy",
          null);
    }
    return new JournalTail(this, from);
  }

  /** Forgets events below a position; whole segments only, and never the last. */
  public void trim(long below) {
    List<Segment> dropped = new ArrayList<>();
    synchronized (lock) {
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= below) {
        dropped.add(segments.pollFirstEntry().getValue());
      }
    }
    for (Segment segment : dropped) {
      try {
        Files.deleteIfExists(segment.path());
      } catch (IOException e) {
        log.log(
            System.Logger.Level.WARNING, "cannot delete {0}: {1}", segment.path(), e.getMessage());
      }
    }
  }

  /** Waits until there is something beyond a position; {@code false} when there is not. */
  boolean awaitBeyond(long position, Duration wait) throws InterruptedException {
    long deadline = System.nanoTime() + wait.toNanos();
    synchronized (lock) {
      while (end <= position && !closed) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          return false;
        }
        lock.wait(left / 1_000_000, (int) (left % 1_000_000));
      }
      return end > position;
    }
  }

  /** Records from a position on that are held in memory; none where it is older than that. */
  List<JournalRecord> recent(long position, int maxEvents) {
    synchronized (lock) {
      Map.Entry<Long, JournalRecord> holding = recent.floorEntry(position);
      if (holding == null || holding.getValue().end() <= position) {
        return List.of();
      }
      List<JournalRecord> records = new ArrayList<>();
      long events = 0;
      for (JournalRecord record : recent.tailMap(holding.getKey()).values()) {
        if (!records.isEmpty() && events + record.events() > maxEvents) {
          break;
        }
        records.add(record);
        events += record.events();
      }
      return records;
    }
  }

  Segment segmentOf(long position) {
    synchronized (lock) {
      Map.Entry<Long, Segment> holding = segments.floorEntry(position);
      if (holding == null) {
        throw new JournalException(
            "position %d was trimmed from the journal while somebody still read it"
                .formatted(position),
            null);
      }
      return holding.getValue();
    }
  }

  /** Writes what waits, and ends the readers' waiting. Closing twice is fine. */
  @Override
  public void close() {
    Thread running;
    synchronized (lock) {
      closing = true;
      running = thread;
      lock.notifyAll();
    }
    try {
      if (running != null) {
        running.join();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    synchronized (lock) {
      closed = true;
      lock.notifyAll();
    }
    if (writer != null) {
      writer.close();
    }
  }
}
