package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.evaluate.AlertState;
import io.puraify.blackbox.engine.alerts.policy.Delivery.Escalation;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** The last stage: others are told when an alert fires for long and nobody acknowledges it. */
final class Escalating {

  private Escalating() {}

  /** The alerts that are due. */
  static List<Alert> due(
      Escalation escalation, Collection<Alert> alerts, Set<String> escalated, long now) {
    return alerts.stream()
        .filter(alert -> alert.state() == AlertState.FIRING && !escalated.contains(alert.id()))
        .filter(alert -> now - alert.times().fired() >= Grouping.micros(escalation.after()))
        .toList();
  }
}
