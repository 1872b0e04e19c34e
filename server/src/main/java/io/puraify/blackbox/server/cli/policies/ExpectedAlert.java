package io.puraify.blackbox.server.cli.policies;

import io.puraify.blackbox.core.Micros;
import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.query.Reading;
import io.puraify.blackbox.server.cli.output.Column;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * An alert that a policy is expected to make.
 *
 * @param at when it fires, in microseconds since the epoch
 * @param until when it is over; {@code null} where that does not matter
 * @param severity the highest that it has; {@code null} where that does not matter
 * @param labels some of its labels
 */
record ExpectedAlert(
    long at, @Nullable Long until, @Nullable Severity severity, Map<String, String> labels) {

  /**
   * Events of a quarter second count as of one moment, and what time alone changes is looked at
   * once a second.
   */
  private static final long TOLERANCE_MICROS = Duration.ofSeconds(1).toNanos() / 1_000;

  private static final int MOST_LABELS = 32;

  ExpectedAlert {
    labels = Map.copyOf(labels);
  }

  /** Reads one. */
  static ExpectedAlert read(Reading in) {
    long at = in.time("at");
    Long until = in.has("until") ? (Long) in.time("until") : null;
    Severity severity = null;
    if (in.has("severity")) {
      severity = Severity.parse(in.text("severity", "", 32));
      if (severity == null) {
        in.error("severity", "one of debug, info, low, medium, high and critical was expected");
      }
    }
    return new ExpectedAlert(at, until, severity, in.map("labels", MOST_LABELS));
  }

  /** Whether an alert that the policy has made can be this one. */
  boolean isMetBy(JsonNode alert) {
    return isNear(at, Column.text(alert, "fired_at"))
        && (until == null || isNear(until, Column.text(alert, "resolved_at")))
        && (severity == null || severity.jsonName().equals(Column.text(alert, "severity")))
        && labels.entrySet().stream()
            .allMatch(each ->
                each.getValue().equals(alert.path("labels").path(each.getKey()).asString("")));
  }

  private static boolean isNear(long micros, String time) {
    return !time.isEmpty() && Math.abs(Micros.of(Instant.parse(time)) - micros) <= TOLERANCE_MICROS;
  }

  /** In words. */
  String described() {
    return described(
        severity == null ? "" : severity.jsonName(),
        Micros.format(at),
        until == null ? "" : Micros.format(until),
        labels);
  }

  /** An alert that the policy has made, in the same words. */
  static String described(JsonNode alert) {
    return described(
        Column.text(alert, "severity"),
        Column.text(alert, "fired_at"),
        Column.text(alert, "resolved_at"),
        alert.path("labels").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, each -> each.getValue().asString(""))));
  }

  private static String described(
      String severity, String at, String until, Map<String, String> labels) {
    StringBuilder text = new StringBuilder("at ").append(at);
    if (!until.isEmpty()) {
      text.append(" until ").append(until);
    }
    if (!severity.isEmpty()) {
      text.append(", ").append(severity);
    }
    labels.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(
            each -> text.append(", ").append(each.getKey()).append('=').append(each.getValue()));
    return text.toString();
  }
}
