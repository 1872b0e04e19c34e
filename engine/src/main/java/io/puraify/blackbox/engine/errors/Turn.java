package io.puraify.blackbox.engine.errors;

/**
 * What an error has made of its group: it has regressed, or escalates. Texts are empty where there
 * is none. Immutable, safe for any thread.
 *
 * @param position of the error
 * @param state that the group has since
 * @param atMicros when the error was received
 * @param version of the error
 * @param title of the group, and what follows as well
 */
public record Turn(
    long position,
    GroupState state,
    long atMicros,
    String version,
    String groupId,
    String project,
    String title,
    String type,
    String engine,
    String platform,
    String action) {

  /** An event id that is the same each time, so that telling twice is telling once. */
  public String eventId() {
    return "issue-%s-%s-%d".formatted(groupId, state.jsonName(), position);
  }
}
