package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.Event;
import io.puraify.blackbox.core.Field;
import io.puraify.blackbox.core.Page;
import io.puraify.blackbox.core.Problem;
import io.puraify.blackbox.engine.collector.IngestResult;
import io.puraify.blackbox.engine.collector.Rejection;
import io.puraify.blackbox.engine.query.EventContext;
import java.io.ByteArrayOutputStream;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** The JSON of answers. */
final class Json {

  private static final JsonFactory FACTORY = new JsonFactory();

  private Json() {}

  /** Writes one value. */
  static byte[] write(Consumer<JsonGenerator> writer) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(512);
    try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), bytes)) {
      writer.accept(json);
    }
    return bytes.toByteArray();
  }

  static byte[] problem(Problem problem) {
    return write(json -> {
      json.writeStartObject();
      json.writeStringProperty("type", problem.type());
      json.writeStringProperty("title", problem.title());
      json.writeNumberProperty("status", problem.status());
      json.writeStringProperty("detail", problem.detail());
      if (!problem.errors().isEmpty()) {
        json.writeArrayPropertyStart("errors");
        problem.errors().forEach(item -> item(json, item));
        json.writeEndArray();
      }
      json.writeEndObject();
    });
  }

  private static void item(JsonGenerator json, Problem.Item item) {
    json.writeStartObject();
    Long index = item.index();
    if (index != null) {
      json.writeNumberProperty("index", index);
    }
    json.writeStringProperty("pointer", item.pointer());
    json.writeStringProperty("detail", item.detail());
    json.writeEndObject();
  }

  /**
   * @param pending what was waited for and has not come to be
   */
  static byte[] ingested(IngestResult result, @Nullable String pending) {
    return write(json -> {
      json.writeStartObject();
      json.writeNumberProperty("accepted", result.accepted());
      json.writeNumberProperty("duplicates", result.duplicates());
      json.writeArrayPropertyStart("rejected");
      result.rejections().forEach(rejection -> rejection(json, rejection));
      json.writeEndArray();
      if (result.rejected() > result.rejections().size()) {
        json.writeNumberProperty("rejected_total", result.rejected());
      }
      if (pending != null) {
        json.writeStringProperty("pending", pending);
      }
      json.writeEndObject();
    });
  }

  private static void rejection(JsonGenerator json, Rejection rejection) {
    json.writeStartObject();
    json.writeNumberProperty("index", rejection.index());
    json.writeStringProperty("pointer", rejection.pointer());
    json.writeStringProperty("reason", rejection.reason().label());
    json.writeStringProperty("detail", rejection.detail());
    json.writeEndObject();
  }

  static byte[] page(Page<Event> page, Optional<String> nextCursor) {
    return write(json -> {
      json.writeStartObject();
      json.writeArrayPropertyStart("logs");
      page.items().forEach(event -> event(json, event));
      json.writeEndArray();
      nextCursor.ifPresent(cursor -> json.writeStringProperty("next_cursor", cursor));
      json.writeBooleanProperty("complete", page.complete());
      json.writeEndObject();
    });
  }

  static byte[] context(EventContext context) {
    return write(json -> {
      json.writeStartObject();
      json.writeStringProperty("by", context.by().jsonName());
      json.writeArrayPropertyStart("before");
      context.before().forEach(event -> event(json, event));
      json.writeEndArray();
      json.writeName("event");
      event(json, context.event());
      json.writeArrayPropertyStart("after");
      context.after().forEach(event -> event(json, event));
      json.writeEndArray();
      json.writeEndObject();
    });
  }

  static byte[] event(Event event) {
    return write(json -> event(json, event));
  }

  /** An event as the API shows it: its fields in their order, those that it has. */
  static void event(JsonGenerator json, Event event) {
    json.writeStartObject();
    for (Field field : Field.values()) {
      String text = event.text(field);
      if (text != null) {
        json.writeName(field.jsonName());
        switch (field.kind()) {
          case LABEL, ID, TEXT, TIME -> json.writeString(text);
          case DECIMAL, JSON -> json.writeRawValue(text);
          case INTEGER -> {
            if (field == Field.TRUNCATED) {
              json.writeBoolean(true);
            } else {
              json.writeRawValue(text);
            }
          }
        }
      }
    }
    json.writeEndObject();
  }
}
