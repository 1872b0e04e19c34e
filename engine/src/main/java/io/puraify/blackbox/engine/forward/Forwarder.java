package io.puraify.blackbox.engine.forward;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.PostponedException;
import io.puraify.blackbox.engine.outgoing.Answer;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Forwards events to one destination, each at least once: the position moves when the other side
 * has answered that it took them, so that after a crash between both some are sent again, under the
 * same ids. A destination that is away is waited for, until the journal keeps more for it than it
 * may; then the oldest events are left out, and counted.
 */
public final class Forwarder implements JournalConsumer, AutoCloseable {

  /** What the names of these consumers begin with. */
  public static final String PREFIX = "forward_";

  private static final Logger log = LoggerFactory.getLogger(Forwarder.class);

  /**
   * Of the journal's largest blocks two: a batch is in memory for as long as the other side is
   * away.
   */
  private static final int MOST_EVENTS = 16_384;

  /** The same where events are long. */
  private static final long MOST_BYTES = 16L << 20;

  /** While it waits, it is looked so often whether the journal keeps too much meanwhile. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /**
   * After so long it comes back with what is done, so that closing and the journal need not wait.
   */
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Forward forward;
  private final Backlog backlog;
  private final InstantSource clock;
  private final StoredPosition position;
  private final Sending sending;
  private final Counter taken;
  private final Counter refused;
  private final Counter leftOut;

  // The consumer's thread alone.
  private Pace pace = Pace.FREE;
  private long leftOutNow;

  /** Behind what the other side has taken, as long as that cannot be stored. */
  private @Nullable Position pending;

  /**
   * @param state where the position is kept
   */
  public Forwarder(
      Forward forward,
      StateDatabase state,
      Backlog backlog,
      InstantSource clock,
      MeterRegistry registry) {
    this.forward = forward;
    this.backlog = backlog;
    this.clock = clock;
    this.position = new StoredPosition(state, PREFIX + forward.name());
    this.sending = new Sending(forward.name(), forward.destination(), registry);
    this.taken = events("taken", registry);
    this.refused = events("refused", registry);
    this.leftOut = events("left_out", registry);
  }

  private Counter events(String outcome, MeterRegistry registry) {
    return Counter.builder("blackbox.forward.events")
        .description("Events that were to be forwarded to a destination")
        .tag("destination", forward.name())
        .tag("outcome", outcome)
        .register(registry);
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has, with which a new destination begins
   */
  public void start(Position first) {
    position.start(first);
  }

  @Override
  public String name() {
    return PREFIX + forward.name();
  }

  /** Nobody waits for it, and fewer requests are fewer commits. */
  @Override
  public Duration linger() {
    return Duration.ofSeconds(1);
  }

  @Override
  public int mostEvents() {
    return MOST_EVENTS;
  }

  @Override
  public long mostBytes() {
    return MOST_BYTES;
  }

  @Override
  public Position position() {
    return position.position();
  }

  @Override
  public void apply(EventBatch batch) {
    commitPending();
    Matches matches = new Matches(batch, forward.filter());
    Position first = position();
    Instant turnEnds = clock.instant().plus(TURN);
    while (position().compareTo(batch.end()) < 0) {
      Instant now = clock.instant();
      if (!now.isBefore(turnEnds) && position().compareTo(first) > 0) {
        throw new PostponedException("%s is taking them".formatted(forward.name()), Duration.ZERO);
      }
      long over = backlog.over(position());
      switch (pace.next(over, now)) {
        case SEND -> send(matches.next(position(), forward.destination()));
        case WAIT -> throw postponed(now);
        case LEAVE_OUT -> leaveOut(matches, over);
      }
    }
  }

  private PostponedException postponed(Instant now) {
    Duration left = pace.left(now);
    return new PostponedException(
        "%s is asked again at %s: %s"
            .formatted(forward.name(), pace.retryAt(), Answer.brief(pace.said())),
        left.compareTo(LOOK) < 0 ? left : LOOK);
  }

  private void send(Matches.Piece piece) {
    Sent sent = piece.items().isEmpty() ? new Sent(0, 0, null) : answered(piece);
    Position end =
        sent.done() == piece.items().size() ? piece.end() : piece.positions().get(sent.done());
    // Before anything can fail: what was taken must not be sent a second time.
    pending = end;
    taken.increment((double) sent.taken());
    refused.increment((double) sent.refused());
    Answer trouble = sent.trouble();
    if (trouble != null) {
      failed(trouble);
    } else if (sent.done() > 0) {
      goesOn();
    }
    commitPending();
  }

  /** Throws where it cannot be stored; nothing more is sent until it is. */
  private void commitPending() {
    Position end = pending;
    if (end != null && end.compareTo(position()) > 0) {
      position.commit(end, handle -> {});
    }
    pending = null;
  }

  private Sent answered(Matches.Piece piece) {
    try {
      return sending.send(piece.items());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new PostponedException("interrupted while %s was asked".formatted(name()), LOOK);
    }
  }

  private void failed(Answer trouble) {
    if (!pace.isTroubled()) {
      log.warn(
          "{} takes no events, and is asked again until it does: {}",
          forward.name(),
          Answer.brief(trouble.text()));
    }
    pace = pace.failed(trouble, clock.instant(), ThreadLocalRandom.current());
  }

  private void goesOn() {
    if (pace.isTroubled() || leftOutNow > 0) {
      log.info("{} takes events again; {} were left out meanwhile", forward.name(), leftOutNow);
    }
    pace = Pace.FREE;
    leftOutNow = 0;
  }

  private void leaveOut(Matches matches, long bytes) {
    Position from = position();
    Position end = matches.endOf(from, bytes);
    long count = matches.count(from, end);
    position.commit(end, handle -> {});
    if (leftOutNow == 0 && count > 0) {
      log.warn(
          "the journal keeps more than {} bytes for {}: from {} on the oldest events are left out",
          backlog.most(),
          forward.name(),
          from.value());
    }
    leftOutNow += count;
    leftOut.increment((double) count);
  }

  /** To be called when the consumer is not fed any more. Closing twice is fine. */
  @Override
  public void close() {
    sending.close();
  }
}
