package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.EventBlockBuilder;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.StoringPolicy;
import io.puraify.blackbox.core.json.Bytes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way in for the requests of one thread: they share the block that is being filled.
 *
 * <p>A full block goes to the journal at once. One that is not full goes when a request has ended
 * and no block of the lane is on its way, so that small requests share a block and a sync, the more
 * the busier it is. Used by its own thread alone.
 */
public final class Lane {

  private static final Logger log = LoggerFactory.getLogger(Lane.class);

  /** A block of this size is full; large enough to make its fixed cost small. */
  static final int MAX_BLOCK_BYTES = 1 << 20;

  /** Likewise in events; two of DuckDB's vectors. */
  static final int MAX_BLOCK_ROWS = 4_096;

  /** How long an event may wait for its block to fill while its request goes on. */
  private static final long MAX_WAIT_MILLIS = 20;

  /** What became of an item. */
  sealed interface Outcome {}

  record Kept(Ticket ticket) implements Outcome {}

  record Repeated() implements Outcome {}

  record Rejected(Rejection rejection) implements Outcome {}

  private static final Repeated REPEATED = new Repeated();

  private final Collector collector;
  private final Executor thread;
  private final EventBlockBuilder block;
  private final EventDecoder decoder;
  private final Redaction redaction;
  private final StoringPolicy storing;
  private Ticket ticket = new Ticket();
  private Kept kept = new Kept(ticket);
  private final List<Ticket> onTheirWay = new ArrayList<>();
  private long startedAtMicros;
  private long blockBytes;
  private boolean wanted;
  private boolean timed;

  Lane(Collector collector, Executor thread, RedactionOptions options, StoringPolicy storing) {
    this.collector = collector;
    this.thread = thread;
    this.storing = storing;
    this.redaction = new Redaction(options);
    this.block = new EventBlockBuilder(new LabelNormaliser(redaction)::normalise);
    this.decoder = new EventDecoder(block, redaction);
  }

  /**
   * Starts a request.
   *
   * @param idempotencyKey names the request, so that its items are known again when it is repeated;
   *     {@code null} where the sender gave none
   */
  public Ingest ingest(BodyFormat format, @Nullable String idempotencyKey) {
    return new Ingest(this, format, idempotencyKey);
  }

  Collector collector() {
    return collector;
  }

  void execute(Runnable task) {
    thread.execute(task);
  }

  /** Decodes one item into the block that is being filled. */
  Outcome take(byte[] bytes, int from, int to, long index, @Nullable String idempotencyKey) {
    if (block.rows() == 0) {
      startedAtMicros = Micros.of(collector.clock().instant());
    }
    Rejection rejection = decoder.decode(bytes, from, to, index, startedAtMicros);
    if (rejection != null) {
      block.dropRow();
      return new Rejected(rejection);
    }
    Bytes id = decoder.eventId();
    if (id.length() == 0 && idempotencyKey != null) {
      byte[] derived = (idempotencyKey + "/" + index).getBytes(StandardCharsets.UTF_8);
      id.add(derived, 0, derived.length);
      block.text(Field.EVENT_ID, derived, 0, derived.length);
    }
    if (id.length() > 0) {
      byte[] project = block.labelValue(Field.PROJECT_ID, decoder.project());
      EventIdHash hash = EventIdHash.of(project, id.array(), 0, id.length());
      if (!collector.ids().add(hash, startedAtMicros / 1_000_000)) {
        block.dropRow();
        return REPEATED;
      }
    }
    block.endRow();
    blockBytes += (long) to - from;
    return kept;
  }

  /** Sends the block to the journal if it is full. */
  void flushIfFull() {
    if (block.rows() >= MAX_BLOCK_ROWS || blockBytes >= MAX_BLOCK_BYTES) {
      flush();
    }
  }

  /**
   * A request has ended and waits: sends what there is once the thread is done with what it has at
   * hand, or when the block before is safe.
   */
  void flushSoon() {
    if (!wanted && block.rows() > 0) {
      wanted = true;
      thread.execute(this::flushIfIdle);
    }
  }

  private void flushIfIdle() {
    if (wanted && onTheirWay.isEmpty()) {
      flush();
    }
  }

  /** A request goes on, perhaps slowly: what there is does not wait for its end. */
  void flushInTime() {
    if (!timed && block.rows() > 0) {
      timed = true;
      CompletableFuture.delayedExecutor(MAX_WAIT_MILLIS, TimeUnit.MILLISECONDS, thread)
          .execute(() -> {
            timed = false;
            flush();
          });
    }
  }

  /** Completes when all that the lane has taken so far is safe, or is known not to be. */
  CompletableFuture<Void> settled() {
    flush();
    return CompletableFuture.allOf(
        onTheirWay.stream().map(sent -> sent.settled).toArray(CompletableFuture[]::new));
  }

  private void flush() {
    int rows = block.rows();
    if (rows == 0) {
      return;
    }
    byte[] payload = sealed();
    Ticket sent = ticket;
    wanted = false;
    blockBytes = 0;
    ticket = new Ticket();
    kept = new Kept(ticket);
    onTheirWay.add(sent);
    collector.countValues(decoder.drainKeptAside(), redaction.drainCounts());
    var _ =
        collector
            .journal()
            .append(payload, rows)
            .whenComplete((first, thrown) ->
                thread.execute(() -> settle(sent, payload, rows, first, thrown)));
  }

  private byte[] sealed() {
    byte[] bytes = block.seal(startedAtMicros);
    if (storing.equals(StoringPolicy.ALL)) {
      return bytes;
    }
    try {
      return storing.apply(new EventBlock(Position.START, bytes)).encoded();
    } catch (RuntimeException | StackOverflowError e) {
      log.warn("every event of a block is stored, since what to store as one cannot be told", e);
      return bytes;
    }
  }

  private void settle(
      Ticket sent, byte[] payload, int rows, @Nullable Long first, @Nullable Throwable thrown) {
    onTheirWay.remove(sent);
    if (thrown != null) {
      EventIdLog.idsOf(new EventBlock(Position.START, payload)).forEach(collector.ids()::remove);
      collector.lost(thrown);
    }
    Position end = first == null ? Position.START : new Position(first + rows);
    collector.kept(end);
    for (Ingest.Share share : sent.shares) {
      share.ingest.settled(share, end, thrown);
    }
    sent.settled.complete(null);
    flushIfIdle();
  }
}
