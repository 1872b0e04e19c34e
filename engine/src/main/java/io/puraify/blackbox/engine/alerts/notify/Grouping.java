package io.puraify.blackbox.engine.alerts.notify;

import io.puraify.blackbox.engine.alerts.evaluate.Alert;
import io.puraify.blackbox.engine.alerts.policy.Policy;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;

/** The fourth stage: alerts that belong together wait for each other. */
final class Grouping {

  private Grouping() {}

  /** The group of a policy's alert, as it begins. */
  static AlertGroup begin(Alert alert, Policy policy, long now) {
    AlertGroup group = new AlertGroup();
    group.labels = labels(alert, policy);
    group.key = key(alert, policy);
    group.policy = policy.name();
    group.nextFlush = now + micros(policy.delivery().groupWait());
    return group;
  }

  static String key(Alert alert, Policy policy) {
    return policy.delivery().group() + labels(alert, policy);
  }

  private static Map<String, String> labels(Alert alert, Policy policy) {
    Map<String, String> all = alert.allLabels();
    Map<String, String> labels = new TreeMap<>();
    for (String name : policy.delivery().groupBy()) {
      String value = all.get(name);
      if (value != null) {
        labels.put(name, value);
      }
    }
    return labels;
  }

  static long micros(Duration span) {
    return span.toNanos() / 1_000;
  }
}
