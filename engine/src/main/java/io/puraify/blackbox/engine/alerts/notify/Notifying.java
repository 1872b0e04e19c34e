package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.core.Severity;
import io.puraify.blackbox.engine.alerts.channel.Notification;
import io.puraify.blackbox.engine.alerts.channel.Notification.Reason;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/** The eighth stage: makes the notification that a channel gets. */
final class Notifying {

  private Notifying() {}

  static Notification make(
      AlertGroup group, String channel, Reason reason, List<Alert> alerts, long now) {
    List<Alert> sorted =
        alerts.stream()
            .sorted(
                Comparator.comparingInt((Alert alert) -> alert.isActive() ? 1 : 0)
                    .thenComparing(Alert::severity)
                    .reversed()
                    .thenComparingLong(alert -> alert.times().fired())
                    .thenComparing(Alert::id))
            .toList();
    int firing = (int) alerts.stream().filter(Alert::isActive).count();
    Alert first = sorted.getFirst();
    Severity severity = first.severity();
    String key = group.key + '\n' + group.sequence + '\n' + channel + '\n' + reason + '\n' + now;
    return new Notification(
        UUID.nameUUIDFromBytes(key.getBytes(StandardCharsets.UTF_8)).toString(),
        channel,
        group.key,
        reason,
        severity,
        title(first, alerts.size()),
        now,
        group.labels,
        alerts.stream().mapToLong(alert -> alert.evidence().events()).sum(),
        firing,
        alerts.size() - firing,
        sorted.stream().limit(Notification.MOST_ITEMS).map(Notifying::item).toList(),
        Math.max(0, alerts.size() - Notification.MOST_ITEMS));
  }

  private static String title(Alert first, int alerts) {
    String end = alerts == 1 ? "" : " and %,d more".formatted(alerts - 1);
    return first.text().title() + end;
  }

  private static Notification.Item item(Alert alert) {
    return new Notification.Item(
        alert.id(),
        alert.source().policy(),
        alert.state().jsonName(),
        alert.severity(),
        alert.text().title(),
        alert.text().message(),
        alert.text().runbook(),
        alert.allLabels(),
        alert.evidence().events(),
        alert.evidence().value(),
        alert.times().fired(),
        alert.times().resolved(),
        alert.evidence().eventIds(),
        alert.handling().flapping());
  }
}
