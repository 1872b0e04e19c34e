package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.StoreException;
import io.puraify.blackbox.engine.audit.Finding.FoundException;
import io.puraify.blackbox.engine.audit.Finding.Kind;
import io.puraify.blackbox.engine.state.StateException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verifies a source from its first event to its last, with a public key and nothing else: computes
 * every leaf again from the events that are there, the tree from the leaves, and compares that with
 * what is signed. For one thread, and one verification.
 */
public final class Verifier {

  /** Leaves at a time, at most a million events: their digests take 32 MiB. */
  static final int WINDOW_LEAVES = 4_096;

  private static final int PAGE = 1_000;

  private final AuditSource source;
  private final AuditPublicKey key;
  private final EventDigest digest = new EventDigest();
  private final TreeGrowth tree = new TreeGrowth((level, node, hash) -> {});
  private final Deque<Checkpoint> next = new ArrayDeque<>();
  private final AuditSource.Extent extent;

  private @Nullable Checkpoint last;
  private @Nullable Checkpoint compared;

  /** How many gap records there are that are signed: what others say was removed counts nothing. */
  private long gaps;

  /** Behind the last position whose events were asked for. */
  private long scanned = Long.MIN_VALUE;

  private long events;
  private long fromMicros = Long.MAX_VALUE;
  private long toMicros = Long.MIN_VALUE;
  private long removed;
  private long folded;

  /** Whether some event stands for several, so that others may be absent because of it. */
  private boolean collapsed;

  private long unsigned;
  private long pending;
  private long unproven;

  Verifier(AuditSource source, AuditPublicKey key) {
    this.source = source;
    this.key = key;
    this.extent = source.extent();
  }

  /**
   * Verifies everything.
   *
   * @param known checkpoints that are known from elsewhere: hands them over, a line each, as {@link
   *     Anchor} writes them
   */
  Verification run(Consumer<Consumer<String>> known) {
    Finding finding = null;
    try {
      ChainCheck chains = new ChainCheck(source, key);
      last = chains.checkpoints();
      gaps = chains.gaps(last);
      known.accept(this::anchored);
      leaves();
    } catch (FoundException e) {
      finding = e.finding();
    } catch (StoreException | StateException | AuditException | IllegalArgumentException e) {
      // Who damages what is stored may damage it so that it is no event or checkpoint at all.
      long from = Math.max(0, scanned);
      finding = new Finding(Kind.UNREADABLE, "it cannot be read: " + e.getMessage(), from, from);
    }
    boolean none = fromMicros > toMicros;
    return new Verification(
        finding,
        events,
        none ? 0 : fromMicros,
        none ? 0 : toMicros,
        removed,
        folded,
        unsigned,
        pending,
        unproven,
        last == null ? 0 : last.content().number() + 1,
        last);
  }

  private void anchored(String line) {
    Checkpoint known;
    try {
      known = CheckpointLine.parse(line);
    } catch (IllegalArgumentException e) {
      throw new FoundException(
          Kind.ANCHOR, 0, 0, "an anchored line is no checkpoint: " + e.getMessage());
    }
    long number = known.content().number();
    List<Checkpoint> here = source.checkpoints(number, 1);
    if (here.isEmpty() || !here.getFirst().isSame(known)) {
      throw new FoundException(
          Kind.ANCHOR,
          number,
          number + 1,
          ("checkpoint %d of %s was anchored and is not here: the audit trail was set back or"
                  + " replaced")
              .formatted(number, Micros.format(known.content().micros())));
    }
  }

  private void leaves() {
    long position = Long.MIN_VALUE;
    long number = 0;
    List<Leaf> leaves = source.leaves(0, WINDOW_LEAVES);
    while (!leaves.isEmpty()) {
      for (Leaf leaf : leaves) {
        inOrder(leaf, number, position);
        number++;
        position = leaf.end();
        tree.add(leaf.hash());
        roots();
      }
      window(leaves);
      leaves = source.leaves(number, WINDOW_LEAVES);
    }
    if (last != null && tree.size() < last.content().leaves()) {
      throw new FoundException(
          Kind.TREE,
          Math.max(position, 0),
          last.content().position(),
          "the leaves of the events from %d to %d are missing"
              .formatted(Math.max(position, 0), last.content().position() - 1));
    }
    behind(Math.max(scanned, position));
  }

  private static void inOrder(Leaf leaf, long number, long position) {
    boolean sound =
        leaf.events() >= 1
            && leaf.events() <= Leaf.MAX_EVENTS
            && leaf.first() >= 0
            && leaf.end() > leaf.first();
    if (!sound || leaf.number() != number || leaf.first() < position) {
      throw new FoundException(
          Kind.TREE,
          Math.max(position, 0),
          leaf.first(),
          "leaf %d is missing or damaged".formatted(number));
    }
  }

