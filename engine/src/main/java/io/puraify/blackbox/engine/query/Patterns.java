package io.puraify.blackbox.engine.query;

import io.puraify.blackbox.core.TimeRange;
import java.util.List;
import java.util.Optional;

/**
 * What messages have in common.
 *
 * @param range from the first to the last bucket; the first may begin earlier, at a full step
 * @param step as requests write it, {@code 5m}
 * @param buckets the first microsecond of each bucket
 * @param matching how many events match and have a message
 * @param lookedAt how many of them were looked at; all counts are of these
 * @param total how many patterns there are
 * @param patterns the most frequent first
 * @param other all others together
 */
public record Patterns(
    TimeRange range,
    String step,
    List<Long> buckets,
    long matching,
    long lookedAt,
    long total,
    List<Pattern> patterns,
    Optional<Other> other) {

  /**
   * One pattern.
   *
   * @param id names the pattern; the same as long as the same message is the first that has it
   * @param text the message with placeholders
   * @param firstMicros when the first event that was looked at happened
   * @param lastMicros when the last one did
   * @param example the last one
   * @param counts of each bucket
   */
  public record Pattern(
      long id,
      String text,
      long count,
      long firstMicros,
      long lastMicros,
      Example example,
      List<Long> counts) {}

  /**
   * An event that has a pattern.
   *
   * @param message its beginning
   */
  public record Example(String eventId, String message) {}

  /** Patterns that are not told apart. */
  public record Other(long patterns, long count, List<Long> counts) {}

  /** Whether there are events that were not looked at. */
  public boolean sampled() {
    return lookedAt < matching;
  }
}
