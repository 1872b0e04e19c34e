package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import io.puraify.blackbox.engine.alerts.policy.Threshold;
import java.util.Set;
import java.util.TreeSet;

/** The seventh stage: which channels hear of an alert. */
final class Routing {

  private Routing() {}

  /** The policy's channels and those of the severity that was reached. */
  static Set<String> channels(Alert alert, Policy policy) {
    Set<String> channels = new TreeSet<>(policy.delivery().channels());
    for (Threshold threshold : policy.thresholds()) {
      if (threshold.severity() == alert.severity()) {
        channels.addAll(threshold.channels());
      }
    }
    return channels;
  }
}
