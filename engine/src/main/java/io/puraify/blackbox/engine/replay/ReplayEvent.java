package io.puraify.blackbox.engine.replay;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a replay holds of an event: enough to show it in its place. The whole event is found by its
 * id.
 *
 * @param micros when it was over, in microseconds since the epoch
 * @param deed the action, or else what kind of event it is
 * @param message at most {@value #MESSAGE_CHARS} characters of it
 * @param durationMs how long it took until then, or {@code null}
 * @param retries how often it was tried again; 1 where only the status says that it was
 * @param error whether it is one
 */
public record ReplayEvent(
    long position,
    long micros,
    String eventId,
    @Nullable String eventType,
    @Nullable String engine,
    @Nullable String platform,
    String deed,
    @Nullable String flowId,
    @Nullable String stepId,
    @Nullable String status,
    @Nullable String severity,
    @Nullable String errorType,
    @Nullable String message,
    @Nullable Double durationMs,
    long retries,
    @Nullable String userId,
    @Nullable String version,
    boolean error) {

  /** A line on a screen. */
  static final int MESSAGE_CHARS = 200;

  /** What is read of an event. */
  static final Set<Field> FIELDS =
      Set.of(
          Field.EVENT_ID,
          Field.PROJECT_ID,
          Field.TIMESTAMP,
          Field.RECEIVED_AT,
          Field.EVENT_TYPE,
          Field.TYPE,
          Field.ENGINE,
          Field.PLATFORM,
          Field.ACTION,
          Field.FLOW_ID,
          Field.STEP_ID,
          Field.STATUS,
          Field.SEVERITY,
          Field.ERROR_TYPE,
          Field.MESSAGE,
          Field.DURATION_MS,
          Field.RETRIES,
          Field.USER_ID,
          Field.VERSION);

  /** The order in which events are replayed, which is that of searches. */
  static final Comparator<ReplayEvent> ORDER =
      Comparator.comparingLong(ReplayEvent::micros).thenComparingLong(ReplayEvent::position);

  /**
   * Takes what is needed out of an event.
   *
   * @param labels values that were seen before, so that each is held once
   */
  static ReplayEvent of(Event event, Map<String, String> labels) {
    String status = label(event, Field.STATUS, labels);
    String eventType = label(event, Field.EVENT_TYPE, labels);
    return new ReplayEvent(
        event.position(),
        event.timestampMicros(),
        event.eventId(),
        eventType,
        label(event, Field.ENGINE, labels),
        label(event, Field.PLATFORM, labels),
        deed(event, eventType, labels),
        label(event, Field.FLOW_ID, labels),
        label(event, Field.STEP_ID, labels),
        status,
        label(event, Field.SEVERITY, labels),
        label(event, Field.ERROR_TYPE, labels),
        cut(event.given(Field.MESSAGE)),
        event.decimal(Field.DURATION_MS),
        retries(event, status),
        label(event, Field.USER_ID, labels),
        label(event, Field.VERSION, labels),
        Failures.FILTER.test(event));
  }

  private static String deed(Event event, @Nullable String eventType, Map<String, String> labels) {
    String action = label(event, Field.ACTION, labels);
    if (action != null) {
      return action;
    }
    if (eventType != null) {
      return eventType;
    }
    String type = label(event, Field.TYPE, labels);
    return type == null ? "event" : type;
  }

  private static @Nullable String label(Event event, Field field, Map<String, String> labels) {
    String text = event.given(field);
    return text == null ? null : labels.computeIfAbsent(text, same -> same);
  }

  private static long retries(Event event, @Nullable String status) {
    Long retries = event.integer(Field.RETRIES);
    return retries != null ? retries : "retry".equals(status) ? 1 : 0;
  }

  private static @Nullable String cut(@Nullable String message) {
    if (message == null || message.length() <= MESSAGE_CHARS) {
      return message;
    }
    // Not between the two halves of a character.
    int end =
        Character.isHighSurrogate(message.charAt(MESSAGE_CHARS - 1))
            ? MESSAGE_CHARS - 1
            : MESSAGE_CHARS;
    return message.substring(0, end);
  }

  /** When it began: an event is reported when what it tells of is over. */
  public long startMicros() {
    return durationMs == null ? micros : micros - Math.round(durationMs * 1_000);
  }

  /** What it was done with and to. */
  public ActionKey actionKey() {
    return new ActionKey(engine, platform, deed);
  }
}
