package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How groups would change by other rules.
 *
 * @param errors that were looked at
 * @param stop why it stopped before the range was read; {@code null} where it was read whole
 * @param oldestMicros back to when errors were looked at
 * @param numbers of all, also of those that are not listed
 * @param split groups whose errors would part, the largest first
 * @param merged groups that would have the errors of several
 * @param fresh groups that there are not yet
 */
public record PreviewResult(
    long errors,
    @Nullable Stop stop,
    long oldestMicros,
    Numbers numbers,
    List<Split> split,
    List<Joined> merged,
    List<Joined> fresh) {

  public PreviewResult {
    split = List.copyOf(split);
    merged = List.copyOf(merged);
    fresh = List.copyOf(fresh);
  }

  /** Why not all errors were looked at. */
  public enum Stop {
    /** There are more than were to be looked at. */
    ERRORS,
    /** It took as long as it may. */
    TIME;

    /** The name in answers. */
    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How many groups.
   *
   * @param before that these errors have now
   * @param after that they would have
   * @param kept with the same errors under the same id
   */
  public record Numbers(long before, long after, long kept, long split, long merged, long fresh) {}

  /**
   * A group with those of its errors that were looked at.
   *
   * @param isNew whether there is none of its id yet
   * @param exampleId the event id of one of them
   */
  public record Part(String groupId, boolean isNew, String title, long errors, String exampleId) {}

  /** A group of now, and which groups its errors would have. */
  public record Split(Part group, List<Part> into) {
    public Split {
      into = List.copyOf(into);
    }
  }

  /** A group of then, and which groups its errors have now. */
  public record Joined(Part group, List<Part> of) {
    public Joined {
      of = List.copyOf(of);
    }
  }
}
