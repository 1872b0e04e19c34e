package io.puraify.blackbox.engine.deployments;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Something that is another than before from a moment on.
 *
 * @param id the event's id, or that of a {@link SeenVersion}
 * @param micros since when, in microseconds since the epoch
 * @param project that it was reported for; {@code null} for a version that was seen
 * @param engine that was deployed; for other changes the one that reports them
 * @param status as the event says; {@code null} for none
 * @param by who has changed it
 */
public record Change(
    String id,
    ChangeKind kind,
    long micros,
    @Nullable String project,
    @Nullable String engine,
    @Nullable String version,
    @Nullable String environment,
    @Nullable String flow,
    @Nullable String status,
    @Nullable String by,
    @Nullable String message) {

  private static final Set<String> FAILED = Set.of("error", "timeout", "denied");

  /** What an event has changed, if it says that something was changed. */
  static Optional<Change> of(Event event) {
    return ChangeKind.ofEventType(event.given(Field.EVENT_TYPE))
        .map(kind ->
            new Change(
                event.eventId(),
                kind,
                event.timestampMicros(),
                event.projectId(),
                event.given(Field.ENGINE),
                event.given(Field.VERSION),
                event.given(Field.ENVIRONMENT),
                event.given(Field.FLOW_ID),
                event.given(Field.STATUS),
                by(event),
                event.given(Field.MESSAGE)));
  }

  private static @Nullable String by(Event event) {
    String user = event.given(Field.USER_ID);
    return user == null ? event.given(Field.TRIGGERED_BY) : user;
  }

  /** A version of an engine that shows up in events. */
  static Change of(SeenVersion seen) {
    return new Change(
        seen.id(),
        ChangeKind.VERSION,
        seen.micros(),
        null,
        seen.engine(),
        seen.version(),
        null,
        null,
        null,
        null,
        null);
  }

  /** Whether a version takes the place of another. */
  public boolean deploys() {
    return kind == ChangeKind.DEPLOYMENT || kind == ChangeKind.VERSION;
  }

  /** Whether it was only tried: a failed deployment may have changed something all the same. */
  boolean hadNoEffect() {
    return !deploys() && status != null && FAILED.contains(status);
  }

  /** What it is, in words, such as {@code deploying vault 1.20.0}. */
  String words() {
    return switch (kind) {
      case DEPLOYMENT -> "deploying " + named();
      case VERSION -> named() + " was first seen";
      case CONFIGURATION -> "the configuration change " + where();
      case BLUEPRINT -> "the blueprint change " + where();
    };
  }

  /** The same as a sentence without its end, such as {@code vault 1.20.0 was deployed}. */
  public String happened() {
    return switch (kind) {
      case DEPLOYMENT -> named() + " was deployed";
      case VERSION -> named() + " was first seen";
      case CONFIGURATION -> "the configuration was changed " + where();
      case BLUEPRINT -> "the blueprint was changed " + where();
    };
  }

  private String named() {
    String what = engine == null ? "a version" : engine;
    return version == null ? what : what + " " + version;
  }

  private String where() {
    if (flow != null) {
      return "in flow " + flow;
    }
    return project == null ? "everywhere" : "in " + project;
  }
}
