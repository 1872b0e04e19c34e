package io.puraify.blackbox.server.http;

import io.puraify.blackbox.core.EventStore;
import io.puraify.blackbox.core.Retention;
import io.puraify.blackbox.core.StoredDay;
import io.puraify.blackbox.engine.collector.RedactionOptions;
import io.puraify.blackbox.server.config.SettingInForce;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import tools.jackson.core.JsonGenerator;

/**
 * How the server is set up: {@code /monitoring/settings}, and what it keeps: {@code
 * /monitoring/storage}. Neither has a secret in it, and nothing can be changed here.
 */
final class SetupHandler {

  private final Setup setup;
  private final EventStore store;
  private final Blocking blocking;

  SetupHandler(Setup setup, EventStore store, Blocking blocking) {
    this.setup = setup;
    this.store = store;
    this.blocking = blocking;
  }

  void settings(Exchange exchange) {
    exchange.answer(Answer.json(200, Json.write(this::settings)));
  }

  private void settings(JsonGenerator json) {
    json.writeStartObject();
    json.writeStringProperty("version", setup.version());
    json.writeStringProperty("java", Runtime.version().toString());
    json.writeStringProperty("started_at", setup.startedAt().toString());
    json.writeArrayPropertyStart("settings");
    setup.settings().all().forEach(each -> setting(json, each));
    json.writeEndArray();
    json.writeObjectPropertyStart("masking");
    masking(json, setup.settings().redaction());
    json.writeEndObject();
    json.writeEndObject();
  }

  private static void setting(JsonGenerator json, SettingInForce each) {
    json.writeStartObject();
    json.writeStringProperty("name", each.name());
    String value = each.value();
    if (value != null) {
      json.writeStringProperty("value", value);
    }
    json.writeStringProperty("source", each.source().name().toLowerCase(Locale.ROOT));
    String origin = each.origin();
    if (origin != null) {
      json.writeStringProperty("origin", origin);
    }
    json.writeStringProperty("description", each.setting().description());
    json.writeEndObject();
  }

  /** Patterns by name alone: one may name the very secret that it masks. */
  private static void masking(JsonGenerator json, RedactionOptions options) {
    json.writeArrayPropertyStart("rules");
    for (String rule : RedactionOptions.ruleNames()) {
      json.writeStartObject();
      json.writeStringProperty("name", rule);
      json.writeBooleanProperty("enabled", !options.disabled().contains(rule));
      json.writeEndObject();
    }
    json.writeEndArray();
    names(json, "keys", options.keys());
    names(json, "patterns", options.patterns().keySet());
  }

  private static void names(JsonGenerator json, String property, Set<String> names) {
    json.writeArrayPropertyStart(property);
    new TreeSet<>(names).forEach(json::writeString);
    json.writeEndArray();
  }

  void storage(Exchange exchange) {
    blocking.report(
        exchange,
        () -> {
          List<StoredDay> days = store.days();
          DiskUsage usage = DiskUsage.of(setup.settings().dataDir());
          return Answer.json(200, Json.write(json -> storage(json, usage, days)));
        });
  }

  private void storage(JsonGenerator json, DiskUsage usage, List<StoredDay> days) {
    json.writeStartObject();
    json.writeStringProperty("folder", setup.settings().dataDir().toAbsolutePath().toString());
    json.writeNumberProperty("bytes", usage.bytes());
    json.writeNumberProperty("free_bytes", usage.freeBytes());
    json.writeArrayPropertyStart("parts");
    usage
        .parts()
        .forEach((name, bytes) -> {
          json.writeStartObject();
          json.writeStringProperty("name", name);
          json.writeNumberProperty("bytes", bytes);
          json.writeEndObject();
        });
    json.writeEndArray();
    retention(json, setup.settings().retention());
    json.writeArrayPropertyStart("days");
    for (StoredDay day : days) {
      json.writeStartObject();
      json.writeStringProperty("day", LocalDate.ofEpochDay(day.day()).toString());
      json.writeNumberProperty("events", day.events());
      json.writeNumberProperty("bytes", day.bytes());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  private static void retention(JsonGenerator json, Retention retention) {
    json.writeObjectPropertyStart("retention");
    json.writeNumberProperty("days", retention.defaultDays());
    json.writeArrayPropertyStart("projects");
    new TreeMap<>(retention.projectDays())
        .forEach((project, days) -> {
          json.writeStartObject();
          json.writeStringProperty("project_id", project);
          json.writeNumberProperty("days", days);
          json.writeEndObject();
        });
    json.writeEndArray();
    json.writeEndObject();
  }
}
