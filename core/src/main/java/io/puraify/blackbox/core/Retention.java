package io.puraify.blackbox.core;

import java.util.Map;

/**
 * How long events are kept at least, counted in whole UTC days from the end of the day of an
 * event's {@code timestamp}.
 *
 * @param defaultDays for projects that are not named in {@code projectDays}; {@link #FOR_EVER} or ≥
 *     1
 * @param projectDays by {@code project_id}; {@link #FOR_EVER} or ≥ 1
 */
public record Retention(int defaultDays, Map<String, Integer> projectDays) {

  /** Nothing is dropped because of its age. */
  public static final int FOR_EVER = 0;

  /** Keeps everything. */
  public static final Retention ALL = new Retention(FOR_EVER, Map.of());

  public Retention {
    projectDays = Map.copyOf(projectDays);
    requireDays("retention.days", defaultDays);
    projectDays.forEach((project, days) -> requireDays("retention.projects." + project, days));
  }

  private static void requireDays(String name, int days) {
    if (days < 0) {
      throw new IllegalArgumentException(
          "%s is %d; give a number of days, or 0 to keep events for ever".formatted(name, days));
    }
  }

  /** How many days a project's events are kept, or {@link #FOR_EVER}. */
  public int days(String projectId) {
    return projectDays.getOrDefault(projectId, defaultDays);
  }

  /** Whether a project's events of {@code day} are past their time on {@code today}. */
  public boolean expired(String projectId, long day, long today) {
    return expired(days(projectId), day, today);
  }

  /** Whether the events of {@code day} are past their time on {@code today}, whoever sent them. */
  public boolean expired(long day, long today) {
    return expired(defaultDays, day, today)
        && projectDays.values().stream().allMatch(days -> expired(days, day, today));
  }

  private static boolean expired(int days, long day, long today) {
    return days != FOR_EVER && today - day > days;
  }
}
