package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.replay.ActionKey;
import io.puraify.blackbox.engine.replay.ActionState;
import io.puraify.blackbox.engine.replay.Keyframe;
import io.puraify.blackbox.engine.replay.Replay;
import io.puraify.blackbox.engine.replay.ReplayEvent;
import io.puraify.blackbox.engine.replay.ReplayLane;
import io.puraify.blackbox.engine.replay.ReplayState;
import io.puraify.blackbox.engine.replay.SessionKind;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/**
 * A replay as lines of JSON, each with its {@code kind}: the session, then keyframes with the
 * events behind them, then the end, without which it is not whole.
 */
final class ReplayLines {

  private final Replay replay;
  private final SessionKind kind;
  private final boolean recorded;

  /**
   * @param recorded whether there is a recording of the session
   */
  ReplayLines(Replay replay, SessionKind kind, boolean recorded) {
    this.replay = replay;
    this.kind = kind;
    this.recorded = recorded;
  }

  /**
   * Writes the lines, those of a keyframe and of what follows it at a time.
   *
   * @param played so many events are over at the moment that is wanted; begins with the keyframe
   *     before
   */
  void write(int played, Consumer<byte[]> out) {
    out.accept(line(this::session));
    List<Keyframe> keyframes = replay.keyframes();
    int first = replay.keyframeBefore(played).index() / replay.keyframeEvery();
    for (int i = first; i < keyframes.size(); i++) {
      Keyframe keyframe = keyframes.get(i);
      int end = Math.min(keyframe.index() + replay.keyframeEvery(), replay.events().size());
      ByteArrayOutputStream part = new ByteArrayOutputStream(1 << 16);
      part.writeBytes(line(json -> keyframe(json, keyframe)));
      for (int index = keyframe.index(); index < end; index++) {
        int at = index;
        part.writeBytes(line(json -> event(json, at)));
      }
      out.accept(part.toByteArray());
    }
    out.accept(
        line(json -> {
          json.writeStringProperty("kind", "end");
          json.writeNumberProperty("events", replay.events().size());
        }));
  }

  private static byte[] line(Consumer<JsonGenerator> members) {
    return Json.write(json -> {
      json.writeStartObject();
      members.accept(json);
      json.writeEndObject();
      json.writeRaw('\n');
    });
  }

  private void session(JsonGenerator json) {
    json.writeStringProperty("kind", "session");
    json.writeStringProperty("by", kind.field().jsonName());
    SessionsJson.summary(json, replay.summary(), recorded);
    offset(json, "earliest_ms", replay.earliestMicros());
    json.writeNumberProperty("keyframe_every", replay.keyframeEvery());
    json.writeArrayPropertyStart("lanes");
    for (ReplayLane lane : replay.lanes()) {
      json.writeStartObject();
      text(json, "engine", lane.engine());
      json.writeNumberProperty("events", lane.events());
      json.writeNumberProperty("errors", lane.errors());
      offset(json, "first_ms", lane.firstMicros());
      offset(json, "last_ms", lane.lastMicros());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void keyframe(JsonGenerator json, Keyframe keyframe) {
    json.writeStringProperty("kind", "keyframe");
    json.writeNumberProperty("index", keyframe.index());
    json.writeName("state");
    state(json, replay, keyframe.state());
  }

  private void event(JsonGenerator json, int index) {
    ReplayEvent event = replay.events().get(index);
    json.writeStringProperty("kind", "event");
    json.writeNumberProperty("index", index);
    offset(json, "offset_ms", event.micros());
    if (event.durationMs() != null) {
      offset(json, "start_ms", event.startMicros());
    }
    json.writeNumberProperty("lane", replay.lane(event));
    members(json, event);
  }

  /** What is shown of an event besides its time. */
  static void members(JsonGenerator json, ReplayEvent event) {
    json.writeStringProperty("event_id", event.eventId());
    action(json, event.actionKey());
    text(json, "event_type", event.eventType());
    text(json, "flow_id", event.flowId());
    text(json, "step_id", event.stepId());
    text(json, "status", event.status());
    text(json, "severity", event.severity());
    text(json, "error_type", event.errorType());
    text(json, "message", event.message());
    Double duration = event.durationMs();
    if (duration != null) {
      json.writeNumberProperty("duration_ms", duration);
    }
    if (event.retries() > 0) {
      json.writeNumberProperty("retries", event.retries());
    }
    text(json, "user_id", event.userId());
    text(json, "version", event.version());
    if (event.error()) {
      json.writeBooleanProperty("error", true);
    }
  }

  /** The state at a moment. */
  static byte[] state(Replay replay, long micros) {
    int played = replay.played(micros);
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("id", replay.session().id());
      json.writeStringProperty("project_id", replay.session().projectId());
      json.writeStringProperty("at", Micros.format(micros));
      SessionsJson.millis(json, "offset_ms", micros - replay.startMicros());
      json.writeName("state");
      state(json, replay, replay.state(played));
      json.writeEndObject();
    });
  }

  private static void state(JsonGenerator json, Replay replay, ReplayState state) {
    json.writeStartObject();
    json.writeNumberProperty("events", state.events());
    json.writeNumberProperty("errors", state.errors());
    json.writeNumberProperty("timeouts", state.timeouts());
    json.writeNumberProperty("retries", state.retries());
    text(json, "last_error_id", state.lastErrorId());
    json.writeArrayPropertyStart("actions");
    for (ActionState each : state.actions()) {
      json.writeStartObject();
      action(json, each.action());
      text(json, "status", each.status());
      SessionsJson.millis(json, "offset_ms", each.lastMicros() - replay.startMicros());
      json.writeNumberProperty("events", each.events());
      json.writeNumberProperty("errors", each.errors());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeNumberProperty("other_events", state.otherEvents());
    json.writeEndObject();
  }

  static void action(JsonGenerator json, ActionKey action) {
    text(json, "engine", action.engine());
    text(json, "platform", action.platform());
    json.writeStringProperty("action", action.deed());
  }

  private void offset(JsonGenerator json, String name, long micros) {
    SessionsJson.millis(json, name, micros - replay.startMicros());
  }

  static void text(JsonGenerator json, String name, @Nullable String value) {
    if (value != null) {
      json.writeStringProperty(name, value);
    }
  }
}
