package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.engine.query.Patterns;
import io.puraify.blackbox.engine.query.PatternsRequest;
import io.puraify.blackbox.engine.templates.Templates;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import tools.jackson.core.JsonGenerator;

/** What messages have in common. */
final class PatternsHandler {

  private final EventStore store;
  private final Blocking blocking;
  private final InstantSource clock;

  PatternsHandler(EventStore store, Blocking blocking, InstantSource clock) {
    this.store = store;
    this.blocking = blocking;
    this.clock = clock;
  }

  void patterns(Exchange exchange) {
    var request = PatternsRequest.parse(exchange.parameters(), clock.instant());
    blocking.answer(exchange, () -> Answer.json(200, json(request.answer(store))));
  }

  private static byte[] json(Patterns patterns) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("from", Micros.format(patterns.range().fromMicros()));
      json.writeStringProperty("to", Micros.format(patterns.range().toMicros()));
      json.writeStringProperty("step", patterns.step());
      json.writeArrayPropertyStart("buckets");
      patterns.buckets().forEach(bucket -> json.writeString(Micros.format(bucket)));
      json.writeEndArray();
      json.writeNumberProperty("matching", patterns.matching());
      json.writeNumberProperty("looked_at", patterns.lookedAt());
      json.writeBooleanProperty("sampled", patterns.sampled());
      json.writeNumberProperty("algorithm_version", Templates.ALGORITHM_VERSION);
      json.writeNumberProperty("total_patterns", patterns.total());
      json.writeArrayPropertyStart("patterns");
      patterns.patterns().forEach(pattern -> pattern(json, pattern, patterns.lookedAt()));
      json.writeEndArray();
      patterns
          .other()
          .ifPresent(other -> {
            json.writeObjectPropertyStart("other");
            json.writeNumberProperty("patterns", other.patterns());
            counted(json, other.count(), patterns.lookedAt());
            counts(json, other.counts());
            json.writeEndObject();
          });
      json.writeEndObject();
    });
  }

  private static void pattern(JsonGenerator json, Patterns.Pattern pattern, long lookedAt) {
    json.writeStartObject();
    json.writeStringProperty("pattern_id", HexFormat.of().toHexDigits(pattern.id()));
    json.writeStringProperty("pattern", pattern.text());
    counted(json, pattern.count(), lookedAt);
    json.writeStringProperty("first_seen", Micros.format(pattern.firstMicros()));
    json.writeStringProperty("last_seen", Micros.format(pattern.lastMicros()));
    json.writeObjectPropertyStart("example");
    json.writeStringProperty("event_id", pattern.example().eventId());
    json.writeStringProperty("message", pattern.example().message());
    json.writeEndObject();
    counts(json, pattern.counts());
    json.writeEndObject();
  }

  private static void counted(JsonGenerator json, long count, long lookedAt) {
    json.writeNumberProperty("count", count);
    // Four digits: a sample of 100,000 says no more.
    json.writeNumberProperty("share", Math.round(1e4 * count / lookedAt) / 1e4);
  }

  private static void counts(JsonGenerator json, List<Long> counts) {
    json.writeArrayPropertyStart("counts");
    counts.forEach(json::writeNumber);
    json.writeEndArray();
  }
}
