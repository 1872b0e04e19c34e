package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.engine.performance.Difference;
import io.puraify.blackbox.engine.performance.Differences;

/** The JSON of what is different. */
final class DifferencesJson {

  private DifferencesJson() {}

  static byte[] differences(Differences differences) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("from", Micros.format(differences.range().fromMicros()));
      json.writeStringProperty("to", Micros.format(differences.range().toMicros()));
      json.writeNumberProperty("selected", differences.selected());
      json.writeNumberProperty("rest", differences.rest());
      json.writeArrayPropertyStart("differences");
      for (Difference each : differences.differences()) {
        json.writeStartObject();
        json.writeStringProperty("field", each.field().name());
        json.writeStringProperty("value", each.value());
        json.writeNumberProperty("selected", each.selected());
        json.writeName("selected_share");
        json.writeRawValue(Numbers.format(each.selectedShare()));
        json.writeNumberProperty("rest", each.rest());
        json.writeName("rest_share");
        json.writeRawValue(Numbers.format(each.restShare()));
        json.writeName("score");
        json.writeRawValue(Numbers.format(each.score()));
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayPropertyStart("fields");
      differences.fields().forEach(field -> json.writeString(field.name()));
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
