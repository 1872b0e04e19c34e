package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.core.Event;
import java.util.List;
import java.util.function.Consumer;

/**
 * What can be verified: that of a server, or of a bundle. Whoever verifies trusts nothing of it but
 * signatures.
 */
interface AuditSource {

  /** Those from a number on, in order, at most so many; none where there are no more. */
  List<Checkpoint> checkpoints(long from, int count);

  /** Those from a number on, in order, at most so many; none where there are no more. */
  List<Leaf> leaves(long from, int count);

  /** Those from a number on, in order, at most so many; none where there are no more. */
  List<Gap> gaps(long from, int count);

  /** The parts of a gap record from a leaf on, in the order of leaves, at most so many. */
  List<GapPart> gapParts(long gap, long fromLeaf, int count);

  /**
   * What was removed of a leaf.
   *
   * @param gaps only the gap records before this number are asked
   */
  List<GapPart> gapParts(long leaf, long gaps);

  /** The events that it has of some positions, in any order. Asked for higher and higher ones. */
  void events(long from, long to, Consumer<Event> sink);

  /** Which events it must have. */
  Extent extent();

  /**
   * Which events a source must have, unless they were removed lawfully.
   *
   * @param from the first position
   * @param to behind the last one
   * @param end no event can be at this position or behind it
   */
  record Extent(long from, long to, long end) {}
}
