package io.puraify.blackbox.server.http;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.puraify.blackbox.core.Health;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/** What Blackbox says of itself: {@code /health/live}, {@code /health/ready}, {@code /metrics}. */
final class StatusHandler {

  /** The text format that every scraper reads. */
  private static final String PROMETHEUS_TEXT = "text/plain; version=0.0.4; charset=utf-8";

  private final Supplier<Map<String, Health>> checks;
  private final PrometheusMeterRegistry registry;
  private final Blocking blocking;

  StatusHandler(
      Supplier<Map<String, Health>> checks, PrometheusMeterRegistry registry, Blocking blocking) {
    this.checks = checks;
    this.registry = registry;
    this.blocking = blocking;
  }

  /** The process answers; that is all. */
  void live(Exchange exchange) {
    exchange.answer(
        Answer.json(
            200,
            Json.write(json -> {
              json.writeStartObject();
              json.writeStringProperty("status", "up");
              json.writeEndObject();
            })));
  }

  /** 200 where every component can do its work, else 503; either way with what each says. */
  void ready(Exchange exchange) {
    blocking.report(
        exchange,
        () -> {
          Map<String, Health> found = checks.get();
          boolean up = found.values().stream().allMatch(Health::healthy);
          return Answer.json(up ? 200 : 503, checks(up, found));
        });
  }

  private static byte[] checks(boolean up, Map<String, Health> found) {
    return Json.write(json -> {
      json.writeStartObject();
      json.writeStringProperty("status", status(up));
      json.writeObjectPropertyStart("checks");
      found.forEach((name, health) -> {
        json.writeObjectPropertyStart(name);
        json.writeStringProperty("status", status(health.healthy()));
        json.writeStringProperty("detail", health.detail());
        json.writeEndObject();
      });
      json.writeEndObject();
      json.writeEndObject();
    });
  }

  private static String status(boolean up) {
    return up ? "up" : "down";
  }

  void metrics(Exchange exchange) {
    blocking.report(
        exchange,
        () -> Answer.of(200, PROMETHEUS_TEXT, registry.scrape().getBytes(StandardCharsets.UTF_8)));
  }
}
