package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.replay.ActionKey;
import io.puraify.blackbox.engine.replay.Cause;
import io.puraify.blackbox.engine.replay.Causes;
import io.puraify.blackbox.engine.replay.RelatedSessions;
import io.puraify.blackbox.engine.replay.ReplayEvent;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of what led to an error, and of the sessions that have to do with it. */
final class RelatedJson {

  private RelatedJson() {}

  static byte[] causes(Causes causes) {
    return Json.write(json -> {
      json.writeStartObject();
      event(json, "error", causes.error());
      json.writeArrayPropertyStart("causes");
      for (Cause cause : causes.causes()) {
        json.writeStartObject();
        json.writeStringProperty("kind", cause.kind().label());
        json.writeNumberProperty("score", Math.round(cause.score() * 1_000) / 1_000.0);
        json.writeStringProperty("reason", cause.reason());
        ReplayLines.text(json, "event_id", cause.eventId());
        ReplayLines.text(json, "deployment_id", cause.changeId());
        SessionsJson.millis(json, "before_ms", cause.beforeMicros());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  static byte[] related(RelatedSessions related) {
    return Json.write(json -> {
      json.writeStartObject();
      event(json, "error", related.error());
      json.writeStringProperty("from", Micros.format(related.fromMicros()));
      json.writeStringProperty("to", Micros.format(related.toMicros()));
      json.writeObjectPropertyStart("same_error");
      json.writeNumberProperty("sessions_total", related.sameErrorSessions());
      json.writeNumberProperty("users_total", related.sameErrorUsers());
      json.writeBooleanProperty("complete", related.examined());
      json.writeArrayPropertyStart("sessions");
      related.sameError().forEach(each -> sameError(json, each));
      json.writeEndArray();
      json.writeEndObject();
      json.writeObjectPropertyStart("same_steps");
      json.writeArrayPropertyStart("steps");
      for (ActionKey step : related.steps()) {
        json.writeStartObject();
        ReplayLines.action(json, step);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberProperty("sessions", related.sameSteps());
      json.writeNumberProperty("with_the_error", related.sameStepsFailed());
      json.writeNumberProperty("compared", related.compared());
      json.writeEndObject();
      parting(json, related.parting());
      json.writeEndObject();
    });
  }

  private static void sameError(JsonGenerator json, RelatedSessions.SameError each) {
    json.writeStartObject();
    json.writeStringProperty("id", each.id());
    ReplayLines.text(json, "user_id", each.userId());
    json.writeNumberProperty("events", each.events());
    json.writeStringProperty("event_id", each.eventId());
    json.writeStringProperty("first", Micros.format(each.firstMicros()));
    json.writeStringProperty("last", Micros.format(each.lastMicros()));
    json.writeBooleanProperty("same_steps", each.sameSteps());
    json.writeEndObject();
  }

  private static void parting(JsonGenerator json, RelatedSessions.@Nullable Parting parting) {
    if (parting == null) {
      return;
    }
    json.writeObjectPropertyStart("parting");
    json.writeStringProperty("id", parting.id());
    json.writeNumberProperty("common", parting.common());
    json.writeStringProperty("reason", parting.reason());
    event(json, "here", parting.here());
    event(json, "there", parting.there());
    json.writeEndObject();
  }

  private static void event(JsonGenerator json, String name, @Nullable ReplayEvent event) {
    if (event != null) {
      json.writeObjectPropertyStart(name);
      json.writeStringProperty("timestamp", Micros.format(event.micros()));
      ReplayLines.members(json, event);
      json.writeEndObject();
    }
  }
}
