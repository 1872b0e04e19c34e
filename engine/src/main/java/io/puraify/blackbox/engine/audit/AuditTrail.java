package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.engine.state.StateDatabase;
import io.puraify.blackbox.engine.state.StateException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Checkpoints, proofs and their verification, of what a server has. Safe for any thread. */
public final class AuditTrail {

  private static final Logger log = LoggerFactory.getLogger(AuditTrail.class);

  private final AuditConsumer audit;
  private final StateDatabase state;
  private final LiveSource source;
  private final @Nullable Path anchorFile;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * @param journalEnd tells the position behind the last event of the journal
   */
  public AuditTrail(
      AuditConsumer audit,
      StateDatabase state,
      EventStore store,
      AuditOptions options,
      LongSupplier journalEnd) {
    this.audit = audit;
    this.state = state;
    this.source = new LiveSource(state, store, journalEnd);
    this.anchorFile = options.anchorFile();
  }

  /** With which everything can be verified. */
  public AuditPublicKey publicKey() {
    return audit.key().publicKey();
  }

  /** Checkpoints from a number on, in order. */
  private List<Checkpoint> checkpoints(long from, int count) {
    return source.checkpoints(from, count);
  }

  /**
   * Checkpoints before a number, or else the latest, the newest first.
   *
   * @param count at most
   */
  public List<Checkpoint> before(Optional<Long> number, int count) {
    long end = audit.last().map(each -> each.content().number() + 1).orElse(0L);
    long to = Math.min(end, number.orElse(end));
    long from = Math.max(0, to - count);
    return to == from ? List.of() : checkpoints(from, (int) (to - from)).reversed();
  }

  /**
   * Takes the turn to read everything, which one at a time has: to verify or to export.
   *
   * @return false where somebody else has it
   */
  public boolean takeTurn() {
    return taken.compareAndSet(false, true);
  }

  /** Ends the turn that {@link #takeTurn} has given. */
  public void giveTurnBack() {
    taken.set(false);
  }

  /** Verifies all that there is. May take a minute for five million events. */
  public Verification verify() {
    sign();
    return audit.withoutRemovals(() -> new Verifier(source, publicKey()).run(this::known));
  }

  /** So that all that has come until now is signed; what keeps it from that, is verified next. */
  private void sign() {
    try {
      var _ = audit.checkpoint();
    } catch (StateException | AuditException | IllegalArgumentException e) {
      log.warn("no checkpoint could be signed before the audit trail is verified", e);
    }
  }

  /** Checkpoints that need not be taken from the state: the last, and those that were anchored. */
  private void known(Consumer<String> sink) {
    audit.last().map(CheckpointLine::of).ifPresent(sink);
    if (anchorFile != null) {
      Anchor.read(anchorFile, sink);
    }
  }

  /**
   * That an event is among those that were recorded, or nothing where no leaf stands for it yet or
   * ever will; signs a checkpoint first where none stands for it yet.
   *
   * @throws AuditException where its leaf does not hold any more
   */
  public Optional<InclusionProof> prove(Event event) {
    long position = event.position();
    Checkpoint last = audit.last().orElse(null);
    if (last == null || position >= last.content().position()) {
      var _ = audit.checkpoint();
    }
    Leaf leaf = state.read(handle -> new AuditTables(handle).leafAt(position)).orElse(null);
    if (leaf == null || position >= leaf.end() || leaf.end() > source.extent().to()) {
      return Optional.empty();
    }
    List<byte[]> digests = digests(leaf);
    return state.read(handle -> {
      AuditTables tables = new AuditTables(handle);
      return tables
          .checkpointWith(leaf.number())
          .map(checkpoint ->
              new InclusionProof(
                  new EventDigest().form(event),
                  position,
                  leaf.number(),
                  leaf.first(),
                  digests,
                  new MerkleTree(tables.nodes())
                      .inclusion(leaf.number(), checkpoint.content().leaves()),
                  checkpoint));
    });
  }

