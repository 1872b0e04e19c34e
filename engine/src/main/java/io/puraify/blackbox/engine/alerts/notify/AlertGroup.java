package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Alerts that are told together, and what was told of them. Mutable, so that it can be kept as JSON
 * between restarts; for one thread. Times are microseconds since the epoch.
 */
public final class AlertGroup {

  /** What tells it from other groups. */
  public String key = "";

  /** The policy that says when and whom to tell. */
  public String policy = "";

  public Map<String, String> labels = new TreeMap<>();

  /** Its alerts by id, as they were last heard of. */
  public Map<String, Alert> alerts = new LinkedHashMap<>();

  /** What was told of each: {@code firing:high}, {@code flapping:high} or {@code resolved}. */
  public Map<String, String> told = new TreeMap<>();

  /** Who was told, and has to hear of the end. */
  public java.util.Set<String> channels = new java.util.TreeSet<>();

  /** Alerts that were escalated. */
  public java.util.Set<String> escalated = new java.util.TreeSet<>();

  public long nextFlush;

  /** The last notification, 0 for none. */
  public long lastTold;

  /** How many notifications there were. */
  public long sequence;

  /** What would be told of an alert now. */
  static String tellable(Alert alert) {
    if (!alert.isActive()) {
      return "resolved";
    }
    String how = alert.handling().flapping() ? "flapping:" : "firing:";
    return how + alert.severity().jsonName();
  }
}