  /** Compares the tree with the checkpoint of its size, if there is one. */
  private void roots() {
    if (next.isEmpty()) {
      long from = compared == null ? 0 : compared.content().number() + 1;
      next.addAll(source.checkpoints(from, PAGE));
    }
    while (!next.isEmpty() && next.peek().content().leaves() <= tree.size()) {
      Checkpoint checkpoint = next.remove();
      boolean holds =
          checkpoint.content().leaves() == tree.size()
              && Arrays.equals(checkpoint.content().root(), tree.root());
      if (!holds) {
        long from = compared == null ? 0 : compared.content().position();
        long to = checkpoint.content().position();
        throw new FoundException(
            Kind.TREE,
            from,
            to,
            "the leaves of the events from %d to %d are not those of checkpoint %d"
                .formatted(from, to - 1, checkpoint.content().number()));
      }
      compared = checkpoint;
      if (next.isEmpty()) {
        next.addAll(source.checkpoints(checkpoint.content().number() + 1, PAGE));
      }
    }
  }

  private void window(List<Leaf> leaves) {
    List<Leaf> inside =
        leaves.stream()
            .filter(leaf -> leaf.first() >= extent.from() && leaf.end() <= extent.to())
            .toList();
    for (Leaf leaf : leaves) {
      pending +=
          Math.max(0, Math.min(leaf.end(), extent.end()) - Math.max(leaf.first(), extent.to()));
    }
    if (inside.isEmpty()) {
      return;
    }
    LeafWindow window = new LeafWindow(inside);
    source.events(scanned, window.to(), event -> take(window, event));
    scanned = window.to();
    for (int i = 0; i < inside.size(); i++) {
      compare(inside.get(i), window, i);
    }
  }

  private void take(LeafWindow window, Event event) {
    switch (window.put(event, digest)) {
      case TAKEN -> {
        collapsed |= event.count() > 1;
        fromMicros = Math.min(fromMicros, event.timestampMicros());
        toMicros = Math.max(toMicros, event.timestampMicros());
      }
      case TWICE -> throw inserted(event, "there are two events at position %d");
      case OUTSIDE -> {
        if (event.position() < 0) {
          throw inserted(event, "there is an event at position %d, before the first");
        }
        unproven++;
      }
    }
  }

  private static FoundException inserted(Event event, String detail) {
    long position = event.position();
    return new FoundException(
        Kind.EVENT_INSERTED, position, position + 1, detail.formatted(position));
  }

  private void compare(Leaf leaf, LeafWindow window, int at) {
    boolean[] present = window.present(at);
    byte[] digests = window.digests(at);
    int there = count(present);
    int gone = 0;
    // Those that were folded into others have no digest, neither here nor in the leaf.
    if (there < leaf.events() && !leaf.holds(digests)) {
      if (removedWhole(leaf, present, digests, there)) {
        removed += leaf.events();
        return;
      }
      gone = count(present) - there;
      requireAllThere(leaf, present, digests);
    }
    if (!leaf.holds(digests)) {
      throw altered(leaf, "is not as it was recorded");
    }
    events += there;
    removed += gone;
    folded += leaf.events() - there - gone;
    boolean signed = last != null && leaf.number() < last.content().leaves();
    unsigned += signed ? 0 : there;
  }

  private static int count(boolean[] events) {
    int count = 0;
    for (boolean each : events) {
      count += each ? 1 : 0;
    }
    return count;
  }

  private static FoundException altered(Leaf leaf, String what) {
    return new FoundException(
        Kind.EVENT_ALTERED,
        leaf.first(),
        leaf.end(),
        "at least one of the events from %d to %d %s"
            .formatted(leaf.first(), leaf.end() - 1, what));
  }

  /**
   * Fills in the digests of what was removed lawfully, which then counts as present.
   *
   * @return whether that was the whole leaf, so that nothing is left to compute it from
   */
  private boolean removedWhole(Leaf leaf, boolean[] present, byte[] digests, int there) {
    byte[] kept = new byte[Leaf.MAX_EVENTS * Sha256.BYTES];
    List<GapPart> parts = source.gapParts(leaf.number(), gaps);
    if (there == 0 && parts.stream().anyMatch(GapPart::isWhole)) {
      return true;
    }
    for (int i = 0; i < present.length; i++) {
      int event = i;
      GapPart part = parts.stream().filter(each -> each.has(event)).findFirst().orElse(null);
      if (!present[i] && part != null && !part.isWhole() && part.fill(kept)) {
        System.arraycopy(kept, i * Sha256.BYTES, digests, i * Sha256.BYTES, Sha256.BYTES);
        present[i] = true;
      }
    }
    return false;
  }

  /**
   * Says which event is missing. Where events may have been folded, not each that is absent is
   * missing; the leaf as a whole shows whether one is.
   */
  private void requireAllThere(Leaf leaf, boolean[] present, byte[] digests) {
    for (int i = 0; i < present.length; i++) {
      if (!present[i] && !leaf.holds(digests)) {
        long position = leaf.first() + i;
        throw collapsed
            ? altered(leaf, "is missing, or is not as it was recorded")
            : new FoundException(
                Kind.EVENT_MISSING,
                position,
                position + 1,
                ("the event at position %d is missing, and no gap record says that it was removed"
                        + " lawfully")
                    .formatted(position));
      }
    }
  }

  /** Looks for events that no leaf stands for, behind the last. */
  private void behind(long from) {
    source.events(
        Math.max(from, scanned),
        Long.MAX_VALUE,
        event -> {
          if (event.position() < 0) {
            throw inserted(event, "there is an event at position %d, before the first");
          }
          if (event.position() >= extent.to() && event.position() >= source.extent().end()) {
            throw inserted(event, "there is an event at position %d, which was never recorded");
          }
        });
  }
}
