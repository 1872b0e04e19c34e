package io.puraify.blackbox.engine.collector;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.core.StoringPolicy;
import io.puraify.blackbox.journal.Journal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes in events: decodes, normalises, masks and deduplicates them, and puts them into the
 * journal. Safe for any thread; each thread that receives has a {@link Lane} of its own.
 */
public final class Collector {

  private final Journal journal;
  private final EventIdWindow ids;
  private final RedactionOptions redaction;
  private final Supplier<StoringPolicy> storing;
  private final InstantSource clock;
  private final MeterRegistry registry;
  private final List<Lane> lanes = new CopyOnWriteArrayList<>();
  private final Counter accepted;
  private final Counter duplicates;
  private final Counter keptAside;
  private final AtomicLong end = new AtomicLong();
  private volatile @Nullable Loss latestLoss;

  /** A block that the journal did not keep; told from others by its identity. */
  static final class Loss {
    private final Throwable cause;

    private Loss(Throwable cause) {
      this.cause = cause;
    }

    Throwable cause() {
      return cause;
    }
  }

  /** A collector that has every event stored, without ways in. */
  public Collector(
      Journal journal,
      EventIdWindow ids,
      RedactionOptions redaction,
      InstantSource clock,
      MeterRegistry registry) {
    this(journal, ids, redaction, () -> StoringPolicy.ALL, clock, registry);
  }

  /**
   * A collector without ways in.
   *
   * @param storing makes the policy of each lane, which says what is stored as one
   */
  public Collector(
      Journal journal,
      EventIdWindow ids,
      RedactionOptions redaction,
      Supplier<StoringPolicy> storing,
      InstantSource clock,
      MeterRegistry registry) {
    this.journal = journal;
    this.ids = ids;
    this.redaction = redaction;
    this.storing = storing;
    this.clock = clock;
    this.registry = registry;
    this.accepted =
        counter("blackbox.events.accepted", "Events that are safe in the journal and were new");
    this.duplicates =
        counter("blackbox.events.duplicates", "Events that repeated an event_id and were left out");
    this.keptAside =
        counter(
            "blackbox.values.kept.aside",
            "Values that did not fit their field and were kept as attributes");
    // All reasons are there from the start, so that a rate of them can be asked for.
    for (Rejection.Reason reason : Rejection.Reason.values()) {
      rejected(reason).increment(0);
    }
  }

  private Counter counter(String name, String description) {
    return Counter.builder(name).description(description).register(registry);
  }

  /**
   * Adds a way in.
   *
   * @param thread runs tasks, in order, on the one thread that will use the lane
   */
  public Lane lane(Executor thread) {
    Lane lane = new Lane(this, thread, redaction, storing.get());
    lanes.add(lane);
    return lane;
  }

  Journal journal() {
    return journal;
  }

  EventIdWindow ids() {
    return ids;
  }

  InstantSource clock() {
    return clock;
  }

  /** Completes when all that any lane has taken so far is safe, or is known not to be. */
  CompletableFuture<Void> allSettled() {
    CompletableFuture<?>[] all =
        lanes.stream().map(Collector::settled).toArray(CompletableFuture[]::new);
    return CompletableFuture.allOf(all);
  }

  private static CompletableFuture<Void> settled(Lane lane) {
    CompletableFuture<Void> settled = new CompletableFuture<>();
    lane.execute(() -> {
      var _ = lane.settled().thenRun(() -> settled.complete(null));
    });
    return settled;
  }

  /** A block is safe. */
  void kept(Position blockEnd) {
    end.accumulateAndGet(blockEnd.value(), Math::max);
  }

  /** Behind all events that are safe. */
  Position end() {
    // Blocks that were kept may not be synced yet, and the journal has those of earlier runs.
    return new Position(Math.max(end.get(), journal.end()));
  }

  /** The latest block that could not be kept, of all lanes; another each time. */
  @Nullable Loss latestLoss() {
    return latestLoss;
  }

  /** A block was not kept, and its ids are released already. */
  void lost(Throwable cause) {
    latestLoss = new Loss(cause);
  }

  void count(long newEvents, long repeated, Map<Rejection.Reason, Long> refused) {
    accepted.increment((double) newEvents);
    duplicates.increment((double) repeated);
    refused.forEach((reason, count) -> rejected(reason).increment((double) count));
  }

  private Counter rejected(Rejection.Reason reason) {
    return Counter.builder("blackbox.events.rejected")
        .description("Items that did not become events")
        .tag("reason", reason.label())
        .register(registry);
  }

  void countValues(long aside, Map<String, Long> masked) {
    keptAside.increment((double) aside);
    masked.forEach((rule, count) ->
        Counter.builder("blackbox.secrets.masked")
            .description("Secrets that were masked before they reached the disk")
            .tag("rule", rule)
            .register(registry)
            .increment(count));
  }
}
