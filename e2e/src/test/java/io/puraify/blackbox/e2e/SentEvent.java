package io.puraify.blackbox.e2e;

import java.lang.management.ManagementFactory;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import tools.jackson.databind.JsonNode;

/**
 * An event as the crash test sends it. All of it follows from its name, so that what is found can
 * be told to be whole.
 *
 * @param name found again as the event's {@code trace_id}
 * @param named whether the name is its {@code event_id}, too
 * @param passing whether it is of a project whose events are not kept for long
 */
record SentEvent(String name, boolean named, boolean passing) {

  static final String PROJECT = "pf_crash";
  static final String PASSING_PROJECT = "pf_passing";

  private static final int LONGEST_PADDING = 1_000;

  /** Of the first there are rollups of minutes, of the last those of hours. */
  private static final int[] DAYS_AGO = {2, 5, 9};

  /** The day on which the tests began, so that a name means the same day behind midnight. */
  private static final LocalDate TODAY =
      LocalDate.ofInstant(
          Instant.ofEpochMilli(ManagementFactory.getRuntimeMXBean().getStartTime()),
          ZoneOffset.UTC);

  /** The days that events have. */
  static List<LocalDate> days() {
    return Arrays.stream(DAYS_AGO).mapToObj(TODAY::minusDays).toList();
  }

  /**
   * Whether an event is an error, each of one of four groups. All are of one day: such groups have
   * no history that they could escalate from, which would be an event more.
   */
  static boolean isError(String name) {
    return (name.hashCode() & 0xffff) % DAYS_AGO.length == 0;
  }

  /** A line of NDJSON. */
  String line() {
    String id = named ? "\"event_id\":\"%s\",".formatted(name) : "";
    String error =
        isError(name)
            ? "\"status\":\"error\",\"fingerprint\":\"of-%d\",".formatted(name.hashCode() & 3)
            : "";
    return """
    {"project_id":"%s",%s%s"trace_id":"%s","timestamp":"%s","message":"%s"}
    """
        .formatted(
            passing ? PASSING_PROJECT : PROJECT, id, error, name, timestamp(name), message(name));
  }

  /**
   * Several days, because each is a file of its own; few moments, so that many events share one.
   */
  private static String timestamp(String name) {
    int number = name.hashCode() & 0xffff;
    LocalDate day = days().get(number % DAYS_AGO.length);
    return "%sT10:00:%02dZ".formatted(day, number / DAYS_AGO.length % 60);
  }

  private static String message(String name) {
    return name + " " + "x".repeat((name.hashCode() & 0xffff) % LONGEST_PADDING);
  }

  /** Whether an event is what was sent under its name. */
  static boolean isWhole(JsonNode event) {
    String name = event.path("trace_id").asString("");
    return event.path("project_id").asString("").equals(PROJECT)
        && event.path("message").asString("").equals(message(name))
        && event.path("timestamp").asString("").equals(timestamp(name));
  }
}
