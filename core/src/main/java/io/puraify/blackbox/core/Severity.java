package io.puraify.blackbox.core;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How much an event matters, from least to most. */
public enum Severity {
  DEBUG,
  INFO,
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL;

  /**
   * Names that senders use: ours, those of the common logging libraries, syslog's, and
   * OpenTelemetry's severity texts with their numbered variants (TRACE2 to FATAL4).
   */
  private static final Map<String, Severity> ALIASES =
      Map.ofEntries(
          Map.entry("trace", DEBUG),
          Map.entry("verbose", DEBUG),
          Map.entry("fine", DEBUG),
          Map.entry("information", INFO),
          Map.entry("informational", INFO),
          Map.entry("notice", LOW),
          Map.entry("warn", MEDIUM),
          Map.entry("warning", MEDIUM),
          Map.entry("error", HIGH),
          Map.entry("err", HIGH),
          Map.entry("severe", HIGH),
          Map.entry("fatal", CRITICAL),
          Map.entry("crit", CRITICAL),
          Map.entry("alert", CRITICAL),
          Map.entry("emerg", CRITICAL),
          Map.entry("emergency", CRITICAL),
          Map.entry("panic", CRITICAL));

  private final String jsonName = name().toLowerCase(Locale.ROOT);

  /** The name in JSON, such as {@code high}. */
  public String jsonName() {
    return jsonName;
  }

  /** The severity that {@code text} names, in any case, or {@code null} where it names none. */
  public static @Nullable Severity parse(String text) {
    String name = text.toLowerCase(Locale.ROOT);
    for (Severity severity : values()) {
      if (severity.jsonName.equals(name)) {
        return severity;
      }
    }
    Severity alias = ALIASES.get(name);
    boolean numbered = alias == null && name.length() > 1 && "234".indexOf(last(name)) >= 0;
    return numbered ? openTelemetryVariant(name.substring(0, name.length() - 1)) : alias;
  }

  private static char last(String text) {
    return text.charAt(text.length() - 1);
  }

  private static @Nullable Severity openTelemetryVariant(String name) {
    return switch (name) {
      case "trace", "debug" -> DEBUG;
      case "info" -> INFO;
      case "warn" -> MEDIUM;
      case "error" -> HIGH;
      case "fatal" -> CRITICAL;
      default -> null;
    };
  }
}
