package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.engine.performance.Spike;
import io.puraify.blackbox.engine.performance.SpikeReport;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of spikes, in answers and as events. */
public final class SpikeJson {

  /** Whose event it is where a spike is of all projects together. */
  static final String OWN_PROJECT = "blackbox";

  private SpikeJson() {}

  static byte[] spikes(List<Spike> spikes) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("spikes");
      spikes.forEach(spike -> spike(json, spike));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void spike(JsonGenerator json, Spike spike) {
    json.writeStartObject();
    json.writeStringProperty("kind", spike.kind().label());
    json.writeStringProperty("project_id", spike.project());
    json.writeStringProperty("engine", spike.engine());
    json.writeStringProperty("platform", spike.platform());
    json.writeStringProperty("action", spike.action());
    json.writeStringProperty("from", Micros.format(spike.fromMicros()));
    Long to = spike.toMicros();
    json.writeStringProperty("to", to == null ? null : Micros.format(to));
    number(json, "expected", spike.expected());
    number(json, "observed", spike.observed());
    number(json, "size", spike.size());
    json.writeNumberProperty("calls", spike.calls());
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, String name, @Nullable Double value) {
    json.writeName(name);
    if (value == null) {
      json.writeNull();
    } else {
      json.writeRawValue(Numbers.format(value));
    }
  }

  /** The event that tells of a spike. */
  public static byte[] event(SpikeReport report) {
    Spike spike = report.spike();
    Long to = spike.toMicros();
    String project = spike.project();
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("event_id", report.eventId());
      json.writeStringProperty("project_id", project == null ? OWN_PROJECT : project);
      json.writeStringProperty(
          "timestamp", Micros.format(report.isEnd() && to != null ? to : spike.fromMicros()));
      json.writeStringProperty("event_type", "performance_spike");
      json.writeStringProperty("engine", "monitoring");
      json.writeStringProperty("action", report.isEnd() ? "spike_ended" : "spike_began");
      json.writeStringProperty("severity", "medium");
      json.writeStringProperty("message", message(report));
      json.writeName("spike");
      spike(json, spike);
      json.writeEndObject();
    });
  }

  private static String message(SpikeReport report) {
    Spike spike = report.spike();
    String series =
        String.join(" / ", text(spike.engine()), text(spike.platform()), text(spike.action()));
    String what =
        switch (spike.kind()) {
          case LATENCY -> "95 %% of calls take up to %,.0f ms, usually %,.0f";
          case ERRORS -> "%.4f of calls fail, usually %.4f";
          case TIMEOUTS -> "%.4f of calls time out, usually %.4f";
          case RETRIES -> "%.3f retries a call, usually %.3f";
          case LOAD -> "%,.0f calls a minute, usually %,.0f";
        };
    return String.format(
        Locale.ROOT,
        "%s: " + what + (report.isEnd() ? "; it is over" : ""),
        series,
        spike.observed(),
        spike.expected());
  }

  private static String text(@Nullable String value) {
    return value == null ? "-" : value;
  }
}
