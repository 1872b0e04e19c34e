package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Aggregation;
import io.puraify.blackbox.core.FieldRef;
import io.puraify.blackbox.core.FieldValue;
import io.puraify.blackbox.core.Measure;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.Table;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.query.Fields;
import io.puraify.blackbox.engine.query.Histogram;
import io.puraify.blackbox.engine.query.Stats;
import io.puraify.blackbox.engine.query.ValuesRequest.Values;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of numbers about events. */
final class StatsJson {

  private StatsJson() {}

  static byte[] histogram(Optional<FieldRef> by, Histogram histogram) {
    return Json.write(json -> {
      json.writeStartObject();
      range(json, histogram.range());
      json.writeStringProperty("step", histogram.step());
      json.writeArrayPropertyStart("buckets");
      histogram.buckets().forEach(bucket -> json.writeString(Micros.format(bucket)));
      json.writeEndArray();
      counts(json, histogram.counts());
      if (by.isPresent()) {
        json.writeStringProperty("by", by.get().name());
        json.writeArrayPropertyStart("series");
        for (Histogram.Series series : histogram.series()) {
          json.writeStartObject();
          json.writeStringProperty("value", series.value());
          counts(json, series.counts());
          json.writeEndObject();
        }
        json.writeEndArray();
        if (histogram.otherValues() > 0) {
          json.writeObjectPropertyStart("other");
          json.writeNumberProperty("values", histogram.otherValues());
          counts(json, histogram.other());
          json.writeEndObject();
        }
      }
      json.writeEndObject();
    });
  }

  private static void range(JsonGenerator json, TimeRange range) {
    json.writeStringProperty("from", Micros.format(range.fromMicros()));
    json.writeStringProperty("to", Micros.format(range.toMicros()));
  }

  private static void counts(JsonGenerator json, List<Long> counts) {
    json.writeNumberProperty("total", counts.stream().mapToLong(count -> count).sum());
    json.writeArrayPropertyStart("counts");
    counts.forEach(json::writeNumber);
    json.writeEndArray();
  }

  static byte[] stats(Stats stats) {
    Aggregation aggregation = stats.aggregation();
    Table table = stats.table();
    return Json.write(json -> {
      json.writeStartObject();
      if (stats.step().isPresent()) {
        range(json, aggregation.range());
        json.writeStringProperty("step", stats.step().get());
      }
      json.writeNumberProperty("groups", table.series());
      json.writeArrayPropertyStart("rows");
      table.rows().forEach(row -> row(json, aggregation, row, true));
      json.writeEndArray();
      json.writeArrayPropertyStart("other");
      table.other().forEach(row -> row(json, aggregation, row, false));
      json.writeEndArray();
      json.writeArrayPropertyStart("approximate");
      aggregation.measures().stream()
          .filter(table.approximate()::contains)
          .forEach(measure -> json.writeString(measure.name()));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void row(
      JsonGenerator json, Aggregation aggregation, Table.Row row, boolean named) {
    json.writeStartObject();
    if (named) {
      json.writeObjectPropertyStart("group");
      List<FieldRef> fields = aggregation.grouping().fields();
      for (int i = 0; i < fields.size(); i++) {
        json.writeStringProperty(fields.get(i).name(), row.group().get(i));
      }
      json.writeEndObject();
    }
    Long bucket = row.bucket();
    if (bucket != null) {
      json.writeStringProperty("time", Micros.format(bucket));
    }
    json.writeNumberProperty("count", row.count());
    for (int i = 0; i < row.values().size(); i++) {
      Measure measure = aggregation.measures().get(i);
      if (!(measure instanceof Measure.Count)) {
        json.writeName(measure.name());
        number(json, row.values().get(i));
      }
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, @Nullable Double value) {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeRawValue(Numbers.format(value));
    }
  }

  static byte[] fields(Fields fields) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("fields");
      fields.fields().forEach(field -> counted(json, "name", field));
      json.writeEndArray();
      json.writeArrayPropertyStart("attributes");
      fields.attributes().forEach(attribute -> counted(json, "name", attribute));
      json.writeEndArray();
      json.writeBooleanProperty("sampled", fields.sampled());
      json.writeNumberProperty("sample_size", fields.sampleSize());
      json.writeEndObject();
    });
  }

  static byte[] values(Values values) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("field", values.field().name());
      json.writeArrayPropertyStart("values");
      values.values().forEach(value -> counted(json, "value", value));
      json.writeEndArray();
      json.writeBooleanProperty("complete", values.complete());
      json.writeEndObject();
    });
  }

  private static void counted(JsonGenerator json, String property, FieldValue value) {
    json.writeStartObject();
    json.writeStringProperty(property, value.value());
    json.writeNumberProperty("count", value.count());
    json.writeEndObject();
  }
}
