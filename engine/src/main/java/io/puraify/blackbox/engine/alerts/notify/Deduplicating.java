package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.channel.Notification.Reason;
import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.AlertState;
import io.puraify.blackbox.engine.alerts.policy.Delivery;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The fifth stage: what was told is told again only when the repeat interval has passed. As
 * Alertmanager's {@code needsUpdate}: new firing alerts and ends are news, and an end is none where
 * the beginning was not told.
 */
final class Deduplicating {

  private Deduplicating() {}

  /** Why to tell, or {@code null} where there is nothing new. */
  static @Nullable Reason judge(
      List<Alert> alerts, Map<String, String> told, long lastTold, Delivery delivery, long now) {
    boolean ended = false;
    for (Alert alert : alerts) {
      String before = told.get(alert.id());
      String tellable = AlertGroup.tellable(alert);
      if (alert.isActive() && !tellable.equals(before)) {
        return Reason.FIRING;
      }
      ended |= !alert.isActive() && before != null && !before.equals(tellable);
    }
    if (ended) {
      return alerts.stream().anyMatch(Alert::isActive) ? Reason.FIRING : Reason.RESOLVED;
    }
    boolean unattended = alerts.stream().anyMatch(alert -> alert.state() == AlertState.FIRING);
    boolean due = now - lastTold >= Grouping.micros(delivery.repeatInterval());
    return unattended && lastTold > 0 && due ? Reason.REPEATED : null;
  }
}
