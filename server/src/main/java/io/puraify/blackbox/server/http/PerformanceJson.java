package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Numbers;
import io.puraify.blackbox.core.TimeRange;
import io.puraify.blackbox.engine.performance.Figure;
import io.puraify.blackbox.engine.performance.FigureRow;
import io.puraify.blackbox.engine.performance.Figures;
import io.puraify.blackbox.engine.performance.Heatmap;
import io.puraify.blackbox.engine.performance.Overview;
import io.puraify.blackbox.engine.performance.Timeline;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;

/** The JSON of the Performance Monitor. */
final class PerformanceJson {

  private PerformanceJson() {}

  static byte[] overview(Overview overview) {
    return Json.write(json -> {
      json.writeStartObject();
      range(json, overview.range());
      json.writeObjectPropertyStart("before");
      range(json, overview.before());
      json.writeEndObject();
      json.writeObjectPropertyStart("total");
      row(json, overview.total());
      json.writeEndObject();
      json.writeNumberProperty("groups", overview.groups());
      json.writeArrayPropertyStart("rows");
      for (FigureRow row : overview.rows()) {
        json.writeStartObject();
        group(json, overview.fields(), row.group());
        row(json, row);
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeObjectPropertyStart("not_told_apart");
      json.writeNumberProperty("calls", overview.notToldApart());
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static void range(JsonGenerator json, TimeRange range) {
    json.writeStringProperty("from", Micros.format(range.fromMicros()));
    json.writeStringProperty("to", Micros.format(range.toMicros()));
  }

  private static void group(JsonGenerator json, List<Field> fields, List<@Nullable String> values) {
    json.writeObjectPropertyStart("group");
    for (int i = 0; i < fields.size(); i++) {
      json.writeStringProperty(fields.get(i).jsonName(), values.get(i));
    }
    json.writeEndObject();
  }

  private static void row(JsonGenerator json, FigureRow row) {
    figures(json, row.now()::get);
    json.writeObjectPropertyStart("before");
    figures(json, row.before()::get);
    json.writeEndObject();
    json.writeObjectPropertyStart("change");
    figures(json, row::change);
    json.writeEndObject();
  }

  private static void figures(JsonGenerator json, Function<Figure, @Nullable Double> figures) {
    for (Figure figure : Figure.values()) {
      if (!figure.isDuration()) {
        number(json, figure, figures.apply(figure));
      }
    }
    json.writeObjectPropertyStart("duration_ms");
    for (Figure figure : Figure.values()) {
      if (figure.isDuration()) {
        number(json, figure, figures.apply(figure));
      }
    }
    json.writeEndObject();
  }

  private static void number(JsonGenerator json, Figure figure, @Nullable Double value) {
    json.writeName(figure.label());
    number(json, value);
  }

  private static void number(JsonGenerator json, @Nullable Double value) {
    if (value == null) {
      json.writeNull();
    } else {
      json.writeRawValue(Numbers.format(value));
    }
  }

  static byte[] timeline(Timeline timeline) {
    return Json.write(json -> {
      json.writeStartObject();
      range(json, timeline.range());
      buckets(json, timeline.step(), timeline.buckets());
      json.writeObjectPropertyStart("total");
      lines(json, timeline.total());
      json.writeEndObject();
      json.writeNumberProperty("groups", timeline.groups());
      json.writeArrayPropertyStart("series");
      for (Timeline.GroupLine line : timeline.series()) {
        json.writeStartObject();
        group(json, timeline.fields(), line.group());
        lines(json, line.figures());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  private static void buckets(JsonGenerator json, String step, List<Long> buckets) {
    json.writeStringProperty("step", step);
    json.writeArrayPropertyStart("buckets");
    buckets.forEach(bucket -> json.writeString(Micros.format(bucket)));
    json.writeEndArray();
  }

  /** Each figure with a number for every bucket. */
  private static void lines(JsonGenerator json, List<Figures> buckets) {
    for (Figure figure : Figure.values()) {
      if (!figure.isDuration()) {
        line(json, figure, buckets);
      }
    }
    json.writeObjectPropertyStart("duration_ms");
    for (Figure figure : Figure.values()) {
      if (figure.isDuration()) {
        line(json, figure, buckets);
      }
    }
    json.writeEndObject();
  }

  private static void line(JsonGenerator json, Figure figure, List<Figures> buckets) {
    json.writeArrayPropertyStart(figure.label());
    buckets.forEach(bucket -> number(json, bucket.get(figure)));
    json.writeEndArray();
  }

  static byte[] heatmap(Heatmap heatmap) {
    return Json.write(json -> {
      json.writeStartObject();
      range(json, heatmap.range());
      buckets(json, heatmap.step(), heatmap.buckets());
      json.writeArrayPropertyStart("bounds_ms");
      heatmap.bounds().forEach(bound -> number(json, bound));
      json.writeEndArray();
      json.writeArrayPropertyStart("counts");
      for (List<Long> bins : heatmap.counts()) {
        json.writeStartArray();
        bins.forEach(json::writeNumber);
        json.writeEndArray();
      }
      json.writeEndArray();
      json.writeEndObject();
    });
  }
}
