package io.puraify.blackbox.engine.audit;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.puraify.blackbox.core.EventBatch;
import io.puraify.blackbox.core.EventBlock;
import io.puraify.blackbox.core.JournalConsumer;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Position;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateSchema;
import io.puraify.blackbox.engine.state.StoredPosition;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes leaves of all events and signs checkpoints: a consumer of the journal whose effect and
 * position are in the state database. The leaf that is not full is in memory, and its events are
 * read from the journal again after a crash.
 *
 * <p>{@link #apply} is called by the consumer's thread, everything else by any.
 */
public final class AuditConsumer implements JournalConsumer {

  private static final Logger log = LoggerFactory.getLogger(AuditConsumer.class);

  /** The name of the consumer. */
  public static final String NAME = "audit";

  /** Its tables. */
  public static final StateSchema SCHEMA = AuditTables.SCHEMA;

  private final StateDatabase state;
  private final AuditOptions options;
  private final StoredPosition position;
  private final @Nullable Anchor anchor;
  private final ReadWriteLock removals = new ReentrantReadWriteLock();

  // All guarded by this.
  private @Nullable AuditKey key;
  private TreeGrowth tree = new TreeGrowth((level, node, hash) -> {});
  private OpenLeaf open = new OpenLeaf(new EventDigest(), 0);
  private @Nullable Checkpoint last;

  public AuditConsumer(StateDatabase state, AuditOptions options, MeterRegistry registry) {
    this.state = state;
    this.options = options;
    this.position = new StoredPosition(state, NAME);
    this.anchor = options.anchorFile() == null ? null : new Anchor(options.anchorFile());
    Gauge.builder("blackbox.audit.leaves", this, it -> (double) it.leaves())
        .description("Leaves of the audit trail's tree")
        .register(registry);
    Gauge.builder("blackbox.audit.unsigned.events", this, it -> (double) it.unsigned())
        .description("Events that no checkpoint stands for yet")
        .register(registry);
  }

  /**
   * Reads what is stored.
   *
   * @param first the oldest event that the journal still has
   * @throws AuditException where the key is missing or damaged
   */
  public synchronized void start(Position first) {
    position.start(first);
    open = new OpenLeaf(new EventDigest(), position.position().value());
    state.read(handle -> {
      AuditTables tables = new AuditTables(handle);
      tree = TreeGrowth.at(tables.leaves(), tables.nodes(), (level, node, hash) -> {});
      last = tables.lastCheckpoint().orElse(null);
      return true;
    });
    key = AuditKey.open(options.keyFile(), last == null);
    anchor();
  }

  /** The key that signs. */
  public synchronized AuditKey key() {
    if (key == null) {
      throw new IllegalStateException("the audit trail has not been started");
    }
    return key;
  }

  private synchronized long leaves() {
    return tree.size();
  }

  private synchronized long unsigned() {
    return open.end() - (last == null ? position.since().value() : last.content().position());
  }

  @Override
  public String name() {
    return NAME;
  }

  /** A transaction costs a sync of the disk, which those who send would have to share. */
  @Override
  public Duration linger() {
    return Duration.ofSeconds(1);
  }

  @Override
  public Position position() {
    return position.position();
  }

  @Override
  public synchronized void apply(EventBatch batch) {
    if (batch.first().value() > open.end()) {
      throw new IllegalArgumentException(
          "a batch from %s on leaves a gap behind %d".formatted(batch.first(), open.end()));
    }
    OpenLeaf next = open.copy();
    List<Leaf> full = new ArrayList<>();
    for (EventBlock block : batch.blocks()) {
      next.add(block, tree.size(), full);
    }
    if (!full.isEmpty()) {
      commit(full);
    }
    open = next;
  }

  /** Adds leaves to the tree. */
  private void commit(List<Leaf> leaves) {
    List<Whole> nodes = new ArrayList<>();
    TreeGrowth grown =
        tree.copy((level, node, hash) -> {
          if (level > 0 && level % AuditTables.TILE_LEVELS == 0) {
            nodes.add(new Whole(level, node, hash));
          }
        });
    leaves.forEach(leaf -> grown.add(leaf.hash()));
    position.commit(
        new Position(leaves.getLast().end()),
        handle -> {
          AuditTables tables = new AuditTables(handle);
          tables.addLeaves(leaves);
          nodes.forEach(whole -> tables.addNode(whole.level, whole.node, whole.hash));
        });
    tree = grown;
  }

  /** A subtree that became whole. */
  private record Whole(int level, long node, byte[] hash) {}

  /** Makes a leaf of what was recorded since the last, so that all of it is in the tree. */
  synchronized void seal() {
    if (!open.isEmpty()) {
      OpenLeaf next = open.copy();
      commit(List.of(next.close(tree.size())));
      open = next;
    }
  }

  /**
   * Signs what has been recorded and removed since the last checkpoint.
   *
   * @return the new checkpoint, or nothing where there is nothing new
   */
  public synchronized Optional<Checkpoint> checkpoint() {
    Optional<Gap> lastGap = read(AuditTables::lastGap);
    long gaps = lastGap.map(gap -> gap.content().number() + 1).orElse(0L);
    Checkpoint before = last;
    boolean news =
        !open.isEmpty()
            || (before == null
                ? tree.size() > 0
                : tree.size() > before.content().leaves() || gaps > before.content().gaps());
    if (!news) {
      anchor();
      return Optional.empty();
    }
    seal();
    Checkpoint.Content content =
        new Checkpoint.Content(
            before == null ? 0 : before.content().number() + 1,
            tree.size(),
            position.position().value(),
            tree.root(),
            // A clock that was set back does not make time go back here.
            Math.max(
                Micros.of(options.clock().instant()),
                before == null ? 0 : before.content().micros()),
            gaps,
            lastGap.map(Gap::hash).orElse(Checkpoint.NONE),
            before == null ? Checkpoint.NONE : before.hash());
    Checkpoint made = new Checkpoint(content, key().sign(content.bytes()));
    state.change(handle -> new AuditTables(handle).add(made));
    last = made;
    anchor();
    return Optional.of(made);
  }

  /** The last checkpoint, if there is one. */
  public synchronized Optional<Checkpoint> last() {
    return Optional.ofNullable(last);
  }

  /** What the outside does not know yet is told the next time where it cannot be told now. */
  private void anchor() {
    if (anchor == null) {
      return;
    }
    try {
      anchor.write(from -> read(tables -> tables.checkpoints(from, 1_000)));
    } catch (AuditException e) {
      log.error("{}", e.getMessage(), e);
    }
  }

  /**
   * Signs a gap record and writes it with its parts.
   *
   * @param day of the removed events' timestamps, in days since 1970-01-01
   * @param parts in the order of their leaves
   * @param events how many they are about, ≥ 1
   */
  void gap(long day, List<GapPart> parts, long events) {
    // Before the transaction: whoever holds this may be waiting for one.
    AuditKey signer = key();
    MessageDigest hash = Sha256.digest();
    parts.forEach(part -> part.addTo(hash));
    byte[] hashed = hash.digest();
    state.change(handle -> {
      AuditTables tables = new AuditTables(handle);
      Optional<Gap> before = tables.lastGap();
      Gap.Content content =
          new Gap.Content(
              before.map(gap -> gap.content().number() + 1).orElse(0L),
              Micros.of(options.clock().instant()),
              day,
              events,
              hashed,
              before.map(Gap::hash).orElse(Checkpoint.NONE));
      tables.add(new Gap(content, signer.sign(content.bytes())));
      parts.forEach(part -> tables.add(content.number(), part));
    });
  }

  /** What is stored now. */
  <T> T read(Function<AuditTables, T> query) {
    return state.read(handle -> query.apply(new AuditTables(handle)));
  }

  /**
   * Records a removal, unless somebody reads everything: what is announced and removed in between
   * would be missing for them.
   *
   * @throws AuditException where that is so
   */
  void removing(Runnable removal) {
    if (!removals.writeLock().tryLock()) {
      throw new AuditException(
          "the audit trail is being verified or exported; events past their retention are removed"
              + " the next time");
    }
    try {
      removal.run();
    } finally {
      removals.writeLock().unlock();
    }
  }

  /** Does something during which no removal is announced. */
  <T> T withoutRemovals(Supplier<T> work) {
    removals.readLock().lock();
    try {
      return work.get();
    } finally {
      removals.readLock().unlock();
    }
  }
}
