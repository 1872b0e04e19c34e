package io.puraify.blackbox.engine.errors;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A group as it is answered.
 *
 * @param state at the time of the answer
 * @param severity a level with its reason
 * @param mergedInto the group that has its errors now, or {@code null}
 */
public record GroupView(
    String id,
    String project,
    String rule,
    String title,
    String type,
    Culprit culprit,
    GroupState state,
    Severe severity,
    String assignee,
    Numbers numbers,
    Seen first,
    Seen last,
    @Nullable String mergedInto) {

  /** Where it happens; texts are empty where it is not known. */
  public record Culprit(String engine, String platform, String action, String frame) {}

  /** How severe it is, and why. */
  public record Severe(String level, String reason) {}

  /** How many there were; distinct ones are approximate where they are many. */
  public record Numbers(
      long errors,
      long users,
      long sessions,
      long flows,
      boolean usersApproximate,
      boolean sessionsApproximate,
      boolean flowsApproximate,
      long lastHour) {}

  /** When it was seen, in microseconds, with version and environment, empty for none. */
  public record Seen(long micros, String version, String environment) {}

  /** How many errors began in a step of time. */
  public record Bucket(long micros, long count) {}

  /** An event that shows what a group is about. */
  public record Example(String eventId, long micros) {}

  /** A fingerprint with the version of the algorithm that made it. */
  public record Hash(String fingerprint, long algorithm, long errors) {}

  /**
   * All that is known of a group.
   *
   * @param fields the values of the main fields with their counts; the key {@code null} character
   *     stands for others
   */
  public record Details(
      GroupView group,
      List<Bucket> minutes,
      List<Bucket> hours,
      List<Bucket> days,
      Map<String, Map<String, Long>> fields,
      List<Example> examples,
      List<Hash> fingerprints,
      List<ChangeRecord> changes) {}

  /**
   * One page of a list.
   *
   * @param nextCursor where the next page begins, or {@code null}
   * @param outside errors in no group, because there are as many groups as there may be
   */
  public record Page(List<GroupView> groups, @Nullable String nextCursor, long outside) {}

  /** What stands for the values of a field that are not told apart. */
  public static final String OTHER = Distribution.OTHER;
}
