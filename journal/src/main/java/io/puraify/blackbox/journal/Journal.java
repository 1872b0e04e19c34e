package io.puraify.blackbox.journal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
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
  private final DurableRecords durable;
  private final Object lock = new Object();

  /** Held while files are deleted, so that the oldest always goes first. */
  private final Object trimming = new Object();

  private final Set<JournalTail> tails = ConcurrentHashMap.newKeySet();

  // Guarded by lock.
  private final ArrayDeque<Append> waiting = new ArrayDeque<>();
  private final TreeMap<Long, Segment> segments = new TreeMap<>();
  private long waitingBytes;
  private long atHandBytes;
  private long consumed;
  private boolean refusing;
  private boolean closing;
  private String closed = "the journal is closed";
  private @Nullable Thread thread;

  // The journal's thread alone.
  private List<Append> atHand = List.of();
  private @Nullable SegmentWriter writer;
  private boolean failing;

  private volatile boolean trimFails;

  /** A record on its way, with what its appender waits for. */
  private record Append(byte[] payload, int events, int checksum, CompletableFuture<Long> done) {
    long bytes() {
      return Frame.HEADER_BYTES + (long) payload.length;
    }
  }

  /** What the journal's thread does next. */
  private enum Task {
    WRITE,
    SYNC,
    ROLL,
    STOP
  }

  public Journal(JournalOptions options) {
    this.options = options;
    this.durable = new DurableRecords(options.recentBytes());
  }

  /**
   * Opens what there is: cuts off what a crash has torn, and refuses what is damaged.
   *
   * @throws JournalException naming the file, the offset and the remedy
   */
  public void start() {
    try {
      DurableFolder.create(options.folder());
      Recovery found = Recovery.of(options.folder());
      found.segments().forEach(this::opened);
      durable.startAt(found.end());
      Segment last = found.segments().isEmpty() ? null : found.segments().getLast();
      writer = new SegmentWriter(options, last, found.end(), this::opened);
    } catch (IOException e) {
      throw new JournalException(
          "cannot open the journal in %s: %s".formatted(options.folder(), e.getMessage()), e);
    }
    synchronized (lock) {
      thread = Thread.ofPlatform().name("journal").start(this::run);
    }
  }

  /**
   * Appends some consecutive events. Never waits for the disk.
   *
   * @param payload not copied: must not change from now on; at most 32 MiB
   * @param events how many, ≥ 1
   * @return completes with the position of the first event when it is kept, in the order of the
   *     calls; fails with {@link JournalFullException} or {@link JournalWriteException}, or another
   *     {@link JournalException} where the journal is closed
   */
  public CompletableFuture<Long> append(byte[] payload, int events) {
    if (events < 1 || payload.length > Frame.MAX_PAYLOAD_BYTES) {
      throw new IllegalArgumentException(
          "a record has at least 1 event and at most %d bytes, not %d and %d"
              .formatted(Frame.MAX_PAYLOAD_BYTES, events, payload.length));
    }
    int checksum = Frame.checksum(ByteBuffer.wrap(payload));
    Append append = new Append(payload, events, checksum, new CompletableFuture<>());
    JournalException refusal;
    synchronized (lock) {
      refusal = refusal(append);
      if (refusal == null) {
        waiting.add(append);
        waitingBytes += append.bytes();
      }
      lock.notifyAll();
    }
    if (refusal != null) {
      append.done.completeExceptionally(refusal);
    }
    return append.done;
  }

  private @Nullable JournalException refusal(Append append) {
    if (closing || thread == null) {
      return new JournalException(closed, null);
    }
    if (bytes() + atHandBytes + waitingBytes + append.bytes() > options.maxBytes()) {
      refusing = true;
      return new JournalFullException(
          "the journal holds %,d bytes, as many as it may, until the stores have caught up"
              .formatted(options.maxBytes()),
          FULL_RETRY);
    }
    if (waitingBytes + append.bytes() > MAX_WAITING_BYTES && !waiting.isEmpty()) {
      return new JournalFullException(
          "%,d bytes wait for the disk already".formatted(waitingBytes), BUSY_RETRY);
    }
    return null;
  }

  private void run() {
    try {
      for (Task task = next(); task != Task.STOP; task = next()) {
        switch (task) {
          case WRITE -> write();
          case SYNC -> trySync();
          case ROLL -> tryRoll();
          case STOP -> throw new AssertionError("the loop ends with it");
        }
      }
    } catch (InterruptedException e) {
      log.log(System.Logger.Level.ERROR, "the journal's thread was interrupted; it stops");
    } finally {
      stopped();
    }
  }

  /** Waits for something to do. */
  private Task next() throws InterruptedException {
    SegmentWriter to = writer();
    synchronized (lock) {
      while (waiting.isEmpty()) {
        if (to.isDirty()) {
          long left = SYNC_INTERVAL.toMillis() - to.dirtyFor().toMillis();
          if (closing) {
            // What could not be synced a moment ago is not waited for.
            return to.isSuspect() ? Task.STOP : Task.SYNC;
          } else if (left <= 0) {
            return Task.SYNC;
          }
          lock.wait(left);
        } else if (refusing && consumed >= end() && to.canRoll()) {
          return Task.ROLL;
        } else if (closing) {
          return Task.STOP;
        } else {
          lock.wait();
        }
      }
      takeGroup();
      return Task.WRITE;
    }
  }

  private void takeGroup() {
    // Not more than a segment, so that segments are hardly longer than they are meant to be.
    long most = Math.min(MAX_GROUP_BYTES, options.segmentBytes());
    List<Append> group = new ArrayList<>();
    atHand = group;
    while (!waiting.isEmpty() && atHandBytes < most) {
      // In this order, so that no append is forgotten where there is no memory for the group.
      group.add(waiting.element());
      atHandBytes += waiting.remove().bytes();
    }
    waitingBytes -= atHandBytes;
  }

  private void write() {
    SegmentWriter to = writer();
    List<SegmentWriter.Unsynced> records;
    try {
      records = new ArrayList<>(atHand.size());
      if (to.isSuspect() || (to.isFull() && to.isDirty())) {
        sync();
      }
      if (to.isFull()) {
        to.roll();
      }
      long position = to.end();
      for (Append append : atHand) {
        JournalRecord record = new JournalRecord(position, append.events, append.payload);
        records.add(new SegmentWriter.Unsynced(record, append.checksum));
        position = record.end();
      }
      to.write(records);
      written();
      options.faultPoint().accept("journal.written");
      if (options.sync() == Sync.ALWAYS) {
        sync();
      } else {
        to.acknowledge();
      }
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      return;
    }
    List<Append> group = atHand;
    atHand = List.of();
    for (int i = 0; i < group.size(); i++) {
      group.get(i).done.complete(records.get(i).record().first());
    }
    if (to.dirtyFor().compareTo(SYNC_INTERVAL) >= 0) {
      trySync();
    }
  }

  /** From here on the bytes of the group count as the segment's. */
  private void written() {
    synchronized (lock) {
      atHandBytes = 0;
    }
  }

  private void trySync() {
    try {
      sync();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
    }
  }

  /** Makes durable what was written, and shows it to readers. */
  private void sync() throws IOException {
    List<JournalRecord> records = writer().sync();
    durable.add(records, writer().end());
    options.faultPoint().accept("journal.synced");
    if (failing) {
      failing = false;
      log.log(System.Logger.Level.INFO, "the journal can be written again");
    }
  }

  /** Begins a segment, so that the last one, which nobody needs any more, can be dropped. */
  private void tryRoll() {
    synchronized (lock) {
      refusing = false;
    }
    try {
      writer().roll();
    } catch (IOException | RuntimeException | Error e) {
      fail(e);
      return;
    }
    trim(consumed());
  }

  /** Fails the group at hand, and makes sure that none of it comes back. */
  private void fail(Throwable cause) {
    String what = "the journal cannot be written: %s".formatted(cause.getMessage());
    if (!failing) {
      failing = true;
      log.log(
          System.Logger.Level.ERROR,
          what + "; appends fail until it can",
          // What a disk says for itself needs no stack trace.
          cause instanceof IOException ? null : cause);
    }
    writer().abandon();
    written();
    List<Append> group = atHand;
    atHand = List.of();
    JournalWriteException failure = new JournalWriteException(what, cause);
    group.forEach(append -> append.done.completeExceptionally(failure));
  }

  /** Nothing is written any more, whatever the reason: nobody may wait for it. */
  private void stopped() {
    List<Append> left = new ArrayList<>(atHand);
    synchronized (lock) {
      if (!closing) {
        closed = "the journal has stopped after an error; restart to go on";
      }
      closing = true;
      left.addAll(waiting);
      waiting.clear();
    }
    if (writer().isDirty()) {
      log.log(
          System.Logger.Level.ERROR,
          "the last events before position {0} may not be on disk: they could not be synced",
          Long.toString(writer().end()));
    }
    writer().close();
    JournalWriteException failure =
        new JournalWriteException("the journal has stopped before this was written", null);
    left.forEach(append -> append.done.completeExceptionally(failure));
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
      return segments.isEmpty() ? end() : segments.firstKey();
    }
  }

  /** The position behind the last durable event. */
  public long end() {
    return durable.end();
  }

  /** Bytes on disk. */
  public long bytes() {
    synchronized (lock) {
      return segments.values().stream().mapToLong(Segment::size).sum();
    }
  }

  /**
   * About how many bytes on disk are kept for a reader at a position: those of all later segments,
   * and of its own segment the share of the events that it has not read.
   */
  public long bytesFrom(long position) {
    synchronized (lock) {
      long bytes = 0;
      long end = end();
      for (Segment segment : segments.descendingMap().values()) {
        long first = segment.first();
        if (position <= first) {
          bytes += segment.size();
        } else {
          double left = Math.max(0, end - position);
          return bytes + (long) (segment.size() * left / Math.max(1, end - first));
        }
        end = first;
      }
      return bytes;
    }
  }

  /**
   * A new reader.
   *
   * @param from the position of the first event to read
   * @throws JournalException where the journal does not hold that position
   */
  public JournalTail tail(long from) {
    if (from < firstPosition() || from > end()) {
      throw new JournalException(
          "the journal in %s holds positions %d to %d, but a reader wants to go on at %d: its data"
                  .formatted(options.folder(), firstPosition(), end(), from)
              + " and the journal do not belong together. Restore both from the same copy",
          null);
    }
    JournalTail tail = new JournalTail(this, from);
    tails.add(tail);
    return tail;
  }

  void forget(JournalTail tail) {
    tails.remove(tail);
    letGoOfRead();
  }

  /**
   * Lets go of records that all who follow closely have read: kept any longer, they would only be
   * copied by the garbage collector. Who lags reads files, and holds up nobody.
   */
  void letGoOfRead() {
    long oldest = durable.oldest();
    durable.forget(
        tails.stream()
            .mapToLong(JournalTail::position)
            .filter(position -> position >= oldest)
            .min()
            .orElse(oldest));
  }

  /**
   * Forgets events that nobody needs any more: whole segments only, and the last one only when it
   * stands in the way of new events.
   *
   * @param below every durable reader has applied what is below this position
   */
  public void trim(long below) {
    synchronized (lock) {
      consumed = Math.max(consumed, below);
      lock.notifyAll();
    }
    synchronized (trimming) {
      for (Segment next = droppable(below); next != null; next = droppable(below)) {
        try {
          Files.deleteIfExists(next.path());
          trimFails = false;
        } catch (IOException e) {
          // A newer one must not go before it: that would leave a gap.
          if (!trimFails) {
            trimFails = true;
            log.log(
                System.Logger.Level.WARNING, "cannot delete {0}: {1}", next.path(), e.toString());
          }
          return;
        }
        synchronized (lock) {
          segments.remove(next.first());
        }
      }
    }
  }

  private @Nullable Segment droppable(long below) {
    synchronized (lock) {
      Map.Entry<Long, Segment> oldest = segments.firstEntry();
      Long next = oldest == null ? null : segments.higherKey(oldest.getKey());
      return oldest == null || next == null || next > below ? null : oldest.getValue();
    }
  }

  private long consumed() {
    synchronized (lock) {
      return consumed;
    }
  }

  DurableRecords durable() {
    return durable;
  }

  Segment segmentOf(long position) {
    synchronized (lock) {
      Map.Entry<Long, Segment> holding = segments.floorEntry(position);
      if (holding == null) {
        throw trimmed(position);
      }
      return holding.getValue();
    }
  }

  static JournalException trimmed(long position) {
    return new JournalException(
        "position %d was trimmed from the journal while somebody still read it".formatted(position),
        null);
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
    durable.close();
  }
}
