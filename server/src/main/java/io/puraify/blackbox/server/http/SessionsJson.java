package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.replay.SessionId;
import io.puraify.blackbox.engine.replay.SessionSummary;
import io.puraify.blackbox.engine.replay.Sessions;
import java.math.BigDecimal;
import java.util.Set;
import tools.jackson.core.JsonGenerator;

/** The JSON of sessions. */
final class SessionsJson {

  private SessionsJson() {}

  static byte[] sessions(Sessions sessions, Set<SessionId> recorded) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("by", sessions.kind().field().jsonName());
      json.writeArrayPropertyStart("sessions");
      for (SessionSummary each : sessions.listed()) {
        json.writeStartObject();
        summary(json, each, recorded.contains(each.session()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeNumberProperty("total", sessions.total());
      sessions.nextCursor().ifPresent(cursor -> json.writeStringProperty("next_cursor", cursor));
      json.writeBooleanProperty("complete", sessions.complete());
      json.writeEndObject();
    });
  }

  /** The members of a session. */
  static void summary(JsonGenerator json, SessionSummary session, boolean recorded) {
    json.writeStringProperty("id", session.session().id());
    json.writeStringProperty("project_id", session.session().projectId());
    json.writeStringProperty("start", Micros.format(session.startMicros()));
    json.writeStringProperty("end", Micros.format(session.endMicros()));
    millis(json, "length_ms", session.endMicros() - session.startMicros());
    json.writeNumberProperty("events", session.events());
    json.writeNumberProperty("errors", session.errors());
    json.writeNumberProperty("retries", session.retries());
    json.writeArrayPropertyStart("engines");
    session.engines().forEach(json::writeString);
    json.writeEndArray();
    String user = session.user();
    if (user != null) {
      json.writeStringProperty("user_id", user);
    }
    json.writeNumberProperty("users", session.users());
    json.writeStringProperty("outcome", session.outcome().label());
    json.writeBooleanProperty("recording", recorded);
  }

  /** Microseconds as milliseconds, exactly. */
  static void millis(JsonGenerator json, String name, long micros) {
    if (micros % 1_000 == 0) {
      json.writeNumberProperty(name, micros / 1_000);
    } else {
      json.writeNumberProperty(name, BigDecimal.valueOf(micros, 3));
    }
  }
}
