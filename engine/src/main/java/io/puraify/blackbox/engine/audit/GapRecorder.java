package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Removals;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Records what retention removes before it does: which events, and the digests of those whose
 * leaves stay in part. A record is about so many leaves at most, so that memory is bounded however
 * much is removed. Safe for any thread.
 */
public final class GapRecorder implements Removals {

  /** Leaves at a time, at most a million events: their digests take 32 MiB. */
  private static final int CHUNK_LEAVES = 4_096;

  /** Positions of a bucket that are told apart when it is found out where the removed ones are. */
  private static final int BUCKET_BITS = 20;

  private final AuditConsumer audit;

  public GapRecorder(AuditConsumer audit) {
    this.audit = audit;
  }

  @Override
  public void before(long day, Removed removed) {
    audit.removing(() -> record(day, removed));
  }

  private void record(long day, Removed removed) {
    // The highest position of each.
    TreeMap<Long, Long> buckets = new TreeMap<>();
    removed.forEach(
        event -> buckets.merge(event.position() >> BUCKET_BITS, event.position(), Math::max));
    if (buckets.isEmpty()) {
      return;
    }
    audit.seal();
    if (buckets.lastEntry().getValue() >= audit.position().value()) {
      throw new AuditException(
          "the audit trail is behind with events that are past their retention; they are removed"
              + " the next time");
    }
    long next = 0;
    for (long bucket : buckets.keySet()) {
      long from = bucket << BUCKET_BITS;
      next = record(day, removed, next, from, from + (1L << BUCKET_BITS));
    }
  }

  /** Records what is removed of the leaves of some positions; returns the leaf that comes next. */
  private long record(long day, Removed removed, long least, long from, long to) {
    long next =
        Math.max(
            least,
            audit.read(tables -> tables.leafAt(Math.max(from, 0)).map(Leaf::number).orElse(0L)));
    while (true) {
      long first = next;
      List<Leaf> leaves = audit.read(tables -> tables.leaves(first, CHUNK_LEAVES));
      if (leaves.isEmpty() || leaves.getFirst().first() >= to) {
        return next;
      }
      record(day, removed, leaves);
      next += leaves.size();
    }
  }

  private void record(long day, Removed removed, List<Leaf> leaves) {
    LeafWindow window = new LeafWindow(leaves);
    EventDigest digest = new EventDigest();
    removed.forEach(event -> window.put(event, digest));
    List<GapPart> parts = new ArrayList<>();
    long events = 0;
    for (int i = 0; i < leaves.size(); i++) {
      boolean[] gone = gone(leaves.get(i), window.present(i));
      int count = count(gone);
      if (count > 0) {
        parts.add(part(leaves.get(i), gone, count, window.digests(i)));
        events += count;
      }
    }
    if (events > 0) {
      audit.gap(day, parts, events);
    }
  }

  /** Without those that were announced before a crash, or that the store could not remove then. */
  private boolean[] gone(Leaf leaf, boolean[] present) {
    if (count(present) > 0) {
      for (GapPart part : audit.read(tables -> tables.gapParts(leaf.number(), Long.MAX_VALUE))) {
        for (int event = 0; event < present.length; event++) {
          present[event] &= !part.has(event);
        }
      }
    }
    return present;
  }

  private static GapPart part(Leaf leaf, boolean[] gone, int count, byte[] digests) {
    return count == leaf.events()
        ? GapPart.whole(leaf.number())
        : GapPart.of(leaf.number(), gone, digests);
  }

  private static int count(boolean[] events) {
    int count = 0;
    for (boolean each : events) {
      count += each ? 1 : 0;
    }
    return count;
  }
}
