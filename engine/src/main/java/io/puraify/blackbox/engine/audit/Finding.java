package io.puraify.blackbox.engine.audit;

import java.util.Locale;

/**
 * The first thing that does not hold.
 *
 * @param detail for people: what it is and where
 * @param from the position of the first event that it may be about, or the number of the checkpoint
 *     or gap record
 * @param to behind the last of them
 */
public record Finding(Kind kind, String detail, long from, long to) {

  /** What does not hold; what positions or numbers mean with it. */
  public enum Kind {
    /** A checkpoint is not signed with the key. */
    CHECKPOINT_SIGNATURE,
    /** A checkpoint is not the one that the next names, or one is missing. */
    CHECKPOINT_CHAIN,
    /** The leaves are not those of a signed checkpoint. */
    TREE,
    /** A checkpoint that was anchored outside is not here. */
    ANCHOR,
    /** A gap record is not signed with the key. */
    GAP_SIGNATURE,
    /** A gap record or what it says was removed is not as it was signed. */
    GAP_CHAIN,
    /** Events are missing that were not removed lawfully. */
    EVENT_MISSING,
    /** At least one of some events is not as it was recorded. */
    EVENT_ALTERED,
    /** There is an event that was not recorded. */
    EVENT_INSERTED,
    /** The store or the state cannot read what it has. */
    UNREADABLE;

    /** The name in answers, such as {@code event_altered}. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Ends a verification. */
  static final class FoundException extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final transient Finding finding;

    FoundException(Kind kind, long from, long to, String detail) {
      super(detail, null, false, false);
      this.finding = new Finding(kind, detail, from, to);
    }

    Finding finding() {
      return finding;
    }
  }
}
