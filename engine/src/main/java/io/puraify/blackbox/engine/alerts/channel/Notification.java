package io.puraify.blackbox.engine.alerts.channel;

import io.puraify.blackbox.core.Severity;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What one channel is told about a group of alerts. Immutable, safe for any thread. Times are
 * microseconds since the epoch.
 *
 * @param id its idempotency key: the same with each attempt to deliver it
 * @param group which alerts are told together, for channels that keep them together too
 * @param events of all its alerts, exactly, when it was made
 * @param alerts the first of them
 * @param more alerts of which only the number is told
 */
public record Notification(
    String id,
    String channel,
    String group,
    Reason reason,
    Severity severity,
    String title,
    long created,
    Map<String, String> labels,
    long events,
    int firing,
    int resolved,
    List<Item> alerts,
    int more) {

  /** More are not read. */
  public static final int MOST_ITEMS = 20;

  public Notification {
    labels = Map.copyOf(labels);
    alerts = List.copyOf(alerts);
  }

  /** Why somebody is told. */
  public enum Reason {
    FIRING,
    RESOLVED,
    REPEATED,
    ESCALATED,
    TEST;

    public String jsonName() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** One of its alerts. */
  public record Item(
      String alertId,
      String policy,
      String state,
      Severity severity,
      String title,
      String message,
      String runbook,
      Map<String, String> labels,
      long events,
      double value,
      long fired,
      long resolved,
      List<String> eventIds,
      boolean flapping) {
    public Item {
      labels = Map.copyOf(labels);
      eventIds = List.copyOf(eventIds);
    }

    /** Whether it is over. */
    public boolean isResolved() {
      return resolved > 0;
    }
  }

  /** Whether all that it tells of is over. */
  public boolean isResolved() {
    return firing == 0;
  }
}