  /**
   * The same for some events at once: all lead to one checkpoint, the latest. By their positions;
   * those for which no leaf stands are left out.
   *
   * @param events in any order; the digests of a leaf are read once for all of its events that
   *     follow each other
   * @throws AuditException where a leaf does not hold any more
   */
  public Map<Long, InclusionProof> prove(List<Event> events) {
    var _ = audit.checkpoint();
    Checkpoint last = audit.last().orElse(null);
    Map<Long, InclusionProof> proofs = new LinkedHashMap<>();
    if (last == null) {
      return proofs;
    }
    InclusionProof before = null;
    for (Event event : events) {
      long position = event.position();
      InclusionProof leaf =
          before != null
                  && position >= before.first()
                  && position < before.first() + before.digests().size()
              ? before
              : leafProof(position, last);
      if (leaf != null) {
        proofs.put(position, leaf.of(event));
        before = leaf;
      }
    }
    return proofs;
  }

  /** The part of a proof that all events of a leaf share; {@code null} where there is no leaf. */
  private @Nullable InclusionProof leafProof(long position, Checkpoint last) {
    Leaf leaf = state.read(handle -> new AuditTables(handle).leafAt(position)).orElse(null);
    if (leaf == null || position >= leaf.end() || leaf.end() > last.content().position()) {
      return null;
    }
    List<byte[]> path =
        state.read(handle ->
            new MerkleTree(new AuditTables(handle).nodes())
                .inclusion(leaf.number(), last.content().leaves()));
    return new InclusionProof(
        new byte[0], position, leaf.number(), leaf.first(), digests(leaf), path, last);
  }

  private List<byte[]> digests(Leaf leaf) {
    LeafWindow window = new LeafWindow(List.of(leaf));
    EventDigest digest = new EventDigest();
    source.events(leaf.first(), leaf.end(), event -> window.put(event, digest));
    byte[] all = window.digests(0);
    boolean[] present = window.present(0);
    for (GapPart part : source.gapParts(leaf.number(), Long.MAX_VALUE)) {
      part.fillAbsent(present, all);
    }
    if (!leaf.holds(all)) {
      throw new AuditException(
          "the events from %d to %d are not as they were recorded; verify the audit trail"
              .formatted(leaf.first(), leaf.end() - 1));
    }
    List<byte[]> digests = new ArrayList<>();
    for (int i = 0; i < leaf.events(); i++) {
      byte[] one = new byte[Sha256.BYTES];
      System.arraycopy(all, i * Sha256.BYTES, one, 0, Sha256.BYTES);
      digests.add(one);
    }
    return digests;
  }

  /**
   * That the tree of one checkpoint is how that of a later one begins; nothing where there is no
   * such checkpoint.
   *
   * @param first number of the earlier one, at most {@code second}
   */
  public Optional<ConsistencyProof> prove(long first, long second) {
    List<Checkpoint> from = checkpoints(first, 1);
    List<Checkpoint> to = checkpoints(second, 1);
    if (from.isEmpty() || to.isEmpty() || first > second) {
      return Optional.empty();
    }
    Checkpoint earlier = from.getFirst();
    Checkpoint later = to.getFirst();
    return Optional.of(
        state.read(handle ->
            new ConsistencyProof(
                earlier,
                later,
                new MerkleTree(new AuditTables(handle).nodes())
                    .consistency(earlier.content().leaves(), later.content().leaves()))));
  }

  /**
   * Writes a bundle of everything, which is verified elsewhere with the public key alone. Signs a
   * checkpoint first.
   */
  public void export(OutputStream out) throws IOException {
    var _ = audit.checkpoint();
    Checkpoint last = audit.last().orElse(null);
    try {
      var _ =
          audit.withoutRemovals(() -> {
            try {
              BundleWriter.write(source, publicKey(), last, out);
              return true;
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
