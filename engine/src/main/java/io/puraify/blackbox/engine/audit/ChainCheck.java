package io.puraify.blackbox.engine.audit;

import io.puraify.blackbox.engine.audit.Finding.FoundException;
import io.puraify.blackbox.engine.audit.Finding.Kind;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether checkpoints and gap records are those that were signed. Each names the one before by its
 * hash, so the signature of the last stands for all: who changes one without the key breaks the
 * chain at the next. For one thread.
 */
final class ChainCheck {

  private static final int PAGE = 1_000;

  private final AuditSource source;
  private final AuditPublicKey key;

  ChainCheck(AuditSource source, AuditPublicKey key) {
    this.source = source;
    this.key = key;
  }

  /** The last checkpoint, or {@code null} where there is none. */
  @Nullable Checkpoint checkpoints() {
    Checkpoint before = null;
    List<Checkpoint> page = source.checkpoints(0, PAGE);
    while (!page.isEmpty()) {
      for (Checkpoint each : page) {
        follows(before, each);
        before = each;
      }
      page = source.checkpoints(page.getLast().content().number() + 1, PAGE);
    }
    if (before != null && !key.verifies(before.content().bytes(), before.signature())) {
      long number = before.content().number();
      throw new FoundException(
          Kind.CHECKPOINT_SIGNATURE,
          number,
          number + 1,
          "checkpoint %d, the last, is not signed with the key %s"
              .formatted(number, key.fingerprint()));
    }
    return before;
  }

  private static void follows(@Nullable Checkpoint before, Checkpoint next) {
    long expected = before == null ? 0 : before.content().number() + 1;
    long number = next.content().number();
    if (number != expected) {
      throw new FoundException(
          Kind.CHECKPOINT_CHAIN, expected, number, "checkpoint %d is missing".formatted(expected));
    }
    byte[] hash = before == null ? Checkpoint.NONE : before.hash();
    if (!Arrays.equals(hash, next.content().previous())) {
      throw new FoundException(
          Kind.CHECKPOINT_CHAIN,
          Math.max(0, number - 1),
          number + 1,
          "checkpoint %d does not name the checkpoint before it: one of the two was replaced"
              .formatted(number));
    }
  }

  /**
   * Looks at all gap records.
   *
   * @param last the last checkpoint, which says how many there were and which was the last
   * @return how many there are
   */
  long gaps(@Nullable Checkpoint last) {
    Gap before = null;
    List<Gap> page = source.gaps(0, PAGE);
    while (!page.isEmpty()) {
      for (Gap each : page) {
        follows(before, each);
        parts(each);
        before = each;
        signed(each, last);
      }
      page = source.gaps(page.getLast().content().number() + 1, PAGE);
    }
    long gaps = before == null ? 0 : before.content().number() + 1;
    if (last != null && gaps < last.content().gaps()) {
      throw new FoundException(
          Kind.GAP_CHAIN,
          gaps,
          last.content().gaps(),
          "gap records from %d on are missing".formatted(gaps));
    }
    if (before != null && !key.verifies(before.content().bytes(), before.signature())) {
      throw new FoundException(
          Kind.GAP_SIGNATURE,
          gaps - 1,
          gaps,
          "gap record %d, the last, is not signed with the key %s"
              .formatted(gaps - 1, key.fingerprint()));
    }
    return gaps;
  }

  private static void follows(@Nullable Gap before, Gap next) {
    long expected = before == null ? 0 : before.content().number() + 1;
    long number = next.content().number();
    byte[] hash = before == null ? Checkpoint.NONE : before.hash();
    if (number != expected || !Arrays.equals(hash, next.content().previous())) {
      throw new FoundException(
          Kind.GAP_CHAIN,
          expected,
          number + 1,
          "gap record %d does not follow the one before it: one was taken out or replaced"
              .formatted(number));
    }
  }

  private static void signed(Gap gap, @Nullable Checkpoint last) {
    long number = gap.content().number();
    if (last != null
        && number + 1 == last.content().gaps()
        && !Arrays.equals(gap.hash(), last.content().lastGap())) {
      throw new FoundException(
          Kind.GAP_CHAIN,
          number,
          number + 1,
          "gap record %d is not the one that the last checkpoint names".formatted(number));
    }
  }

  private void parts(Gap gap) {
    MessageDigest digest = Sha256.digest();
    long number = gap.content().number();
    List<GapPart> page = source.gapParts(number, 0, PAGE);
    while (!page.isEmpty()) {
      page.forEach(part -> part.addTo(digest));
      page = source.gapParts(number, page.getLast().leaf() + 1, PAGE);
    }
    if (!Arrays.equals(digest.digest(), gap.content().parts())) {
      throw new FoundException(
          Kind.GAP_CHAIN,
          number,
          number + 1,
          "what was removed is not what gap record %d says".formatted(number));
    }
  }
}
