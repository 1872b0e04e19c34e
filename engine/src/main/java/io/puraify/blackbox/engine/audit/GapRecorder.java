package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Removals;
import java.util.List;
import java.util.TreeMap;

/**
 * Records what retention removes before it does: which events, and the digests of those whose
 * leaves stay in part. Safe for any thread.
 */
public final class GapRecorder implements Removals {

  /** Leaves at a time: their digests take 32 MiB. */
  private static final int CHUNK_LEAVES = 4_096;

  /** Positions of a bucket that are told apart when it is found out where the removed ones are. */
  private static final int BUCKET_BITS = 20;

  private final AuditConsumer audit;

  public GapRecorder(AuditConsumer audit) {
    this.audit = audit;
  }

  @Override
  public void before(long day, Removed removed) {
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
    audit.gap(
        day,
        writer -> {
          long next = 0;
          for (long bucket : buckets.keySet()) {
            long from = bucket << BUCKET_BITS;
            next = record(removed, writer, next, from, from + (1L << BUCKET_BITS));
          }
        });
  }

  /** Records what is removed of the leaves of some positions; the leaf that comes next. */
  private static long record(Removed removed, GapWriter writer, long least, long from, long to) {
    long next = writer.tables().leafAt(Math.max(from, 0)).map(Leaf::number).orElse(0L);
    next = Math.max(next, least);
    while (true) {
      List<Leaf> leaves = writer.tables().leaves(next, CHUNK_LEAVES);
      if (leaves.isEmpty() || leaves.getFirst().first() >= to) {
        return next;
      }
      LeafWindow window = new LeafWindow(leaves);
      EventDigest digest = new EventDigest();
      removed.forEach(event -> window.put(event, digest));
      for (int i = 0; i < leaves.size(); i++) {
        record(writer, leaves.get(i), window, i);
      }
      next += leaves.size();
    }
  }

  private static void record(GapWriter writer, Leaf leaf, LeafWindow window, int at) {
    boolean[] gone = window.present(at);
    // Announced before, and then there was a crash, or the store could not remove it.
    for (GapPart part : writer.tables().gapParts(leaf.number())) {
      for (int event = 0; event < gone.length; event++) {
        gone[event] &= !part.has(event);
      }
    }
    int count = 0;
    for (boolean each : gone) {
      count += each ? 1 : 0;
    }
    if (count > 0) {
      GapPart part =
          count == leaf.events()
              ? GapPart.whole(leaf.number())
              : GapPart.of(leaf.number(), gone, window.digests(at));
      writer.add(part, count);
    }
  }
}
