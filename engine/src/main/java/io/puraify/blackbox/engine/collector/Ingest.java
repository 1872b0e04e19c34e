package io.puraify.blackbox.engine.collector;

import io.puraify.blackbox.core.Position;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * One request on its way in: its body is fed as it arrives, and the {@link #result} is there when
 * all of it is safe on disk. Used by its lane's thread alone.
 */
public final class Ingest {

  /**
   * How much of a request may wait for the disk before its sender has to. Two full blocks: while
   * one is synced the next is filled.
   */
  private static final long MAX_WAITING_BYTES = 4L * Lane.MAX_BLOCK_BYTES;

  private final Lane lane;
  private final Framing framing;
  private final @Nullable String idempotencyKey;
  private final CompletableFuture<IngestResult> result = new CompletableFuture<>();
  private final List<Rejection> rejections = new ArrayList<>();
  private final Map<Rejection.Reason, Long> rejected = new EnumMap<>(Rejection.Reason.class);
  private final Framing.Sink sink = new Items();
  private long index;
  private long accepted;
  private long duplicates;
  private long waitingBytes;
  private int waitingBlocks;
  private Position end = Position.START;
  private boolean ended;
  private boolean repeatsSafe = true;
  private Collector.@Nullable Loss lossBeforeRepeats;
  private @Nullable Throwable failure;
  private @Nullable Runnable whenReady;
  private @Nullable Share share;

  /** What a request has in one block. */
  static final class Share {
    final Ingest ingest;
    final Ticket ticket;
    int rows;
    long bytes;

    Share(Ingest ingest, Ticket ticket) {
      this.ingest = ingest;
      this.ticket = ticket;
    }
  }

  Ingest(Lane lane, BodyFormat format, @Nullable String idempotencyKey) {
    this.lane = lane;
    this.framing = format.framing();
    this.idempotencyKey = idempotencyKey;
  }

  /** Completes on the lane's thread; fails as the journal does where events could not be kept. */
  public CompletableFuture<IngestResult> result() {
    return result;
  }

  /** Runs a task on the request's thread. */
  public void execute(Runnable task) {
    lane.execute(task);
  }

  /** Takes the next part of the body; the bytes are lent for the call. */
  public void feed(byte[] bytes, int from, int to) {
    if (ended) {
      return;
    }
    framing.feed(bytes, from, to, sink);
    lane.flushInTime();
  }

  /** Whether the sender should pause until {@link #whenReady} is called. */
  public boolean congested() {
    return waitingBytes > MAX_WAITING_BYTES;
  }

  /** Whether some of the request could not be kept, so that reading on would be in vain. */
  public boolean hasFailed() {
    return failure != null;
  }

  /** Calls {@code action} once when the request is not congested any more. */
  public void whenReady(Runnable action) {
    whenReady = action;
  }

  /** The body has ended. */
  public void finish() {
    if (!ended) {
      framing.end(sink);
      stop();
    }
  }

  /** The sender went away in the middle: what was whole stays, a part of an item is dropped. */
  public void stop() {
    if (ended) {
      return;
    }
    ended = true;
    if (duplicates > 0) {
      // What is repeated here may have arrived a moment ago and not be on disk yet.
      repeatsSafe = false;
      var _ = lane.collector().allSettled().thenRun(() -> lane.execute(this::repeatsSettled));
    }
    lane.flushSoon();
    completeIfDone();
  }

  /**
   * What this request repeats is safe, unless a block was lost since it met the first repeat: then
   * it might have been in that, and the sender is better told to try again.
   */
  private void repeatsSettled() {
    repeatsSafe = true;
    Collector.Loss loss = lane.collector().latestLoss();
    if (loss != null && loss != lossBeforeRepeats && failure == null) {
      failure = loss.cause();
    }
    end = lane.collector().end();
    completeIfDone();
  }

  /** A block with a share of this request is safe, or it is not to be. */
  void settled(Share settled, Position blockEnd, @Nullable Throwable thrown) {
    waitingBlocks--;
    waitingBytes -= settled.bytes;
    if (thrown == null) {
      accepted += settled.rows;
      end = blockEnd;
    } else if (failure == null) {
      failure = thrown;
    }
    if (whenReady != null && waitingBytes <= MAX_WAITING_BYTES / 2) {
      Runnable action = whenReady;
      whenReady = null;
      action.run();
    }
    completeIfDone();
  }

  private void completeIfDone() {
    if (!ended || waitingBlocks > 0 || !repeatsSafe || result.isDone()) {
      return;
    }
    lane.collector().count(accepted, failure == null ? duplicates : 0, rejected);
    if (failure != null) {
      result.completeExceptionally(failure);
    } else {
      long all = rejected.values().stream().mapToLong(Long::longValue).sum();
      result.complete(new IngestResult(accepted + duplicates, duplicates, all, rejections, end));
    }
  }

  private void reject(Rejection rejection) {
    rejected.merge(rejection.reason(), 1L, Long::sum);
    if (rejections.size() < IngestResult.MAX_REJECTIONS) {
      rejections.add(rejection);
    }
  }

  private final class Items implements Framing.Sink {
    @Override
    public void item(byte[] bytes, int from, int to) {
      Collector.Loss loss = lane.collector().latestLoss();
      switch (lane.take(bytes, from, to, index, idempotencyKey)) {
        case Lane.Kept(Ticket ticket) -> {
          Share at = share;
          if (at == null || at.ticket != ticket) {
            at = new Share(Ingest.this, ticket);
            ticket.shares.add(at);
            share = at;
            waitingBlocks++;
          }
          at.rows++;
          at.bytes += (long) to - from;
          waitingBytes += (long) to - from;
        }
        case Lane.Repeated() -> {
          lossBeforeRepeats = duplicates == 0 ? loss : lossBeforeRepeats;
          duplicates++;
        }
        case Lane.Rejected(Rejection rejection) -> reject(rejection);
      }
      index++;
      lane.flushIfFull();
    }

    @Override
    public void tooLarge() {
      reject(EventDecoder.tooLarge(index++));
    }

    @Override
    public void broken(String detail) {
      String more = detail + "; nothing behind it was read";
      reject(new Rejection(index++, Rejection.Reason.NOT_JSON, "", more));
    }
  }
}
